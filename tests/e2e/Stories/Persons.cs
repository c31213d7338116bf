using Portal.Demo;

namespace Stories;

/// <summary>The demo people by what they are in a story, each in the language of the story.</summary>
public static class Persons
{
    public static DemoPerson Admin => DemoData.People.Single(p => p.Role == Portal.People.Roles.Admin);

    public static DemoPerson Mentor(string language) =>
        DemoData.People.Single(p => p.Role == Portal.People.Roles.Mentor && p.Language == language);

    public static DemoPerson Mentee(string language) => DemoData.People.Single(p => p.Role is null && p.Language == language);

    /// <summary>The mentor who speaks the other language than the story.</summary>
    public static DemoPerson OtherMentor(string language) => Mentor(language == "ar" ? "en" : "ar");
}

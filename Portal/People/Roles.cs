namespace Portal.People;

/// <summary>Roles of an account. What somebody is in one session is a <see cref="Providers.ParticipantRole"/>.</summary>
public static class Roles
{
    public const string Admin = "admin";
    public const string Mentor = "mentor";

    public static readonly string[] All = [Admin, Mentor];
}

namespace Portal.People;

/// <summary>Roles of an account. What somebody is in one session is said there.</summary>
public static class Roles
{
    public const string Admin = "admin";
    public const string Mentor = "mentor";

    /// <summary>Of a request with an API key; no account has it.</summary>
    public const string Program = "program";

    public static readonly string[] All = [Admin, Mentor];
}

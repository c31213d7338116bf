namespace Portal.Mentors;

public sealed class DirectoryOptions
{
    public const string Section = "Mentors";

    /// <summary>
    /// True: visitors see the mentors and their free times; they need an account to book. False: only people who are signed in do.
    /// </summary>
    public bool PublicDirectory { get; set; } = true;
}

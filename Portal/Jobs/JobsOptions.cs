namespace Portal.Jobs;

public sealed class JobsOptions
{
    public const string Section = "Jobs";

    /// <summary>False: this portal serves pages only and leaves mails and clean-up to another one on the same database.</summary>
    public bool Enabled { get; set; } = true;
}

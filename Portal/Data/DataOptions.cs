namespace Portal.Data;

public sealed class DataOptions
{
    public const string Section = "Data";

    /// <summary>
    /// Keys, the embedded database and, by default, the pickup folder. Empty: /var/lib/majlis for root, else the user's state folder.
    /// </summary>
    public string Folder { get; set; } = "";
}

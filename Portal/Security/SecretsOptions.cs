namespace Portal.Security;

public sealed class SecretsOptions
{
    public const string Section = "Secrets";

    /// <summary>The key that wraps all other keys. Empty: master.key in the data folder, made at the first start.</summary>
    public string MasterKeyFile { get; set; } = "";
}

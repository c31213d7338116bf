namespace Portal.Security;

public sealed class CorsOptions
{
    public const string Section = "Cors";

    /// <summary>Origins whose pages may call the API from a browser. Empty: none.</summary>
    public string[] Origins { get; set; } = [];
}

namespace Portal.Sessions.Files;

/// <summary>What may be shared: what it is called, and as what it is sent.</summary>
public sealed record FileKind(string ContentType, params string[] Extensions)
{
    public static readonly FileKind Pdf = new("application/pdf", ".pdf");
    public static readonly FileKind Png = new("image/png", ".png");
    public static readonly FileKind Jpeg = new("image/jpeg", ".jpg", ".jpeg");
    public static readonly FileKind Gif = new("image/gif", ".gif");
    public static readonly FileKind WebP = new("image/webp", ".webp");
    public static readonly FileKind Text = new("text/plain", ".txt", ".md", ".csv");
    public static readonly FileKind Docx = new("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx");
    public static readonly FileKind Xlsx = new("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx");
    public static readonly FileKind Pptx = new("application/vnd.openxmlformats-officedocument.presentationml.presentation", ".pptx");
    public static readonly FileKind Odt = new("application/vnd.oasis.opendocument.text", ".odt");
    public static readonly FileKind Ods = new("application/vnd.oasis.opendocument.spreadsheet", ".ods");
    public static readonly FileKind Odp = new("application/vnd.oasis.opendocument.presentation", ".odp");

    public static readonly IReadOnlyList<FileKind> All = [Pdf, Png, Jpeg, Gif, WebP, Text, Docx, Xlsx, Pptx, Odt, Ods, Odp];

    /// <summary>For a form: what a browser offers to choose.</summary>
    public static readonly string Accepted = string.Join(',', All.SelectMany(k => k.Extensions));

    /// <summary>For people.</summary>
    public static readonly string Words = string.Join(", ", All.SelectMany(k => k.Extensions).Select(e => e[1..]));

    public bool Fits(string name) => Extensions.Contains(FileName.Extension(name), StringComparer.OrdinalIgnoreCase);
}

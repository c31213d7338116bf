using System.ComponentModel.DataAnnotations;

namespace Portal.Data.Blobs;

/// <summary>A bucket for files and recordings, at Amazon or any server that speaks S3. Without one they lie in the data folder.</summary>
public sealed class S3Options : IValidatableObject
{
    public const string Section = "Files:S3";

    /// <summary>Empty: the data folder. The bucket is made by its owner, and is private.</summary>
    public string Bucket { get; set; } = "";

    /// <summary>Of a server that is not Amazon's, such as https://s3.example.org. Empty: Amazon's, by the region.</summary>
    public string ServiceUrl { get; set; } = "";
    public string Region { get; set; } = "";

    /// <summary>Empty: what the machine itself is allowed to (a role, the environment).</summary>
    [DataType(DataType.Password)]
    public string AccessKey { get; set; } = "";

    [DataType(DataType.Password)]
    public string SecretKey { get; set; } = "";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Bucket is "")
            yield break;
        if (ServiceUrl is "" && Region is "")
            yield return new($"{Section}: a bucket needs a Region, or the ServiceUrl of a server of its own.");
        // What travels there is people's own: in the clear only within one machine.
        if (ServiceUrl is not "" && !(Uri.TryCreate(ServiceUrl, UriKind.Absolute, out var url)
            && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp && url.IsLoopback)))
            yield return new($"{Section}:ServiceUrl must be an https address.");
        if (AccessKey is "" != SecretKey is "")
            yield return new($"{Section}: AccessKey and SecretKey come together.");
    }
}

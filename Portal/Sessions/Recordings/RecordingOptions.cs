using System.ComponentModel.DataAnnotations;

namespace Portal.Sessions.Recordings;

public sealed class RecordingOptions : IValidatableObject
{
    public const string Section = "Recordings";
    private const int ShortestSecret = 24;

    /// <summary>People say before they enter whether they agree to being recorded, where the meeting may be.</summary>
    public bool AsksConsent { get; set; } = true;

    /// <summary>How long recordings are kept from their arrival on. 0: for ever.</summary>
    [Range(0, 36_500)]
    public int KeepDays { get; set; } = 90;

    /// <summary>Of one recording, whichever way it comes.</summary>
    [Range(1, 100_000)]
    public int MaxMegabytes { get; set; } = 4096;

    /// <summary>What a recorder proves itself by when it uploads. Empty: nothing is uploaded.</summary>
    [DataType(DataType.Password)]
    public string UploadSecret { get; set; } = "";

    internal long MaxBytes => (long)MaxMegabytes * 1024 * 1024;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (UploadSecret.Length is > 0 and < ShortestSecret)
            yield return new($"{Section}:UploadSecret must have {ShortestSecret} characters or more.");
    }
}

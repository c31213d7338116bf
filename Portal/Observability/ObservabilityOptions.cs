using System.ComponentModel.DataAnnotations;

namespace Portal.Observability;

public sealed class ObservabilityOptions : IValidatableObject
{
    public const string Section = "Observability";

    /// <summary>True: /metrics is there for Prometheus.</summary>
    public bool Prometheus { get; set; }

    /// <summary>The port that /metrics is served on without a key; 0: on the portal's own, with an API key.</summary>
    [Range(0, 65535)]
    public int PrometheusPort { get; set; }

    /// <summary>Where metrics are sent by OTLP. Empty: nowhere.</summary>
    public string OtlpEndpoint { get; set; } = "";

    /// <summary>True: outside of Development, too, a collector elsewhere may be talked to in the clear.</summary>
    public bool AllowUnencrypted { get; set; }

    /// <summary>It names a server elsewhere, without encryption.</summary>
    public bool LeavesInTheClear() =>
        Uri.TryCreate(OtlpEndpoint, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttp && !uri.IsLoopback;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (OtlpEndpoint is not "" && !(Uri.TryCreate(OtlpEndpoint, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
            yield return new($"{Section}:{nameof(OtlpEndpoint)} is not a web address: {OtlpEndpoint}", [nameof(OtlpEndpoint)]);
    }
}

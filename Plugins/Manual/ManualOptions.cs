using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Plugins.Manual;

/// <summary>The settings under Providers:manual.</summary>
public sealed class ManualOptions : IValidatableObject
{
    /// <summary>More hosts that mentors' addresses may lead to: meet.example.org, or .example.org for all hosts below it.</summary>
    public string[] AllowedHosts { get; set; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => AllowedHosts
        .Select((host, at) => (host, at))
        .Where(h => !HostNames.IsPattern(h.host))
        .Select(h => new ValidationResult(string.Format(CultureInfo.CurrentCulture, Texts.AllowedHostInvalid, h.at)));
}

using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace Portal.Mail.Dkim;

/// <summary>A signature that could not be made, or that receivers would not believe, stops the start instead.</summary>
public sealed partial class DkimOptionsValidator : IValidateOptions<DkimOptions>
{
    public ValidateOptionsResult Validate(string? name, DkimOptions options) =>
        Problem(options) is { } problem ? ValidateOptionsResult.Fail(problem) : ValidateOptionsResult.Success;

    private static string? Problem(DkimOptions options)
    {
        if (options.Domain is "")
            return null;
        if (!Name().IsMatch(options.Domain))
            return $"Mail:Dkim:Domain is not the name of a domain in ASCII letters (xn-- for others): {options.Domain}";
        if (!Name().IsMatch(options.Selector))
            return "Mail:Dkim:Domain is set, but Mail:Dkim:Selector is not the name of a key, such as 2026a.";
        if (options.PrivateKeyFile is "")
            return "Mail:Dkim:Domain is set, but Mail:Dkim:PrivateKeyFile is not.";
        DkimKey.TryRead(options.PrivateKeyFile, out var problem);
        return problem;
    }

    [GeneratedRegex(@"^[A-Za-z0-9]([A-Za-z0-9._-]{0,251}[A-Za-z0-9])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}

using System.Globalization;
using System.Reflection;
using System.Resources;
using Localization;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace Portal.Cultures;

/// <summary>
/// A language in which every text of the resources stands in ⟦brackets⟧: what has none on a page was written into the
/// code. Asked for by <c>Accept-Language: qps-ploc</c>; exists in Development and in tests, where the setting
/// Portal:PseudoLocale says so.
/// </summary>
public static class PseudoLocale
{
    public const char Start = '⟦';
    public const char End = '⟧';
    public static readonly CultureInfo Culture = CultureInfo.GetCultureInfo(Languages.Pseudo);

    /// <summary>The accessors are generated and have no seam but the private field that holds their manager.</summary>
    public static void Install()
    {
        foreach (var texts in (Type[])[typeof(UiText), typeof(MailText), typeof(ErrorText), typeof(SaidText)])
        {
            var field = texts.GetField("resourceMan", BindingFlags.Static | BindingFlags.NonPublic)
                ?? throw new InvalidOperationException($"{texts.Name} is generated differently now.");
            if (field.GetValue(null) is not Bracketing)
                field.SetValue(null, new Bracketing($"Localization.{texts.Name}", texts.Assembly));
        }
    }

    /// <summary>Likewise for texts that are looked up by name.</summary>
    public sealed class Localizers(IOptions<LocalizationOptions> options, ILoggerFactory loggers)
        : ResourceManagerStringLocalizerFactory(options, loggers)
    {
        private readonly ILogger log = loggers.CreateLogger<ResourceManagerStringLocalizer>();

        protected override ResourceManagerStringLocalizer CreateResourceManagerStringLocalizer(Assembly assembly, string baseName) =>
            new(new Bracketing(baseName, assembly), assembly, baseName, new ResourceNamesCache(), log);
    }

    private sealed class Bracketing(string name, Assembly assembly) : ResourceManager(name, assembly)
    {
        public override string? GetString(string name, CultureInfo? culture) =>
            (culture ?? CultureInfo.CurrentUICulture).Equals(Culture)
                ? base.GetString(name, CultureInfo.InvariantCulture) is { } text ? Start + text + End : null
                : base.GetString(name, culture);
    }
}

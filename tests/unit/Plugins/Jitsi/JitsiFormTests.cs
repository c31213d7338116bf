using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Plugins.Jitsi;
using Tests.Support;

namespace Tests.Plugins.Jitsi;

/// <summary>What the settings form is made of.</summary>
public sealed partial class JitsiFormTests
{
    private static readonly PropertyInfo[] Settings = typeof(JitsiOptions).GetProperties();

    [Fact]
    public void Every_setting_has_a_label_and_a_group_with_a_name()
    {
        foreach (var language in new[] { "en", "ar" })
            using (new Language(language))
            {
                Assert.All(Settings, p => Assert.NotNull(Text("Option" + p.Name)));
                Assert.All(Settings, p => Assert.NotNull(Text("Group" + p.GetCustomAttribute<CategoryAttribute>()?.Category)));
                foreach (var type in new[] { typeof(JitsiMode), typeof(JitsiChoice) })
                    Assert.All(Enum.GetNames(type), name => Assert.NotNull(Text(type.Name + name)));
            }
    }

    [Fact]
    public void Every_setting_is_of_a_type_that_a_form_can_show() =>
        Assert.All(Settings, p => Assert.True(
            p.PropertyType == typeof(bool) || p.PropertyType == typeof(int) || p.PropertyType == typeof(string)
            || p.PropertyType == typeof(string[]) || p.PropertyType.IsEnum, p.Name));

    [Fact]
    public void No_text_is_for_a_setting_that_is_gone() =>
        Assert.Empty(OptionKeys().Except(Settings.SelectMany(p => new[] { "Option" + p.Name, $"Option{p.Name}Help" })));

    [Fact]
    public void The_buttons_that_there_are_are_named_where_one_chooses_them()
    {
        foreach (var language in new[] { "en", "ar" })
            using (new Language(language))
                Assert.Contains(string.Join(", ", JitsiToolbar.Known), Text("OptionToolbarHelp"));
        Assert.Empty(JitsiToolbar.Usual.Concat(JitsiToolbar.UsualOnPhones).Except(JitsiToolbar.Known));
    }

    [Fact]
    public void In_Arabic_an_address_is_kept_together() =>
        Assert.Empty(from entry in Texts.ResourceManager.GetResourceSet(CultureInfo.GetCultureInfo("ar"), true, false)!
                         .Cast<System.Collections.DictionaryEntry>()
                     where Address.IsMatch((string)entry.Value!)
                     select (string)entry.Key);

    /// <summary>A host name that does not stand right behind U+2066 and before U+2069.</summary>
    [GeneratedRegex(@"(?<![\u2066\w.-])(?:[a-z0-9-]+\.)+(?:org|jitsi|si|vc)\b|\u2066(?:[a-z0-9-]+\.)+(?:org|jitsi|si|vc)\b(?!\u2069)")]
    private static partial Regex Address { get; }

    private static IEnumerable<string> OptionKeys() =>
        Texts.ResourceManager.GetResourceSet(CultureInfo.InvariantCulture, true, false)!.Cast<System.Collections.DictionaryEntry>()
            .Select(e => (string)e.Key).Where(k => k.StartsWith("Option", StringComparison.Ordinal));

    private static string? Text(string key) => Texts.ResourceManager.GetString(key, CultureInfo.CurrentUICulture);
}

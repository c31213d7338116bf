using System.Collections;
using System.Globalization;
using System.Net;
using System.Reflection;
using System.Resources;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging.Abstractions;
using Portal.ProviderHost;
using Providers;
using Tests.Support;

namespace Tests.Providers;

/// <summary>
/// What every provider promises by being one. A plugin's test names its provider and, where it needs one, a mentor's address
/// or place.
/// </summary>
public abstract class ProviderConformance<TProvider, TOptions>
    where TProvider : class, IMeetingProvider
    where TOptions : class, new()
{
    public static TheoryData<ParticipantRole> Roles => [.. Enum.GetValues<ParticipantRole>()];

    protected virtual string? MentorUrl => null;

    protected virtual string? MentorPlace => null;

    protected virtual TOptions Options => new();

    /// <summary>For providers whose joins need an answer of the tool's.</summary>
    protected virtual HttpMessageHandler Network => new NoNetwork();

    private MeetingRequest Request => Meetings.Request(MentorUrl) with { MentorPlace = MentorPlace };

    private string ManifestFolder => Path.Combine(AppContext.BaseDirectory, "providers", Provider().Descriptor.Id);

    protected TProvider Provider(HttpMessageHandler? http = null) =>
        (TProvider)Activator.CreateInstance(typeof(TProvider), new ProviderContext<TOptions>
        {
            Options = Options,
            Http = new HttpClient(http ?? Network),
            Logger = NullLogger.Instance,
            Clock = new TestClock(Meetings.Start),
            PublicUrl = new Uri("https://portal.example"),
        })!;

    [Fact]
    public void Its_manifest_and_its_descriptor_agree()
    {
        var manifest = PluginManifest.Read(ManifestFolder);

        Assert.Equal(manifest.Id, Provider().Descriptor.Id);
        Assert.Equal(manifest.Assembly, typeof(TProvider).Assembly.GetName().Name + ".dll");
        Assert.True(manifest.Fits(ContractVersion.Major, ContractVersion.Minor));
        Assert.Equal(Provider().Descriptor.NeedsMentorPlace, Provider().Descriptor.JoinHosts.Count == 0);
        Assert.All(Provider().Descriptor.JoinHosts, host => Assert.True(JoinHosts.IsValid(host), host));
    }

    [Fact]
    public void It_knows_the_contract_and_nothing_else_of_the_portal()
    {
        var references = typeof(TProvider).Assembly.GetReferencedAssemblies().Select(a => a.Name!);

        Assert.All(references, name => Assert.True(
            name is "Providers" or "Microsoft.Extensions.Logging.Abstractions" or "netstandard"
            || name.StartsWith("System.", StringComparison.Ordinal)
                || File.Exists(Path.Combine(ManifestFolder, name + ".dll")), name));
        Assert.DoesNotContain("Portal", references);
        Assert.DoesNotContain("Localization", references);
    }

    [Fact]
    public void It_brings_no_assembly_that_belongs_to_the_portal()
    {
        Assert.Empty(Directory.GetFiles(ManifestFolder, "Providers.dll", SearchOption.AllDirectories));
        Assert.Empty(Directory.GetFiles(ManifestFolder, "Microsoft.Extensions.Logging.Abstractions.dll", SearchOption.AllDirectories));
    }

    [Theory]
    [MemberData(nameof(Roles))]
    public async Task Everyone_is_led_to_a_host_that_it_declared(ParticipantRole role)
    {
        var provider = Provider();
        var handle = await provider.CreateMeetingAsync(Request, default);

        var target = await provider.GetJoinAsync(Meetings.Join(handle, role), default);

        if (target is PlaceTarget place)
        {
            // What is mailed when the session is booked is what is shown when it begins.
            Assert.Equal(handle.Place, place.Place);
            Assert.InRange(place.Place.Text.Length, 1, 300);
            return;
        }
        if (target is RedirectTarget redirect)
            Assert.True(JoinHosts.Allow(provider.Descriptor.JoinHosts, redirect.Url), redirect.Url.Host);
        Assert.InRange(handle.Value.Length, 1, 2000);
        if (target is not EmbedTarget embed)
            return;
        var embedding = Assert.IsAssignableFrom<ISupportsEmbedding>(provider);
        Assert.All(embedding.Embedding.Origins, o => Assert.True(JoinHosts.Allow(provider.Descriptor.JoinHosts, new Uri(o)), o));
        Assert.Contains("export function open", embedding.RoomModule);
        Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(embed.Data).RootElement.ValueKind);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\uD800 half a pair")]
    [InlineData("<script>alert(1)</script>\"'&#\r\n\0")]
    [InlineData("‮gnp.exe‬ 👩‍👩‍👧‍👦")]
    public async Task Odd_names_do_not_keep_anyone_out(string name)
    {
        var provider = Provider();
        var request = Request with { Title = name, MentorName = name, MenteeName = name };

        var target = await provider.GetJoinAsync(Meetings.Join(await provider.CreateMeetingAsync(request, default), name: name,
            email: "a@b.example"), default);
        var longer = await provider.GetJoinAsync(Meetings.Join(await provider.CreateMeetingAsync(request, default),
            name: string.Concat(Enumerable.Repeat(name + "x", 5000))), default);

        Assert.NotNull(target);
        Assert.NotNull(longer);
    }

    [Fact]
    public async Task A_meeting_can_be_ended_twice()
    {
        var provider = Provider();
        var handle = await provider.CreateMeetingAsync(Request, default);

        await provider.EndMeetingAsync(handle, default);
        await provider.EndMeetingAsync(handle, default);
    }

    [Fact]
    public async Task Its_check_says_in_words_what_happened_with_a_network_and_without()
    {
        foreach (var http in new HttpMessageHandler[] { new NoNetwork(), new Answer(HttpStatusCode.InternalServerError),
            new Answer(HttpStatusCode.OK) })
            Assert.NotEmpty((await Provider(http).CheckAsync(default)).Message);
    }

    [Fact]
    public void Its_texts_are_the_same_in_both_languages()
    {
        var resources = new ResourceManager(typeof(TProvider).Namespace + ".Texts", typeof(TProvider).Assembly);
        var english = Texts(resources, CultureInfo.InvariantCulture);
        var arabic = Texts(resources, CultureInfo.GetCultureInfo("ar"));

        Assert.Equal(english.Keys.Order(), arabic.Keys.Order());
        Assert.All(english, text => Assert.Equal(Placeholders(text.Value), Placeholders(arabic[text.Key])));
        Assert.All(arabic, text => Assert.Matches(@"\p{IsArabic}", text.Value));
    }

    [Fact]
    public void Its_settings_have_words_of_their_own_in_both_languages()
    {
        var fields = SettingField.Of(typeof(TOptions));
        var keys = fields.Select(f => $"Option{f.Name}")
            .Concat(fields.Select(f => f.Group).OfType<string>().Select(g => $"Group{g}"))
            .Concat(fields.Where(f => f.Kind == SettingKind.Choice)
                .SelectMany(f => Enum.GetNames(f.Type).Select(value => f.Type.Name + value))).Distinct();
        var resources = new ResourceManager(typeof(TOptions).Namespace + ".Texts", typeof(TOptions).Assembly);

        Assert.Empty(keys.Except(Texts(resources, CultureInfo.InvariantCulture).Keys));
        Assert.Equal(typeof(TOptions).GetProperties().Count(p => p.SetMethod is { IsPublic: true }), fields.Count);
    }

    [Fact]
    public void Its_secrets_are_marked_as_such()
    {
        var secrets = typeof(TOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.PropertyType == typeof(string) && Regex.IsMatch(p.Name, "Secret|Password|PrivateKey|ApiKey"));

        Assert.All(secrets, p => Assert.Equal(
            System.ComponentModel.DataAnnotations.DataType.Password,
            p.GetCustomAttribute<System.ComponentModel.DataAnnotations.DataTypeAttribute>()?.DataType));
    }

    private static Dictionary<string, string> Texts(ResourceManager resources, CultureInfo culture) =>
        resources.GetResourceSet(culture, createIfNotExists: true, tryParents: false)!.Cast<DictionaryEntry>()
            .ToDictionary(e => (string)e.Key, e => (string)e.Value!);

    private static IEnumerable<string> Placeholders(string text) =>
        Regex.Matches(text, @"\{[^}]*\}").Select(m => m.Value).Distinct().Order();

    private sealed class NoNetwork : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new HttpRequestException(HttpRequestError.ConnectionError, "There is no network in this test.");
    }

    protected sealed class Answer(HttpStatusCode status, string body = "") : HttpMessageHandler
    {
        public Uri? Asked { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked = request.RequestUri;
            return Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(body) });
        }
    }
}

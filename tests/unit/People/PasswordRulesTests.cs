using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Portal.People;
using Portal.People.Profile;
using Portal.People.SignIn;
using Tests.Support;

namespace Tests.People;

public sealed class PasswordRulesTests
{
    private static readonly string[] Own = ["Nora Al-Hassan", "nora.hassan@people.example", "Majlis", "مجلس"];

    [Theory]
    [InlineData("1234567890")]
    [InlineData("0987654321")]
    [InlineData("password12")]
    [InlineData("Password2027!")]
    [InlineData("P@ssw0rd2027")]
    [InlineData("!!welcome2026")]
    [InlineData("qwertyuiop")]
    [InlineData("poiuytrewq")]
    [InlineData("1qaz2wsx3edc")]
    [InlineData("asdfghjkl;'")]
    [InlineData("asdfqwerzxcv")]
    [InlineData("aaaaaaaaaa")]
    [InlineData("abcabcabcabc")]
    [InlineData("12121212121212")]
    [InlineData("aabbccddeeff")]
    [InlineData("abcdefghijkl")]
    [InlineData("ضصثقفغعهخح")]
    [InlineData("٠١٢٣٤٥٦٧٨٩")]
    [InlineData("محمد123456")]
    [InlineData("majlis1234")]
    [InlineData("Majlis-2026!")]
    [InlineData("مجلس2026!!")]
    [InlineData("nora.hassan2026")]
    [InlineData("NoraHassan!!")]
    [InlineData("nora.hassan@people.example")]
    [InlineData("administrator")]
    [InlineData("iloveyou2026")]
    public void What_is_tried_first_is_refused(string password) => Assert.NotNull(PasswordRules.Wrong(password, Own));

    [Theory]
    [InlineData("correct horse")]
    [InlineData("a long new one")]
    [InlineData("majlis with purple otters")]
    [InlineData("كلمات قليلة على صف")]
    [InlineData("tr4pdoor#lamp")]
    [InlineData("lampfish40")]
    [InlineData("nora likes blue kites")]
    [InlineData("🐫🌴🕌🌙⭐🏺📜🖋️🧿🪔")]
    public void A_few_words_are_a_password_whatever_their_letters(string password) => Assert.Null(PasswordRules.Wrong(password, Own));

    [Theory]
    [InlineData("short")]
    [InlineData("nine char")]
    [InlineData("🐫🌴🕌🌙⭐")]
    [InlineData("")]
    [InlineData(null)]
    public void Ten_characters_are_the_least(string? password) => Assert.NotNull(PasswordRules.Wrong(password));

    [Fact]
    public void The_list_holds_more_than_three_thousand_of_ten_characters_and_more() =>
        Assert.True(CommonPasswords.Count > 3_000, $"{CommonPasswords.Count}");
}

/// <summary>As the portal hashes; other tests are in more of a hurry.</summary>
public sealed class HashingApp : IAsyncLifetime
{
    public PortalApp App { get; private set; } = null!;

    public async Task InitializeAsync() => App = await PortalApp.StartAsync(a => a.WithRealHashes());

    public async Task DisposeAsync() => await App.DisposeAsync();
}

public sealed class PasswordHashTests(HashingApp hashing) : IClassFixture<HashingApp>
{
    private const string Composed = "caf\u00E9 et cr\u00E8me";
    private static readonly string Decomposed = Composed.Normalize(NormalizationForm.FormD);
    private readonly PortalApp _app = hashing.App;

    [Theory]
    [InlineData(Composed)]
    [InlineData("caf\uFF45\u0301 et cre\u0300me")]
    public async Task One_password_has_one_spelling(string typed)
    {
        var user = await WithHashAsync(Hasher().HashPassword(new(), Composed));
        Assert.NotNull(await CheckAsync(user, typed));
        Assert.NotNull(await CheckAsync(user, Decomposed));
        Assert.Null(await CheckAsync(user, "cafe et creme"));
        Assert.Null(await CheckAsync(user, "caf\uD800 et creme"));
    }

    [Fact]
    public async Task What_was_hashed_before_is_still_right_and_is_hashed_anew()
    {
        var before = new PasswordHasher<PortalUser>(Options.Create(new PasswordHasherOptions { IterationCount = 1000 }));
        var user = await WithHashAsync(before.HashPassword(new(), Decomposed));
        Assert.NotNull(await CheckAsync(user, Decomposed));
        var renewed = (await _app.FindAsync(user.Email!))!.PasswordHash!;
        Assert.Equal(PasswordVerificationResult.Success, Hasher().VerifyHashedPassword(user, renewed, Composed));
        // The format of the framework: a byte of version, the function, then the rounds.
        Assert.Equal(210_000, System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(Convert.FromBase64String(renewed).AsSpan(5)));
        Assert.NotNull(await CheckAsync(user, Composed));
    }

    private IPasswordHasher<PortalUser> Hasher() =>
        _app.Services.CreateScope().ServiceProvider.GetRequiredService<IPasswordHasher<PortalUser>>();

    private async Task<PortalUser> WithHashAsync(string hash)
    {
        var user = await _app.AddPersonAsync();
        await _app.InDatabaseAsync(async db =>
        {
            (await db.Users.FindAsync(user.Id))!.PasswordHash = hash;
            await db.SaveChangesAsync();
        });
        return user;
    }

    private Task<PortalUser?> CheckAsync(PortalUser user, string password) =>
        _app.InScopeAsync<SignInService, PortalUser?>(s => s.CheckAsync(user.Email!, password));
}

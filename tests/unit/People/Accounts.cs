using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Portal.Mail.Queue;
using Portal.People;
using Portal.People.SignIn;
using Tests.Support;

namespace Tests.People;

/// <summary>People of a test, and forms sent as a browser sends them.</summary>
internal static partial class Accounts
{
    public const string Password = "correct horse";

    public static readonly Caller Administrator = new(Guid.NewGuid(), IsAdmin: true);

    /// <summary>Somebody with an address of their own and <see cref="Password"/>.</summary>
    public static Task<PortalUser> AddPersonAsync(this PortalApp app, bool confirmed = true, string language = "en") =>
        app.InScopeAsync<UserManager<PortalUser>, PortalUser>(async users =>
        {
            var id = Guid.CreateVersion7();
            var email = $"p{id:N}@people.example";
            var user = new PortalUser
            {
                Id = id,
                Email = email,
                UserName = email,
                EmailConfirmed = confirmed,
                DisplayName = "Nour",
                Language = language,
                CreatedUtc = app.Clock.GetUtcNow(),
            };
            Assert.True((await users.CreateAsync(user, Password)).Succeeded);
            return user;
        });

    /// <summary>From a browser that nobody knows.</summary>
    public static async Task<PortalUser?> CheckAsync(this SignInService signIn, string email, string password) =>
        (await signIn.CheckAsync(email, password, new GuessSource("test"))).User;

    public static Task<PortalUser?> FindAsync(this PortalApp app, string email) =>
        app.InDatabaseAsync(db => db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.NormalizedEmail == email.ToUpperInvariant()));

    public static Task<List<OutboxMessage>> MailsToAsync(this PortalApp app, string email) =>
        app.InDatabaseAsync(db => db.Outbox.AsNoTracking().Where(m => m.ToAddress == email).OrderBy(m => m.CreatedUtc).ToListAsync());

    public static async Task<HttpClient> SignedInAsync(this PortalApp app, PortalUser user)
    {
        var client = app.Visitor();
        using var answer = await client.SubmitAsync("/account/sign-in", ("Email", user.Email!), ("Password", Password));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return client;
    }

    /// <summary>Opens the page and sends its form with these values.</summary>
    public static async Task<HttpResponseMessage> SubmitAsync(
        this HttpClient client, string page, params (string Name, string Value)[] values)
    {
        var html = await client.GetStringAsync(page);
        return await client.PostAsync(page, new FormUrlEncodedContent(values
            .Append(("__RequestVerificationToken", TokenIn(html)))
            .Select(v => KeyValuePair.Create(v.Item1, v.Item2))));
    }

    public static string TokenIn(string html) => Token().Match(html).Groups[1].Value;

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}

using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Portal.Data;
using Portal.Mail.Admin;
using Portal.Mail.Queue;
using Portal.Mail.Rendering;
using Tests.Support;
using Xunit.Abstractions;

namespace Tests.Mail;

/// <summary>What Debian's SpamAssassin makes of every mail, by its rules alone and without the network.</summary>
public sealed partial class SpamTests(ITestOutputHelper output)
{
    private const double Max = 2;

    [SpamAssassinFact, Trait("Speed", "slow")]
    public async Task No_mail_looks_like_spam()
    {
        // As a portal that is reached from outside would send them.
        await using var app = await PortalApp.StartAsync(a => a
            .With("Portal:PublicUrl", "https://majlis.example.org").With("Mail:FromAddress", "no-reply@majlis.example.org"));
        var user = await new Scene(app).AdminAsync();
        await app.InScopeAsync<IServiceProvider>(async services =>
        {
            foreach (var kind in MailSamples.Kinds)
                foreach (var language in new[] { "en", "ar" })
                    services.GetRequiredService<Outbox>()
                    .AddSample(MailKinds.Sample(kind), user.ToRecipient() with { Language = language });
            await services.GetRequiredService<PortalDbContext>().SaveChangesAsync();
        });
        await app.DispatchAsync();
        var files = app.Files();
        Assert.Equal(2 * MailSamples.Kinds.Count, files.Count);

        // One mailbox, so that the rules are read once. No line of a mail of ours begins with From and a space.
        var mailbox = string.Concat(files.Select(f =>
            $"From sender@example.org Mon Nov 23 09:00:00 2026\n{File.ReadAllText(f).ReplaceLineEndings("\n")}\n"));
        var scores = Score().Matches(Tool.Run("spamassassin", ["-L", "-t", "--mbox"], mailbox));
        Assert.Equal(files.Count, scores.Count);
        var told = scores.Select(m => $"{m.Groups[1].Value}: {Regex.Replace(m.Groups[2].Value, @"\s+", " ")}").ToList();
        output.WriteLine(string.Join('\n', told.GroupBy(t => t).Select(g => $"{g.Count()} mails {g.Key}")));
        Assert.DoesNotContain(scores, m => double.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture) >= Max);
    }

    [GeneratedRegex(@"^X-Spam-Status: \w+, score=(-?[\d.]+) required=[\d.]+\s+tests=(.*?)\s+autolearn",
        RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Score();
}

/// <summary>Skipped, visibly, where SpamAssassin is not installed.</summary>
public sealed class SpamAssassinFactAttribute : FactAttribute
{
    public SpamAssassinFactAttribute() => Skip = Tool.HasSpamAssassin ? null : "spamassassin is not installed";
}

using Portal.AuditTrail;
using Portal.Data;
using Portal.Mail.Queue;
using Portal.Mail.Rendering;

namespace Portal.Mail.Admin;

/// <summary>Mails with made-up facts, to look at. Their links let nobody in.</summary>
public sealed class MailSamples(MailRenderer renderer, MailContexts contexts, PortalDbContext db, Outbox outbox, TimeProvider clock)
{
    /// <summary>Family by family, the largest first: it is the most read.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
    [
        .. MailKinds.All.GroupBy(k => k.Value.Namespace).OrderByDescending(family => family.Count())
            .SelectMany(family => family.Select(k => k.Key).Order(StringComparer.Ordinal)),
    ];

    public Task<RenderedMail> RenderAsync(string kind, string language)
    {
        var mail = MailKinds.Sample(kind);
        return RenderAsync(mail, mail.SampleReaderIn(language), language);
    }

    public Task<RenderedMail> RenderAsync(MailModel mail, SampleReader reader, string language) =>
        renderer.RenderAsync(mail, contexts.Sample(mail, reader.Name, language, reader.TimeZone));

    /// <summary>To whoever asks for it, on the way that all mails go.</summary>
    public async Task SendAsync(string kind, Recipient to, CancellationToken cancellationToken)
    {
        outbox.AddSample(MailKinds.Sample(kind), to);
        Audit.Note(db, clock.GetUtcNow(), to.UserId, "mail.send-sample", $"mail:{kind}");
        await db.SaveChangesAsync(cancellationToken);
    }
}

using Localization;
using Microsoft.Extensions.Options;
using Portal.Mail.Delivery;
using Portal.Mail.Queue;
using Portal.Settings;

namespace Portal.Mail.Rendering;

/// <summary>Gathers what a mail needs at the moment it is rendered. Its family adds the links, the secret ones among them.</summary>
public sealed class MailContexts(
    IEnumerable<IMailContextSource> families, UnwantedMail unwanted, PublicAddress address, IOptions<PortalOptions> options,
    TimeProvider clock)
{
    /// <summary>With the reader's own links.</summary>
    public Task<MailContext> ForReaderAsync(OutboxMessage row, MailModel mail, CancellationToken cancellationToken) =>
        MakeAsync(row, mail, secrets: true, cancellationToken);

    /// <summary>As the reader sees it, but every link that only the reader may have is a dead one.</summary>
    public Task<MailContext> ForOthersAsync(OutboxMessage row, MailModel mail, CancellationToken cancellationToken) =>
        MakeAsync(row, mail, secrets: false, cancellationToken);

    /// <summary>Of a sample: every link of the mail is there, and none lets anybody in.</summary>
    public MailContext Sample(MailModel mail, string name, string language, string timeZone) =>
        FamilyOf(mail).Sample(mail, Reader(name, language, timeZone));

    private Task<MailContext> MakeAsync(OutboxMessage row, MailModel mail, bool secrets, CancellationToken cancellationToken) =>
        row.IsSample
            ? Task.FromResult(Sample(mail, row.ToName, row.Language, row.TimeZone))
            : FamilyOf(mail).ForAsync(row, mail, Reader(row, secrets), secrets, cancellationToken);

    private MailContext Reader(OutboxMessage row, bool secrets) => Reader(row.ToName, row.Language, row.TimeZone) with
    {
        NoMailUrl = row.UserId is not null ? null : secrets ? unwanted.UrlFor(row.ToAddress) : address.To(UnwantedMail.Path),
    };

    private MailContext Reader(string name, string language, string timeZone) => new()
    {
        RecipientName = name,
        Language = language,
        TimeZone = timeZone,
        ProductName = options.Value.NameIn(language),
        PublicAddress = address.Base,
        Support = options.Value.Support(),
        NowUtc = clock.GetUtcNow(),
    };

    private IMailContextSource FamilyOf(MailModel mail) => families.FirstOrDefault(f => f.Family.IsInstanceOfType(mail))
        ?? throw new MailCompositionException(Said.Of(nameof(SaidText.NoFamily), MailKinds.Of(mail)));
}

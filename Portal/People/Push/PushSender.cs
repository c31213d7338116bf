using System.Globalization;
using System.Net;
using System.Text.Json;
using Lib.Net.Http.WebPush;
using Localization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Data;
using Portal.Settings;

namespace Portal.People.Push;

/// <summary>Hands what is due to the push services. Each note is claimed first, so that of several portals one sends it.</summary>
public sealed class PushSender(
    PortalDbContext db, PushSubscriptions subscriptions, PushKeys keys, IHttpClientFactory clients, IOptions<PortalOptions> portal,
    TimeProvider clock, ILogger<PushSender> log)
{
    public const string HttpName = "web-push";

    private const int AtOnce = 50;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(15);

    /// <summary>The browser's subscription is no more, or was made for another portal's key.</summary>
    private static readonly HttpStatusCode[] IsGone = [HttpStatusCode.NotFound, HttpStatusCode.Gone, HttpStatusCode.Forbidden];

    /// <summary>Returns how many were tried.</summary>
    public async Task<int> SendDueAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var due = await db.PushNotes.Where(n => n.DueUtc <= now).OrderBy(n => n.DueUtc).Select(n => n.Id).Take(AtOnce)
            .ToListAsync(cancellationToken);
        var tried = 0;
        foreach (var id in due)
        {
            var lease = now + Lease;
            if (await db.PushNotes.Where(n => n.Id == id && n.DueUtc <= now)
                .ExecuteUpdateAsync(set => set.SetProperty(n => n.DueUtc, lease), cancellationToken) == 0)
                continue;
            var note = await db.PushNotes.Include(n => n.Subscription).ThenInclude(s => s.User)
                .SingleOrDefaultAsync(n => n.Id == id, cancellationToken);
            if (note is null)
                continue;
            await TryAsync(note, cancellationToken);
            await db.TrySaveAsync(cancellationToken); // The person may have ended it meanwhile.
            db.ChangeTracker.Clear();
            tried++;
        }
        return tried;
    }

    private async Task TryAsync(PushNote note, CancellationToken cancellationToken)
    {
        var left = note.CreatedUtc + PushNote.Life - clock.GetUtcNow();
        if (left <= TimeSpan.Zero || subscriptions.Read(note.Subscription) is not { } address)
        {
            note.DueUtc = null;
            return;
        }
        try
        {
            using var http = clients.CreateClient(HttpName);
            var client = new PushServiceClient(http)
            {
                DefaultAuthentication = await keys.AuthenticationAsync(cancellationToken),
                DefaultAuthenticationScheme = Lib.Net.Http.WebPush.Authentication.VapidAuthenticationScheme.Vapid,
                AutoRetryAfter = false,
            };
            var receiver = new Lib.Net.Http.WebPush.PushSubscription { Endpoint = address.Endpoint };
            receiver.SetKey(PushEncryptionKeyName.P256DH, address.Key);
            receiver.SetKey(PushEncryptionKeyName.Auth, address.Auth);
            await client.RequestPushMessageDeliveryAsync(receiver, new PushMessage(ContentOf(note))
            {
                TimeToLive = (int)left.TotalSeconds,
                Urgency = PushMessageUrgency.High,
            }, cancellationToken);
            (note.DueUtc, note.Subscription.UsedUtc) = (null, clock.GetUtcNow());
        }
        catch (PushServiceClientException e) when (IsGone.Contains(e.StatusCode))
        {
            db.PushSubscriptions.Remove(note.Subscription);
        }
        catch (Exception e) when (e is PushServiceClientException or HttpRequestException or IOException
            || e is OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            // The service's name is the browser's maker; the rest of the address is a secret.
            log.LogInformation("A push service ({Host}) did not take a note: {Failure}",
                new Uri(address.Endpoint).IdnHost, (e as PushServiceClientException)?.StatusCode.ToString() ?? e.GetType().Name);
            Wait(note, e as PushServiceClientException);
        }
    }

    /// <summary>15 seconds, 30 and so on, or what the service asks for; after its life the note helps nobody.</summary>
    private void Wait(PushNote note, PushServiceClientException? refusal)
    {
        if (refusal is { StatusCode: >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError }
            && refusal.StatusCode != HttpStatusCode.TooManyRequests)
        {
            note.DueUtc = null; // It would be refused again.
            return;
        }
        var wait = FirstWait * Math.Pow(2, Math.Min(note.Attempts++, 6));
        var asked = refusal?.Headers?.RetryAfter?.Delta ?? TimeSpan.Zero;
        note.DueUtc = clock.GetUtcNow() + (asked > wait ? asked : wait);
    }

    /// <summary>In the person's language, and without a name or a topic: it lies on locked screens.</summary>
    private string ContentOf(PushNote note)
    {
        var language = note.Subscription.User.Language;
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        try
        {
            return JsonSerializer.Serialize(new
            {
                title = portal.Value.NameIn(language),
                body = UiText.PushSomeoneWaits,
                path = note.Path,
                lang = language,
                dir = Languages.Direction(language),
            });
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}

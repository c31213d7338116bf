using System.Globalization;
using Localization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NodaTime;
using Portal.Data;
using Portal.People;
using Portal.Sessions;
using Portal.Sessions.Mails;
using Portal.Sessions.Rooms;
using Portal.Settings;
using Portal.Tickets;

namespace Portal.Calendar;

/// <summary>A person's sessions at an address of their own, for any calendar program to subscribe to.</summary>
public sealed class CalendarFeed(
    PortalDbContext db, IDataProtectionProvider protection, JoinLinks links, PublicAddress address, IOptions<PortalOptions> portal,
    TimeProvider clock)
{
    private static readonly TimeSpan Past = TimeSpan.FromDays(90);
    private readonly IDataProtector _protector = protection.CreateProtector("calendar-feed");

    public Uri AddressOf(PortalUser user) => address.To($"calendar/{_protector.Protect($"{user.Id:N}{user.FeedVersion}")}.ics");

    /// <summary>Null for an address that was never given out, or was renewed since.</summary>
    public async Task<string?> ReadAsync(string token, CancellationToken cancellationToken)
    {
        if (Unprotect(token) is not { } key
            || await db.Users.AsNoTracking().FirstOrDefaultAsync(u => u.Id == key.UserId, cancellationToken) is not { } user
            || user.FeedVersion != key.Version || user.DeletedUtc is not null || user.LockoutEnd is not null)
            return null;
        // Names are put together in the reader's language. It does not flow out of this method.
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(user.Language);
        var from = clock.GetUtcNow() - Past;
        var sessions = await db.Sessions.AsNoTracking().AsSplitQuery().Include(s => s.Mentor).Include(s => s.Participants)
            .ThenInclude(p => p.User).Include(s => s.Links.Where(l => l.RoomVersion == l.Session.RoomVersion))
            .Where(s => s.StartUtc > from
                && s.Participants.Any(p => p.UserId == user.Id && p.WithdrawnUtc == null && p.LeftUtc == null && p.WaitingSinceUtc == null))
            .OrderBy(s => s.StartUtc).ToListAsync(cancellationToken);
        var calendar = new CalendarWriter().Begin("VCALENDAR").Line("VERSION", "2.0").Line("PRODID", "-//Majlis//Sessions//EN")
            .Line("METHOD", "PUBLISH").Text("X-WR-CALNAME", portal.Value.NameIn(user.Language))
                .Line("REFRESH-INTERVAL;VALUE=DURATION", "PT15M");
        foreach (var session in sessions)
            await WriteAsync(calendar, session, session.Participants.First(p => p.UserId == user.Id), cancellationToken);
        // A calendar without anything in it is none (RFC 5545 §3.6); programs refuse to subscribe to it.
        if (sessions.Count == 0)
            calendar.Zone(DateTimeZoneProviders.Tzdb.GetZoneOrNull(user.TimeZone) ?? DateTimeZone.Utc,
                Instant.FromDateTimeOffset(from), Instant.FromDateTimeOffset(clock.GetUtcNow().AddYears(1)));
        return calendar.End("VCALENDAR").ToString();
    }

    /// <summary>Sessions to be put into a calendar by hand; each must have the person among its people, and its link.</summary>
    public async Task<string> EventsAsync(IEnumerable<MentoringSession> sessions, Guid userId, CancellationToken cancellationToken)
    {
        var calendar = new CalendarWriter().Begin("VCALENDAR").Line("VERSION", "2.0").Line("PRODID", "-//Majlis//Sessions//EN")
            .Line("METHOD", "PUBLISH");
        foreach (var session in sessions)
            await WriteAsync(calendar, session, session.Participants.First(p => p.UserId == userId), cancellationToken);
        return calendar.End("VCALENDAR").ToString();
    }

    private async Task WriteAsync(
        CalendarWriter calendar, MentoringSession session, SessionParticipant own, CancellationToken cancellationToken)
    {
        var others = own.Role == ParticipantRole.Mentor ? session.Seated.Select(p => p.StoredName) : [session.Mentor.DisplayName];
        calendar.Begin("VEVENT")
            // As in the invitation to it, where it is no part of a series.
            .Line("UID", session.Id.ToString())
            .Utc("DTSTAMP", clock.GetUtcNow())
            .Utc("DTSTART", session.StartUtc)
            .Utc("DTEND", session.EndUtc)
            .Line("SEQUENCE", session.Sequence.ToString(CultureInfo.InvariantCulture))
            .Text("SUMMARY", string.Join(": ", new[] { session.Topic, Names.Line([.. others]) }.Where(t => t.Length > 0)))
            .Line("STATUS", session.State switch
            {
                SessionState.Requested => "TENTATIVE",
                SessionState.Cancelled or SessionState.Declined or SessionState.Expired => "CANCELLED",
                _ => "CONFIRMED",
            });
        var place = session.State.HoldsItsTime() ? session.Place() : null;
        if (session.State.HoldsItsTime())
            calendar.Text("LOCATION", place.IsElsewhere()
                ? place!.Text : (await links.ForAsync(own.Id, own.LinkVersion, cancellationToken)).AbsoluteUri);
        if (place is not null)
            calendar.Text("DESCRIPTION", PlaceWords.Sentence(place, own.Role));
        calendar.Line("URL", address.To($"sessions/{session.Id}").AbsoluteUri).End("VEVENT");
    }

    private (Guid UserId, int Version)? Unprotect(string token)
    {
        try
        {
            var text = _protector.Unprotect(token);
            return Guid.TryParseExact(text[..32], "N", out var id) && int.TryParse(text[32..], out var version) ? (id, version) : null;
        }
        catch (Exception e) when (e is System.Security.Cryptography.CryptographicException or FormatException
            or ArgumentOutOfRangeException)
        {
            return null;
        }
    }
}

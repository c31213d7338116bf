using System.Text.Json;
using Localization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Data;
using Portal.People;
using Portal.People.Profile;
using Portal.ProviderHost;
using Portal.Sessions;
using Portal.Sessions.Live;
using Portal.Tickets;
using Providers;
using ParticipantRole = Portal.Sessions.ParticipantRole;

namespace Portal.Joining;

/// <summary>The path from a click to the meeting: one query reads, a pure function decides, one insert logs.</summary>
public sealed class JoinService(
    PortalDbContext db, JoinLinks links, MeetingProviders providers, IOptions<JoinOptions> policy, TimeProvider clock)
{
    /// <summary>Where a ticket stands now. Changes nothing and counts nothing.</summary>
    public async Task<JoinView> LookAsync(string ticket, CancellationToken cancellationToken) =>
        await links.ReadTicketAsync(ticket, cancellationToken) is { } t
            ? View(await ReadAsync(p => p.Id == t.ParticipantId, cancellationToken), t.LinkVersion)
            : JoinView.Unknown;

    /// <summary>Where a pass stands now. Uses nothing up.</summary>
    public async Task<JoinView> LookAtPassAsync(string pass, CancellationToken cancellationToken) =>
        await links.ReadPassAsync(pass, cancellationToken) is { } read ? await LookAsync(read, cancellationToken) : JoinView.Unknown;

    /// <summary>Somebody pressed the button of a mailed link.</summary>
    /// <param name="ticket">From the URL.</param>
    /// <param name="signedIn">The caller's account, if any: needed where a ticket alone is not enough.</param>
    /// <param name="typedName">What a guest without a name calls themselves.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<JoinOutcome> JoinByTicketAsync(string ticket, Guid? signedIn, string? typedName, CancellationToken cancellationToken)
    {
        if (await links.ReadTicketAsync(ticket, cancellationToken) is not { } t)
            return new(JoinView.Unknown, null);
        var view = View(await ReadAsync(p => p.Id == t.ParticipantId, cancellationToken), t.LinkVersion);
        if (view.Decision == JoinDecision.NameNeeded && PersonRules.Name(typedName) is null)
        {
            // The first name that a link is used with stays: it is what the others know this guest by.
            await db.Participants.Where(p => p.Id == t.ParticipantId && p.UserId == null && p.OwnName == null)
                .ExecuteUpdateAsync(u => u.SetProperty(p => p.OwnName, typedName!.Trim()), cancellationToken);
            view = View(await ReadAsync(p => p.Id == t.ParticipantId, cancellationToken), t.LinkVersion);
        }
        if (!policy.Value.TicketAlone && view.Person is { } person && view.Decision != JoinDecision.Revoked)
        {
            if (signedIn is null)
                return new(view with { Decision = JoinDecision.SignInNeeded }, null);
            if (person.UserId is not null && person.UserId != signedIn)
                return new(view with { Decision = JoinDecision.NotParticipant }, null);
        }
        return await EnterAsync(view, "ticket", cancellationToken);
    }

    /// <summary>Uses up a pass: the second one who tries it, however close behind, finds it spent.</summary>
    public async Task<JoinOutcome> JoinByPassAsync(string pass, CancellationToken cancellationToken)
    {
        if (await links.ReadPassAsync(pass, cancellationToken) is not { } read)
            return new(JoinView.Unknown, null);
        var view = await LookAsync(read, cancellationToken);
        if (view.Decision == JoinDecision.Open && !await UseUpAsync(read, cancellationToken))
            return new(JoinView.Spent, null);
        return await EnterAsync(view, "pass", cancellationToken);
    }

    /// <summary>A signed-in caller joins by the session's id.</summary>
    public async Task<JoinOutcome> JoinByAccountAsync(Guid sessionId, Guid userId, CancellationToken cancellationToken)
    {
        var row = await ReadAsync(p => p.SessionId == sessionId && p.UserId == userId, cancellationToken);
        if (row is null)
        {
            var exists = await db.Sessions.AnyAsync(s => s.Id == sessionId, cancellationToken);
            return new(exists ? JoinView.Unknown with { Decision = JoinDecision.NotParticipant } : JoinView.Unknown, null);
        }
        return await EnterAsync(View(row, null), "account", cancellationToken);
    }

    /// <summary>
    /// The room page of somebody who was let in before: decides again, but does not count another join.
    /// </summary>
    public async Task<JoinOutcome> ReenterAsync(Guid participantId, short linkVersion, CancellationToken cancellationToken)
    {
        var view = View(await ReadAsync(p => p.Id == participantId, cancellationToken), linkVersion);
        return view.Decision == JoinDecision.Open ? await TargetAsync(view, cancellationToken) : new(view, null);
    }

    private async Task<JoinView> LookAsync(JoinPass pass, CancellationToken cancellationToken)
    {
        if (pass.Expires <= clock.GetUtcNow() || await db.UsedPasses.AnyAsync(u => u.Nonce == pass.Nonce, cancellationToken))
            return JoinView.Spent;
        var row = await ReadAsync(p => p.Id == pass.ParticipantId && p.SessionId == pass.SessionId && p.UserId == pass.UserId, cancellationToken);
        return View(row, pass.LinkVersion);
    }

    /// <summary>False when somebody was faster.</summary>
    private async Task<bool> UseUpAsync(JoinPass pass, CancellationToken cancellationToken)
    {
        db.UsedPasses.Add(new UsedPass { Nonce = pass.Nonce, ExpiresUtc = pass.Expires });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException e) when (e.InnerException is System.Data.Common.DbException inner && db.IsDuplicateKey(inner))
        {
            return false;
        }
    }

    private async Task<JoinOutcome> EnterAsync(JoinView view, string by, CancellationToken cancellationToken)
    {
        var outcome = view.Decision == JoinDecision.Open ? await TargetAsync(view, cancellationToken) : new(view, null);
        if (outcome.View.Person is { } person)
        {
            db.MeetingEvents.Add(new MeetingEvent
            {
                SessionId = person.SessionId,
                ParticipantId = person.ParticipantId,
                AtUtc = clock.GetUtcNow(),
                Kind = outcome.View.Decision switch
                {
                    JoinDecision.Open => MeetingEventKind.Joined,
                    JoinDecision.ProviderFailed => MeetingEventKind.ProviderFailed,
                    _ => MeetingEventKind.Refused,
                },
                Details = JsonSerializer.Serialize(new
                {
                    by,
                    decision = outcome.View.Decision.ToString(),
                    room = person.RoomVersion,
                    provider = person.ProviderId,
                    failure = outcome.Failure,
                }),
            });
            await db.SaveChangesAsync(cancellationToken);
        }
        return outcome;
    }

    private async Task<JoinOutcome> TargetAsync(JoinView view, CancellationToken cancellationToken)
    {
        var person = view.Person!;
        try
        {
            var target = await providers.JoinAsync(person.ProviderId!, new JoinRequest
            {
                Handle = new MeetingHandle(person.Handle!),
                Meeting = new(person.SessionId, person.Topic, person.Start, person.End, view.ClosesAt, person.RoomVersion),
                // A person keeps one id across sessions: hosted servers bill by person.
                Participant = new(person.UserId ?? person.ParticipantId, person.Name, person.Email, null, person.Role.ForProvider()),
                Culture = person.Language,
            }, cancellationToken);
            return new(view, target);
        }
        catch (ProviderException e)
        {
            return new(view with { Decision = JoinDecision.ProviderFailed }, null) { Failure = e.Failure.ToString() };
        }
    }

    private JoinView View(JoinPerson? person, short? linkVersion)
    {
        if (person is null)
            return JoinView.Unknown;
        var subject = new JoinSubject(person.State, person.Start, person.End, person.Role, person.LinkVersion, person.Withdrawn,
            person.Link, person.MentorHasJoined)
        {
            WaitsForSeat = person.Waits,
            HasName = person.Name.Length > 0,
        };
        return new(
            JoinRules.Decide(subject, linkVersion, clock.GetUtcNow(), policy.Value), person,
            JoinRules.OpensAt(person.Start, policy.Value), JoinRules.ClosesAt(person.End, policy.Value));
    }

    private Task<JoinPerson?> ReadAsync(System.Linq.Expressions.Expression<Func<SessionParticipant, bool>> who, CancellationToken cancellationToken)
    {
        var mentorOpens = policy.Value.MentorOpensRoom;
        return db.Participants.AsNoTracking().Where(who)
            .Select(p => new
            {
                p,
                s = p.Session,
                u = p.User,
                link = p.Session.Links.Where(l => l.RoomVersion == p.Session.RoomVersion)
                    .Select(l => new { l.State, l.Handle, l.ProviderAccount.ProviderId }).FirstOrDefault(),
            })
            .Select(x => new JoinPerson
            {
                SessionId = x.s.Id,
                ParticipantId = x.p.Id,
                UserId = x.p.UserId,
                Role = x.p.Role,
                LinkVersion = x.p.LinkVersion,
                Withdrawn = x.p.WithdrawnUtc != null || x.p.LeftUtc != null,
                Waits = x.p.WaitingSinceUtc != null,
                Name = x.u != null ? x.u.DisplayName : x.p.OwnName ?? "",
                Email = x.u != null ? x.u.Email : x.p.OwnEmail,
                Language = x.u != null ? x.u.Language : x.p.OwnLanguage ?? Languages.English,
                TimeZone = x.u != null ? x.u.TimeZone : x.p.OwnTimeZone ?? "Etc/UTC",
                State = x.s.State,
                Topic = x.s.Topic,
                MentorId = x.s.MentorId,
                MentorName = x.s.Mentor.DisplayName,
                Start = x.s.StartUtc,
                LengthMinutes = x.s.LengthMinutes,
                RoomVersion = x.s.RoomVersion,
                CancelledUtc = x.s.CancelledUtc,
                Link = x.link == null ? null : x.link.State,
                Handle = x.link == null ? null : x.link.Handle,
                ProviderId = x.link == null ? null : x.link.ProviderId,
                MentorHasJoined = mentorOpens && db.MeetingEvents.Any(e =>
                    e.SessionId == x.s.Id && e.Kind == MeetingEventKind.Joined
                    && db.Participants.Any(m => m.Id == e.ParticipantId && m.Role == ParticipantRole.Mentor)),
            })
            .FirstOrDefaultAsync(cancellationToken);
    }
}

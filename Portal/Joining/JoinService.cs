using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Data;
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
            ? await LookAsync(t.ParticipantId, t.LinkVersion, cancellationToken)
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
        var view = await LookAsync(t.ParticipantId, t.LinkVersion, cancellationToken);
        if (view.Decision == JoinDecision.NameNeeded && PersonRules.Name(typedName) is null)
        {
            // The first name that a link is used with stays: it is what the others know this guest by.
            await db.Participants.Where(p => p.Id == t.ParticipantId && p.UserId == null && p.OwnName == null)
                .ExecuteUpdateAsync(u => u.SetProperty(p => p.OwnName, typedName!.Trim()), cancellationToken);
            view = await LookAsync(t.ParticipantId, t.LinkVersion, cancellationToken);
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
        var row = await JoinStatements.ReadAsync(db, sessionId, userId, cancellationToken);
        if (row is null)
        {
            var exists = await db.Sessions.AnyAsync(s => s.Id == sessionId, cancellationToken);
            return new(exists ? JoinView.Unknown with { Decision = JoinDecision.NotParticipant } : JoinView.Unknown, null);
        }
        return await EnterAsync(await ViewAsync(row, null, cancellationToken), "account", cancellationToken);
    }

    /// <summary>
    /// The room page of somebody who was let in before: decides again, but does not count another join.
    /// </summary>
    public async Task<JoinOutcome> ReenterAsync(Guid participantId, short linkVersion, CancellationToken cancellationToken)
    {
        var view = await LookAsync(participantId, linkVersion, cancellationToken);
        return view.Decision == JoinDecision.Open ? await TargetAsync(view, cancellationToken) : new(view, null);
    }

    private async Task<JoinView> LookAsync(Guid participantId, short linkVersion, CancellationToken cancellationToken) =>
        await ViewAsync(await JoinStatements.ReadAsync(db, participantId, cancellationToken), linkVersion, cancellationToken);

    private async Task<JoinView> LookAsync(JoinPass pass, CancellationToken cancellationToken)
    {
        if (pass.Expires <= clock.GetUtcNow() || await db.UsedPasses.AnyAsync(u => u.Nonce == pass.Nonce, cancellationToken))
            return JoinView.Spent;
        var row = await JoinStatements.ReadAsync(db, pass.ParticipantId, cancellationToken);
        var isMeant = row?.SessionId == pass.SessionId && row.UserId == pass.UserId;
        return await ViewAsync(isMeant ? row : null, pass.LinkVersion, cancellationToken);
    }

    /// <summary>False when somebody was faster.</summary>
    private Task<bool> UseUpAsync(JoinPass pass, CancellationToken cancellationToken)
    {
        db.UsedPasses.Add(new UsedPass { Nonce = pass.Nonce, ExpiresUtc = pass.Expires });
        return db.TrySaveAsync(cancellationToken);
    }

    private async Task<JoinOutcome> EnterAsync(JoinView view, string by, CancellationToken cancellationToken)
    {
        var outcome = view.Decision == JoinDecision.Open ? await TargetAsync(view, cancellationToken) : new(view, null);
        if (outcome.View.Person is { } person)
        {
            await JoinStatements.LogAsync(db, new MeetingEvent
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
                Decision = outcome.View.Decision,
                Details = JsonSerializer.Serialize(new
                {
                    by,
                    room = person.RoomVersion,
                    provider = person.ProviderId,
                    failure = outcome.Failure,
                }),
            }, cancellationToken);
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

    private async Task<JoinView> ViewAsync(JoinPerson? person, short? linkVersion, CancellationToken cancellationToken)
    {
        if (person is null)
            return JoinView.Unknown;
        var now = clock.GetUtcNow();
        var decision = JoinRules.Decide(person, linkVersion, now, policy.Value);
        if (decision == JoinDecision.WaitingForMentor && await MentorHasJoinedAsync(person, cancellationToken))
            decision = JoinRules.Decide(person with { MentorHasJoined = true }, linkVersion, now, policy.Value);
        return new(decision, person, JoinRules.OpensAt(person.Start, policy.Value), JoinRules.ClosesAt(person.End, policy.Value));
    }

    /// <summary>At the session's present time: who came early to another one has not opened the room of this one.</summary>
    private Task<bool> MentorHasJoinedAsync(JoinPerson person, CancellationToken cancellationToken)
    {
        var opened = JoinRules.OpensAt(person.Start, policy.Value);
        return db.MeetingEvents.AnyAsync(
            e => e.SessionId == person.SessionId && e.Kind == MeetingEventKind.Joined && e.AtUtc >= opened
                && db.Participants.Any(m => m.Id == e.ParticipantId && m.Role == ParticipantRole.Mentor), cancellationToken);
    }
}

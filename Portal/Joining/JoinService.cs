using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Data;
using Portal.People;
using Portal.People.Profile;
using Portal.Sessions;
using Portal.Sessions.Live;
using Portal.Sessions.Recordings;
using Portal.Sessions.Rooms;
using Portal.Tickets;
using Providers;
using ParticipantRole = Portal.Sessions.ParticipantRole;

namespace Portal.Joining;

/// <summary>The path from a click to the meeting: one query reads, a pure function decides, one insert logs.</summary>
public sealed partial class JoinService(
    PortalDbContext db, JoinLinks links, JoinRecord record, MeetingTargets targets, StandInRooms standIns, Gatherings gatherings,
    Consents consents, IOptions<JoinOptions> policy, TimeProvider clock)
{
    /// <summary>Where a ticket stands now. Changes nothing and counts nothing.</summary>
    public async Task<JoinView> LookAsync(string ticket, CancellationToken cancellationToken) =>
        await links.ReadTicketAsync(ticket, cancellationToken) is { } t
            ? await LookAsync(t.ParticipantId, t.LinkVersion, cancellationToken)
            : JoinView.Unknown;

    /// <summary>Where a pass stands now. Uses nothing up.</summary>
    public async Task<JoinView> LookAtPassAsync(string pass, CancellationToken cancellationToken) =>
        await links.ReadPassAsync(pass, cancellationToken) is { } read ? await LookAsync(read, cancellationToken) : JoinView.Unknown;

    /// <summary>Where a signed-in caller stands by the session's id. Counts nothing.</summary>
    public async Task<JoinView> LookByAccountAsync(Guid sessionId, Guid userId, CancellationToken cancellationToken) =>
        await ViewAsync(await JoinStatements.ReadAsync(db, sessionId, userId, cancellationToken), null, null, cancellationToken);

    /// <summary>Where somebody stands who was let in before.</summary>
    public Task<JoinView> LookAsync(RoomGuest guest, CancellationToken cancellationToken) =>
        LookAsync(guest.ParticipantId, guest.LinkVersion, cancellationToken);

    /// <summary>Somebody pressed the button of a mailed link.</summary>
    /// <param name="ticket">From the URL.</param>
    /// <param name="signedIn">The caller's account, if any: needed where a ticket alone is not enough.</param>
    /// <param name="typedName">What a guest without a name calls themselves.</param>
    /// <param name="answer">About being recorded; null where the person was not asked, or did not say.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<JoinOutcome> JoinByTicketAsync(
        string ticket, Guid? signedIn, string? typedName, ConsentWord? answer, CancellationToken cancellationToken)
    {
        if (await links.ReadTicketAsync(ticket, cancellationToken) is not { } t)
            return new(JoinView.Unknown, null);
        var view = await LookAsync(t.ParticipantId, t.LinkVersion, cancellationToken, answer);
        if (await ObjectionAsync(view, signedIn, cancellationToken) is { } objection)
            return await EnterAsync(view with { Decision = objection, Said = null }, "ticket", cancellationToken);
        if (view.Decision == JoinDecision.NameNeeded && PersonRules.Name(typedName) is null)
        {
            // The first name that a link is used with stays: it is what the others know this guest by.
            await db.Participants.Where(p => p.Id == t.ParticipantId && p.UserId == null && p.OwnName == null)
                .ExecuteUpdateAsync(u => u.SetProperty(p => p.OwnName, FreeText.OneLine(typedName)), cancellationToken);
            view = await LookAsync(t.ParticipantId, t.LinkVersion, cancellationToken, answer);
        }
        return await EnterAsync(view, "ticket", cancellationToken);
    }

    /// <summary>
    /// Null where the ticket is enough, or fits who is signed in. Elsewhere its owner signs in; a guest has no account to sign in with,
    /// but whoever is signed in with another address is not that guest.
    /// </summary>
    public async Task<JoinDecision?> ObjectionAsync(JoinView view, Guid? signedIn, CancellationToken cancellationToken)
    {
        if (policy.Value.TicketAlone || view.Person is not { } person || view.Decision == JoinDecision.Revoked)
            return null;
        if (signedIn is not { } account)
            return person.UserId is null ? null : JoinDecision.SignInNeeded;
        var isTheirs = person.UserId is { } owner ? owner == account : person.Email is { } email
            && email.Equals(await db.Users.Where(u => u.Id == account).Select(u => u.Email).FirstOrDefaultAsync(cancellationToken),
                StringComparison.OrdinalIgnoreCase);
        return isTheirs ? null : JoinDecision.NotParticipant;
    }

    /// <summary>Uses up a pass: the second one who tries it, however close behind, finds it spent.</summary>
    public async Task<JoinOutcome> JoinByPassAsync(string pass, ConsentWord? answer, CancellationToken cancellationToken)
    {
        if (await links.ReadPassAsync(pass, cancellationToken) is not { } read)
            return new(JoinView.Unknown, null);
        var outcome = await ReachAsync(await LookAsync(read, cancellationToken, answer), cancellationToken);
        // Only what opens a room is used up: a provider that failed may be tried again.
        if (outcome.Target is not null && !await UseUpAsync(read, cancellationToken))
            return new(JoinView.Spent, null);
        await record.WriteAsync(outcome, "pass", cancellationToken);
        return outcome;
    }

    /// <summary>A signed-in caller joins by the session's id.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="userId">The caller's account.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <param name="handsOn">An embedded room is handed to a browser by a pass, and that counts.</param>
    /// <param name="answer">About being recorded.</param>
    public async Task<JoinOutcome> JoinByAccountAsync(
        Guid sessionId, Guid userId, CancellationToken cancellationToken, bool handsOn = false, ConsentWord? answer = null)
    {
        var row = await JoinStatements.ReadAsync(db, sessionId, userId, cancellationToken);
        if (row is null)
        {
            var exists = await db.Sessions.AnyAsync(s => s.Id == sessionId, cancellationToken);
            if (exists)
                await record.StrangerAsync(sessionId, userId, cancellationToken);
            return new(exists ? JoinView.Unknown with { Decision = JoinDecision.NotParticipant } : JoinView.Unknown, null);
        }
        var outcome = await ReachAsync(await ViewAsync(row, null, answer, cancellationToken), cancellationToken);
        // What was answered is kept at once, also where the join itself is counted when the pass is used.
        var counts = !handsOn || outcome.Target is not EmbedTarget;
        if (counts || outcome.View.Said is not null)
            await record.WriteAsync(outcome, "account", cancellationToken, counts);
        return outcome;
    }

    /// <summary>Where a signed-in caller would go, for a client that opens the room itself. Counts nothing.</summary>
    public async Task<JoinOutcome> TargetByAccountAsync(Guid sessionId, Guid userId, CancellationToken cancellationToken)
    {
        var view = await LookByAccountAsync(sessionId, userId, cancellationToken);
        return view.Decision == JoinDecision.Open ? await targets.FindAsync(view, cancellationToken) : new(view, null);
    }

    /// <summary>The room page of somebody who was let in before: decides again, but does not count another join.</summary>
    public async Task<JoinOutcome> ReenterAsync(RoomGuest guest, CancellationToken cancellationToken)
    {
        var view = await LookAsync(guest, cancellationToken);
        var outcome = view.Decision == JoinDecision.Open ? await targets.FindAsync(view, cancellationToken) : new(view, null);
        if (outcome.Target is not null)
            await record.BackAsync(outcome, cancellationToken);
        return outcome;
    }

    private async Task<JoinView> LookAsync(
        Guid participantId, short linkVersion, CancellationToken cancellationToken, ConsentWord? answer = null) =>
        await ViewAsync(await JoinStatements.ReadAsync(db, participantId, cancellationToken), linkVersion, answer, cancellationToken);

    private async Task<JoinView> LookAsync(JoinPass pass, CancellationToken cancellationToken, ConsentWord? answer = null)
    {
        if (pass.Expires <= clock.GetUtcNow() || await db.UsedPasses.AnyAsync(u => u.Nonce == pass.Nonce, cancellationToken))
            return JoinView.Spent;
        var row = await JoinStatements.ReadAsync(db, pass.ParticipantId, cancellationToken);
        var isMeant = row?.SessionId == pass.SessionId && row.UserId == pass.UserId;
        return await ViewAsync(isMeant ? row : null, pass.LinkVersion, answer, cancellationToken);
    }

    /// <summary>False when somebody was faster.</summary>
    private Task<bool> UseUpAsync(JoinPass pass, CancellationToken cancellationToken)
    {
        db.UsedPasses.Add(new UsedPass { Nonce = pass.Nonce, ExpiresUtc = pass.Expires });
        return db.TrySaveAsync(cancellationToken);
    }

    private async Task<JoinOutcome> EnterAsync(JoinView view, string by, CancellationToken cancellationToken)
    {
        var outcome = await ReachAsync(view, cancellationToken);
        await record.WriteAsync(outcome, by, cancellationToken);
        return outcome;
    }

    /// <summary>Where the tool fails, or has no meeting when it is time, the stand-in room opens before anybody is told so.</summary>
    private async Task<JoinOutcome> ReachAsync(JoinView view, CancellationToken cancellationToken)
    {
        var outcome = view.Decision == JoinDecision.Open ? await targets.FindAsync(view, cancellationToken) : new(view, null);
        var isMissing = view.Decision == JoinDecision.Preparing && clock.GetUtcNow() >= view.Person!.Start - StandInRooms.BeforeStart;
        if (outcome.View.Decision != JoinDecision.ProviderFailed && !isMissing)
            return outcome;
        var person = view.Person!;
        if (!await standIns.OpenAsync(person.SessionId, person.RoomVersion, outcome.Failure, cancellationToken))
            return outcome;
        var now = await LookAsync(person.ParticipantId, person.LinkVersion, cancellationToken, ConsentWord.Of(view.Said));
        return now.Decision == JoinDecision.Open ? await targets.FindAsync(now, cancellationToken) : new(now, null);
    }
}

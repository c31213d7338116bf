using Microsoft.Extensions.Options;
using Portal.People.Profile;
using Portal.ProviderHost;
using Portal.Sessions;
using Portal.Sessions.Live;
using Portal.Sessions.Recordings;
using Providers;

namespace Portal.Joining;

/// <summary>Asks the tool where somebody goes who may go there.</summary>
public sealed class MeetingTargets(
    MeetingProviders providers, MentorToolAccounts accounts, PictureLinks pictures, IOptions<JoinOptions> policy)
{
    public async Task<JoinOutcome> FindAsync(JoinView view, CancellationToken cancellationToken)
    {
        var person = view.Person!;
        try
        {
            var target = await providers.JoinAsync(person.Tool, new JoinRequest
            {
                Handle = new MeetingHandle(person.Handle!) { MentorAccount = await MentorAccountAsync(person, cancellationToken) },
                Meeting = new(person.SessionId, person.Topic, person.Start, person.End, view.ClosesAt, person.RoomVersion)
                {
                    Kind = person.IsInstant ? MeetingKind.Instant : person.Capacity > 1 ? MeetingKind.Group : MeetingKind.OneToOne,
                    Choices = MentorChoices.Of(person.ToolChoices, person.ProviderId!),
                    IsNotToBeRecorded = person.MayBeRecorded && (person.SomebodyObjects || person.RecordingAnswer == RecordingAnswer.No),
                },
                // A person keeps one id across sessions: hosted servers bill by person.
                Participant = new(
                    person.UserId ?? person.ParticipantId, person.Name, policy.Value.GivesEmailsToTools ? person.Email : null,
                    AvatarOf(view), person.Role.ForProvider()),
                Culture = person.Language,
            }, cancellationToken);
            return new(view, target);
        }
        catch (ProviderException e)
        {
            return new(view with { Decision = JoinDecision.ProviderFailed }, null) { Failure = e.Failure };
        }
    }

    /// <summary>Read only where the tool knows such accounts: the join of all others stays one query.</summary>
    private Task<string?> MentorAccountAsync(JoinPerson person, CancellationToken cancellationToken) =>
        providers.Has<ISupportsMentorAccount>(person.Tool)
            ? accounts.SecretAsync(person.MentorId, person.AccountId, cancellationToken) : Task.FromResult<string?>(null);

    /// <summary>The meeting's own page fetches it, and knows no account.</summary>
    private Uri? AvatarOf(JoinView view) => view.Person is { UserId: { } user, PictureVersion: { } version }
        ? pictures.PublicAddressOf(user, version, view.ClosesAt) : null;
}

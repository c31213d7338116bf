namespace Portal.Sessions.Live;

/// <summary>Somebody before the open door: all that waiting there depends on, besides the time and the policy.</summary>
/// <param name="Role">In the session.</param>
/// <param name="Start">The session's.</param>
/// <param name="TimeSet">When the session was given its present time.</param>
/// <param name="Admitted">When the mentor last let the person in, whether or not that still counts.</param>
/// <param name="WaitsSince">When the person came to the session at its present time and was told to wait.</param>
/// <param name="MentorHasJoined">To the session at its present time.</param>
public sealed record Visitor(
    ParticipantRole Role, DateTimeOffset Start, DateTimeOffset TimeSet, DateTimeOffset? Admitted, DateTimeOffset? WaitsSince,
    bool MentorHasJoined)
{
    public bool MustWait(DateTimeOffset now, JoinOptions policy) => Role != ParticipantRole.Mentor
        && !IsAdmitted(policy) && !(LetInAt(policy) <= now) && policy.WaitingRoom switch
        {
            WaitingRoom.UntilMentorJoins => !MentorHasJoined,
            WaitingRoom.MentorAdmits => true,
            _ => false,
        };

    /// <summary>When the portal lets the person in; null for never, or as long as the person has not come.</summary>
    public DateTimeOffset? LetInAt(JoinOptions policy) => policy.AdmitsAfterMinutes == 0 || WaitsSince is not { } came
        ? null : (came > Start ? came : Start).AddMinutes(policy.AdmitsAfterMinutes);

    /// <summary>Who was let in to another time of the session was let in to another session, as it were.</summary>
    private bool IsAdmitted(JoinOptions policy) => Admitted >= SessionDoor.CountsFrom(Start, TimeSet, policy);
}

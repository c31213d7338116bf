using Portal.Sessions;
using Portal.Sessions.Live;

namespace Tests.Sessions;

/// <summary>Who waits before the open door, as a table.</summary>
public sealed class VisitorTests
{
    private static readonly DateTimeOffset Start = new(2026, 12, 1, 9, 0, 0, TimeSpan.Zero);

    private static readonly Visitor Mentee = new(ParticipantRole.Mentee, Start, Start.AddDays(-1), null, null, MentorHasJoined: false);

    private static DateTimeOffset? At(int? minute) => minute is { } m ? Start.AddMinutes(m) : null;

    [Theory]
    // Mode, role, the mentor is there, admitted at, waits since, automatic after, now; must wait.
    [InlineData(WaitingRoom.None, ParticipantRole.Mentee, false, null, null, 0, 0, false)]
    [InlineData(WaitingRoom.UntilMentorJoins, ParticipantRole.Mentee, false, null, null, 0, 0, true)]
    [InlineData(WaitingRoom.UntilMentorJoins, ParticipantRole.Mentee, true, null, null, 0, 0, false)]
    [InlineData(WaitingRoom.UntilMentorJoins, ParticipantRole.Mentee, false, -5, null, 0, 0, false)]
    [InlineData(WaitingRoom.UntilMentorJoins, ParticipantRole.Mentee, false, null, -5, 10, 9, true)]
    [InlineData(WaitingRoom.UntilMentorJoins, ParticipantRole.Mentee, false, null, -5, 10, 10, false)]
    [InlineData(WaitingRoom.MentorAdmits, ParticipantRole.Mentor, false, null, null, 0, 0, false)]
    [InlineData(WaitingRoom.MentorAdmits, ParticipantRole.Mentee, false, null, null, 0, 0, true)]
    [InlineData(WaitingRoom.MentorAdmits, ParticipantRole.Guest, true, null, null, 0, 0, true)]
    [InlineData(WaitingRoom.MentorAdmits, ParticipantRole.Observer, true, null, null, 0, 0, true)]
    [InlineData(WaitingRoom.MentorAdmits, ParticipantRole.Mentee, true, -5, -6, 0, 0, false)]
    // The door opens a quarter of an hour before: what was before that was for another time.
    [InlineData(WaitingRoom.MentorAdmits, ParticipantRole.Mentee, true, -15, null, 0, 0, false)]
    [InlineData(WaitingRoom.MentorAdmits, ParticipantRole.Mentee, true, -16, null, 0, 0, true)]
    // Without a press nobody has come, and after a late one the minutes count from then.
    [InlineData(WaitingRoom.MentorAdmits, ParticipantRole.Mentee, true, null, null, 10, 60, true)]
    [InlineData(WaitingRoom.MentorAdmits, ParticipantRole.Mentee, true, null, 20, 10, 29, true)]
    [InlineData(WaitingRoom.MentorAdmits, ParticipantRole.Mentee, true, null, 20, 10, 30, false)]
    [InlineData(WaitingRoom.MentorAdmits, ParticipantRole.Mentee, true, null, 20, 0, 80, true)]
    public void Who_waits(
        WaitingRoom mode, ParticipantRole role, bool mentorIsThere, int? admitted, int? since, int automatic, int now, bool waits) =>
        Assert.Equal(waits, (Mentee with
        {
            Role = role,
            MentorHasJoined = mentorIsThere,
            Admitted = At(admitted),
            WaitsSince = At(since),
        }).MustWait(Start.AddMinutes(now), new JoinOptions { WaitingRoom = mode, AdmitsAfterMinutes = automatic }));

    [Fact]
    public void A_move_within_the_open_door_takes_an_admission_back()
    {
        var policy = new JoinOptions { WaitingRoom = WaitingRoom.MentorAdmits };
        var admitted = Mentee with { Admitted = At(-5) };
        Assert.False(admitted.MustWait(Start, policy));
        Assert.True((admitted with { TimeSet = Start.AddMinutes(-4) }).MustWait(Start, policy));
    }

    [Theory]
    [InlineData(null, 10, null)]
    [InlineData(-5, 0, null)]
    [InlineData(-5, 10, 10)]
    [InlineData(7, 10, 17)]
    public void The_portal_lets_in_after_the_start_or_after_a_later_arrival(int? since, int automatic, int? expected) => Assert.Equal(
        At(expected), (Mentee with { WaitsSince = At(since) }).LetInAt(new JoinOptions { AdmitsAfterMinutes = automatic }));
}

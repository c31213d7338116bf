using Portal.Joining;
using Portal.Sessions;
using Portal.Sessions.Booking;
using Portal.Sessions.Changes;
using Portal.Sessions.Live;
using Portal.Sessions.Rooms;

namespace Tests.Joining;

/// <summary>The table of decisions, row by row and where rows meet.</summary>
public sealed class JoinRulesTests
{
    private static readonly DateTimeOffset Start = new(2026, 12, 1, 9, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset End = Start.AddMinutes(60);
    private static readonly JoinOptions Policy = new() { OpensMinutesBefore = 15, SessionOverrunMinutes = 30 };

    private static readonly JoinPerson Confirmed = new()
    {
        State = SessionState.Confirmed,
        Start = Start,
        LengthMinutes = 60,
        Role = ParticipantRole.Mentee,
        Name = "Maha Nassar",
        LinkVersion = 3,
        Link = MeetingLinkState.Ready,
    };

    private static JoinDecision Decide(JoinPerson person, DateTimeOffset now, short? version = 3, JoinOptions? policy = null) =>
        JoinRules.Decide(person, version, now, policy ?? Policy);

    [Theory]
    [InlineData(SessionState.Requested, JoinDecision.NotConfirmed)]
    [InlineData(SessionState.Confirmed, JoinDecision.Open)]
    [InlineData(SessionState.Declined, JoinDecision.Cancelled)]
    [InlineData(SessionState.Expired, JoinDecision.Cancelled)]
    [InlineData(SessionState.Cancelled, JoinDecision.Cancelled)]
    [InlineData(SessionState.Completed, JoinDecision.Over)]
    [InlineData(SessionState.Missed, JoinDecision.Over)]
    public void Every_state_has_its_decision_while_the_session_runs(SessionState state, JoinDecision expected) =>
        Assert.Equal(expected, Decide(Confirmed with { State = state }, Start));

    [Theory]
    [InlineData(15, 14, JoinDecision.Open)]
    [InlineData(15, 15, JoinDecision.AccessEnded)]
    [InlineData(15, 90, JoinDecision.Over)]
    [InlineData(0, -60, JoinDecision.AccessEnded)]
    [InlineData(-60, -90, JoinDecision.AccessEnded)]
    [InlineData(2000, 60, JoinDecision.Open)]
    [InlineData(2000, -60, JoinDecision.TooEarly)]
    public void An_observers_access_ends_at_its_own_time_and_never_after_the_sessions(int until, int minute, JoinDecision expected)
    {
        var observer = Confirmed with { Role = ParticipantRole.Observer, AccessUntil = Start.AddMinutes(until) };
        Assert.Equal(expected, Decide(observer, Start.AddMinutes(minute)));
        Assert.Equal(Start.AddMinutes(Math.Min(until, 90)), JoinRules.ClosesAt(observer, Policy));
    }

    [Fact]
    public void A_link_that_was_withdrawn_and_a_session_that_was_cancelled_are_told_before_an_access_that_has_ended()
    {
        var observer = Confirmed with { AccessUntil = Start };
        Assert.Equal(JoinDecision.Revoked, Decide(observer with { Withdrawn = true }, Start));
        Assert.Equal(JoinDecision.Cancelled, Decide(observer with { State = SessionState.Cancelled }, Start));
    }

    [Fact]
    public void No_state_is_left_out_of_the_table() => Assert.Equal(7, Enum.GetValues<SessionState>().Length);

    [Theory]
    [InlineData(-15, -1, JoinDecision.TooEarly)]
    [InlineData(-15, 0, JoinDecision.Open)]
    [InlineData(-15, 1, JoinDecision.Open)]
    [InlineData(0, 0, JoinDecision.Open)]
    [InlineData(60, 0, JoinDecision.Open)]
    [InlineData(90, -1, JoinDecision.Open)]
    [InlineData(90, 0, JoinDecision.Over)]
    [InlineData(90, 1, JoinDecision.Over)]
    public void The_door_opens_and_closes_at_the_very_tick(int minutes, int ticks, JoinDecision expected) =>
        Assert.Equal(expected, Decide(Confirmed, Start.AddMinutes(minutes).AddTicks(ticks)));

    [Fact]
    public void With_no_time_before_and_after_the_door_is_open_exactly_while_the_session_runs()
    {
        var strict = new JoinOptions { OpensMinutesBefore = 0, SessionOverrunMinutes = 0 };
        Assert.Equal(
            [JoinDecision.TooEarly, JoinDecision.Open, JoinDecision.Open, JoinDecision.Over],
            new[] { Start.AddTicks(-1), Start, End.AddTicks(-1), End }.Select(now => Decide(Confirmed, now, policy: strict)));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(0)]
    [InlineData(-1)]
    public void Another_version_of_the_link_is_revoked(short version) =>
        Assert.Equal(JoinDecision.Revoked, Decide(Confirmed, Start, version));

    [Fact]
    public void Who_proved_to_be_the_person_in_another_way_needs_no_version() =>
        Assert.Equal(JoinDecision.Open, Decide(Confirmed, Start, null));

    [Fact]
    public void A_withdrawn_person_is_refused_however_they_come()
    {
        var withdrawn = Confirmed with { Withdrawn = true };
        Assert.Equal((JoinDecision.Revoked, JoinDecision.Revoked), (Decide(withdrawn, Start), Decide(withdrawn, Start, null)));
    }

    [Theory]
    [InlineData(SessionState.Cancelled)]
    [InlineData(SessionState.Completed)]
    [InlineData(SessionState.Requested)]
    public void A_revoked_link_says_nothing_of_what_became_of_the_session(SessionState state) =>
        Assert.Equal(JoinDecision.Revoked, Decide(Confirmed with { State = state }, End.AddDays(1), version: 2));

    [Fact]
    public void Cancelled_stays_cancelled_when_its_time_is_over() =>
        Assert.Equal(JoinDecision.Cancelled, Decide(Confirmed with { State = SessionState.Cancelled }, End.AddYears(1)));

    [Fact]
    public void A_request_that_nobody_answered_is_over_once_its_time_is() =>
        Assert.Equal(JoinDecision.Over, Decide(Confirmed with { State = SessionState.Requested }, End.AddMinutes(30)));

    [Fact]
    public void A_request_is_not_confirmed_also_before_the_door_opens() =>
        Assert.Equal(JoinDecision.NotConfirmed, Decide(Confirmed with { State = SessionState.Requested }, Start.AddDays(-1)));

    [Theory]
    [InlineData(null)]
    [InlineData(MeetingLinkState.Pending)]
    [InlineData(MeetingLinkState.Failed)]
    public void Without_a_meeting_people_wait_once_the_door_is_open(MeetingLinkState? link) => Assert.Equal(
        (JoinDecision.TooEarly, JoinDecision.Preparing, JoinDecision.Over),
        (Decide(Confirmed with { Link = link }, Start.AddMinutes(-16)), Decide(Confirmed with { Link = link }, Start),
            Decide(Confirmed with { Link = link }, End.AddMinutes(30))));

    [Theory]
    [InlineData(ParticipantRole.Mentee, false, JoinDecision.WaitingForMentor)]
    [InlineData(ParticipantRole.Guest, false, JoinDecision.WaitingForMentor)]
    [InlineData(ParticipantRole.Observer, false, JoinDecision.WaitingForMentor)]
    [InlineData(ParticipantRole.Mentor, false, JoinDecision.Open)]
    [InlineData(ParticipantRole.Mentee, true, JoinDecision.Open)]
    [InlineData(ParticipantRole.Guest, true, JoinDecision.Open)]
    public void Where_the_mentor_opens_the_room_the_others_wait_for_the_mentor(ParticipantRole role, bool joined, JoinDecision expected)
    {
        var policy = new JoinOptions { WaitingRoom = WaitingRoom.UntilMentorJoins };
        Assert.Equal(expected, Decide(Confirmed with { Role = role, MentorHasJoined = joined }, Start, policy: policy));
    }

    [Fact]
    public void A_meeting_that_is_not_made_yet_comes_before_waiting_for_the_mentor() => Assert.Equal(JoinDecision.Preparing,
        Decide(Confirmed with { Link = MeetingLinkState.Pending }, Start, policy: new() { WaitingRoom = WaitingRoom.UntilMentorJoins }));

    [Fact]
    public void A_guest_without_a_name_says_one_when_the_door_is_open_and_not_before()
    {
        var nameless = Confirmed with { Name = "" };
        Assert.Equal((JoinDecision.TooEarly, JoinDecision.NameNeeded), (Decide(nameless, Start.AddMinutes(-16)), Decide(nameless, Start)));
    }

    [Fact]
    public void Who_waits_for_a_seat_is_not_let_in() =>
        Assert.Equal(JoinDecision.NotConfirmed, Decide(Confirmed with { WaitsForSeat = true }, Start));

    [Theory]
    [InlineData(JoinDecision.Open, 200, 200)]
    [InlineData(JoinDecision.TooEarly, 409, 200)]
    [InlineData(JoinDecision.NotConfirmed, 409, 200)]
    [InlineData(JoinDecision.WaitingForMentor, 409, 200)]
    [InlineData(JoinDecision.Preparing, 409, 200)]
    [InlineData(JoinDecision.Cancelled, 410, 410)]
    [InlineData(JoinDecision.Over, 410, 410)]
    [InlineData(JoinDecision.Revoked, 410, 410)]
    [InlineData(JoinDecision.AccessEnded, 410, 410)]
    [InlineData(JoinDecision.NotParticipant, 403, 403)]
    [InlineData(JoinDecision.SignInNeeded, 401, 200)]
    [InlineData(JoinDecision.NameNeeded, 422, 200)]
    [InlineData(JoinDecision.ConsentNeeded, 422, 200)]
    [InlineData(JoinDecision.Unknown, 404, 404)]
    [InlineData(JoinDecision.ProviderFailed, 503, 503)]
    public void Every_decision_has_its_status_for_programs_and_for_people(JoinDecision decision, int program, int page) =>
        Assert.Equal((program, page), (decision.Status(), decision.PageStatus()));

    [Fact]
    public void No_decision_is_left_out_of_the_statuses() => Assert.Equal(15, Enum.GetValues<JoinDecision>().Length);

    [Theory]
    [InlineData(JoinDecision.TooEarly, 90)]
    [InlineData(JoinDecision.WaitingForMentor, 10)]
    [InlineData(JoinDecision.Preparing, 10)]
    [InlineData(JoinDecision.ProviderFailed, 10)]
    [InlineData(JoinDecision.NotConfirmed, 300)]
    public void A_program_is_told_when_to_ask_again(JoinDecision decision, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), decision.RetryAfter(Start, Start.AddSeconds(90)));

    [Theory]
    [InlineData(JoinDecision.Open)]
    [InlineData(JoinDecision.Cancelled)]
    [InlineData(JoinDecision.Over)]
    [InlineData(JoinDecision.Revoked)]
    [InlineData(JoinDecision.Unknown)]
    [InlineData(JoinDecision.NotParticipant)]
    public void Where_waiting_changes_nothing_nobody_is_told_to_ask_again(JoinDecision decision) =>
        Assert.Null(decision.RetryAfter(Start, Start.AddSeconds(90)));
}

using Portal.People;
using Portal.Sessions;
using Portal.Sessions.Booking;
using Portal.Sessions.Changes;

namespace Tests.Sessions;

/// <summary>Who may do what with a session, and when: row by row.</summary>
public sealed class SessionRightsTests
{
    private static readonly DateTimeOffset Start = new(2026, 12, 1, 9, 0, 0, TimeSpan.Zero);
    private static readonly (Guid Mentor, Guid Mentee, Guid Other, Guid Waiting) Ids =
        (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());

    private static readonly SessionPolicy Policy = new(
        new BookingOptions { Guests = true, MaxExtension = 60 },
        new JoinOptions { OpensMinutesBefore = 15, SessionOverrunMinutes = 30, GraceMinutes = 10 });

    private static readonly Dictionary<string, Caller> Callers = new()
    {
        ["mentor"] = new(Ids.Mentor, IsAdmin: false),
        ["mentee"] = new(Ids.Mentee, IsAdmin: false),
        ["waiting"] = new(Ids.Waiting, IsAdmin: false),
        ["stranger"] = new(Guid.NewGuid(), IsAdmin: false),
        ["admin"] = new(Guid.NewGuid(), IsAdmin: true),
        ["key"] = new(null, IsAdmin: true),
    };

    /// <summary>One hour, by default of a mentor and a mentee with a guest.</summary>
    private static MentoringSession Session(
        SessionState state = SessionState.Confirmed, int seats = 1, Action<MentoringSession>? more = null)
    {
        var session = new MentoringSession { MentorId = Ids.Mentor, State = state, StartUtc = Start, LengthMinutes = 60, Capacity = seats };
        session.Participants.AddRange(
        [
            new() { Role = ParticipantRole.Mentor, UserId = Ids.Mentor },
            new() { Role = ParticipantRole.Mentee, UserId = Ids.Mentee },
            new() { Role = ParticipantRole.Guest, OwnName = "A guest", InvitedBy = Ids.Mentee },
        ]);
        if (seats > 1)
            session.Participants.Add(new() { Role = ParticipantRole.Mentee, UserId = Ids.Waiting, WaitingSinceUtc = Start.AddDays(-1) });
        more?.Invoke(session);
        return session;
    }

    private static SessionRights Of(MentoringSession session, string who, int minutes = -60, SessionPolicy? policy = null) =>
        SessionRights.Of(session, Callers[who], Start.AddMinutes(minutes), policy ?? Policy);

    private static SessionOutcome Named(SessionRights rights, string right) =>
        (SessionOutcome)typeof(SessionRights).GetProperty(right)!.GetValue(rights)!;

    [Theory]
    // mentor, mentee, admin, stranger
    [InlineData("Cancel", SessionState.Confirmed, -60, "Done Done Done NotAllowed")]
    [InlineData("Cancel", SessionState.Requested, -60, "Done Done Done NotAllowed")]
    [InlineData("Cancel", SessionState.Confirmed, 59, "Done Done Done NotAllowed")]
    [InlineData("Cancel", SessionState.Confirmed, 60, "TooLate TooLate TooLate NotAllowed")]
    [InlineData("Cancel", SessionState.Cancelled, -60, "TooLate TooLate TooLate NotAllowed")]
    [InlineData("Move", SessionState.Confirmed, -1, "Done Done Done NotAllowed")]
    [InlineData("Move", SessionState.Requested, -1, "Done Done Done NotAllowed")]
    [InlineData("Move", SessionState.Confirmed, 0, "TooLate TooLate TooLate NotAllowed")]
    [InlineData("Approve", SessionState.Requested, -60, "Done NotAllowed Done NotAllowed")]
    [InlineData("Approve", SessionState.Confirmed, -60, "TooLate NotAllowed TooLate NotAllowed")]
    [InlineData("Decline", SessionState.Requested, -60, "Done NotAllowed Done NotAllowed")]
    [InlineData("Decline", SessionState.Confirmed, -60, "TooLate NotAllowed TooLate NotAllowed")]
    [InlineData("ChangeRoom", SessionState.Confirmed, 59, "Done NotAllowed Done NotAllowed")]
    [InlineData("ChangeRoom", SessionState.Confirmed, 60, "TooLate NotAllowed TooLate NotAllowed")]
    [InlineData("Invite", SessionState.Requested, -60, "Done Done Done NotAllowed")]
    [InlineData("Invite", SessionState.Confirmed, 60, "TooLate TooLate TooLate NotAllowed")]
    [InlineData("Extend", SessionState.Confirmed, 89, "Done NotAllowed Done NotAllowed")]
    [InlineData("Extend", SessionState.Confirmed, 90, "TooLate NotAllowed TooLate NotAllowed")]
    [InlineData("Extend", SessionState.Requested, 0, "TooLate NotAllowed TooLate NotAllowed")]
    [InlineData("SayLate", SessionState.Confirmed, -31, "TooEarly TooEarly NotAllowed NotAllowed")]
    [InlineData("SayLate", SessionState.Confirmed, -30, "Done Done NotAllowed NotAllowed")]
    [InlineData("SayLate", SessionState.Confirmed, 9, "Done Done NotAllowed NotAllowed")]
    [InlineData("SayLate", SessionState.Confirmed, 10, "TooLate TooLate NotAllowed NotAllowed")]
    [InlineData("SayLate", SessionState.Requested, -60, "TooLate TooLate NotAllowed NotAllowed")]
    [InlineData("RecordMissed", SessionState.Confirmed, 89, "Done Done NotAllowed NotAllowed")]
    [InlineData("RecordMissed", SessionState.Confirmed, 90, "TooLate TooLate NotAllowed NotAllowed")]
    [InlineData("RecordMissed", SessionState.Missed, 30, "TooLate TooLate NotAllowed NotAllowed")]
    [InlineData("GiveFeedback", SessionState.Confirmed, 100, "NotAllowed FeedbackNotYet NotAllowed NotAllowed")]
    [InlineData("GiveFeedback", SessionState.Completed, 100, "NotAllowed Done NotAllowed NotAllowed")]
    [InlineData("GiveFeedback", SessionState.Cancelled, 100, "NotAllowed FeedbackNever NotAllowed NotAllowed")]
    [InlineData("GiveFeedback", SessionState.Missed, 100, "NotAllowed FeedbackNever NotAllowed NotAllowed")]
    public void In_a_session_of_two(string right, SessionState state, int minutes, string expected)
    {
        var session = Session(state);
        string[] callers = ["mentor", "mentee", "admin", "stranger"];
        Assert.Equal(expected, string.Join(' ', callers.Select(who => Named(Of(session, who, minutes), right))));
    }

    [Theory]
    // mentor, mentee, waiting, admin
    [InlineData("Cancel", "Done Done Done Done")]
    [InlineData("Move", "Done NotAllowed NotAllowed Done")]
    [InlineData("Invite", "Done NotAllowed NotAllowed Done")]
    [InlineData("SayLate", "TooEarly TooEarly NotAllowed NotAllowed")]
    public void In_a_group_a_mentee_speaks_for_the_own_seat_alone(string right, string expected)
    {
        var group = Session(seats: 4);
        string[] callers = ["mentor", "mentee", "waiting", "admin"];
        Assert.Equal(expected, string.Join(' ', callers.Select(who => Named(Of(group, who), right))));
        Assert.Equal([false, true, true, false], callers.Select(who => Of(group, who).LeavesGroup));
    }

    [Theory]
    [InlineData("mentee", "mentor", "Done")]
    [InlineData("mentee", "admin", "Done")]
    [InlineData("mentee", "mentee", "NotAllowed")]
    [InlineData("mentor", "mentee", "Done")]
    [InlineData("mentor", "mentor", "NotAllowed")]
    [InlineData("mentor", "stranger", "NotAllowed")]
    [InlineData("key", "key", "NotAllowed")]
    [InlineData("key", "mentee", "Done")]
    public void A_proposed_time_is_answered_by_who_did_not_propose_it(string by, string who, string expected)
    {
        var session = Session(more: s => (s.ProposedStartUtc, s.ProposedBy) = (Start.AddDays(1), Callers[by].UserId));
        Assert.Equal(expected, Of(session, who).AnswerMove.ToString());
    }

    [Fact]
    public void Where_nothing_is_proposed_there_is_nothing_to_answer() =>
        Assert.Equal(SessionOutcome.TooLate, Of(Session(), "mentee").AnswerMove);

    [Fact]
    public void A_request_that_has_lapsed_can_be_declined_and_not_approved()
    {
        var lapsed = Of(Session(SessionState.Requested, more: s => s.ExpiresUtc = Start.AddMinutes(-60)), "mentor");
        Assert.Equal((SessionOutcome.TooLate, SessionOutcome.Done), (lapsed.Approve, lapsed.Decline));
        var open = Session(SessionState.Requested, more: s => s.ExpiresUtc = Start.AddMinutes(-59));
        Assert.Equal(SessionOutcome.Done, Of(open, "mentor").Approve);
    }

    [Theory]
    [InlineData(55, SessionOutcome.Done)]
    [InlineData(60, SessionOutcome.AtLimit)]
    public void Extensions_have_a_limit(int extended, SessionOutcome expected) =>
        Assert.Equal(expected, Of(Session(more: s => s.ExtendedMinutes = extended), "mentor").Extend);

    [Fact]
    public void Where_guests_are_off_nobody_invites() =>
        Assert.All(["mentor", "mentee", "admin"], who => Assert.Equal(
            SessionOutcome.NotAllowed, Of(Session(), who, policy: Policy with { Booking = new BookingOptions { Guests = false } }).Invite));

    [Theory]
    [InlineData(-16, false)]
    [InlineData(-15, true)]
    public void Its_people_see_each_other_come_from_the_opening_of_the_door_on(int minutes, bool opened) =>
        Assert.Equal(opened, Of(Session(), "mentee", minutes).HasOpened);

    [Theory]
    // Of the mentor, the mentee, the guest and nobody.
    [InlineData("mentor", "NotAllowed Done Done NoSuchSession")]
    [InlineData("key", "NotAllowed Done Done NoSuchSession")]
    [InlineData("mentee", "NotAllowed NotAllowed Done NotAllowed")]
    [InlineData("stranger", "NotAllowed NotAllowed NotAllowed NotAllowed")]
    public void Links_are_withdrawn_by_the_mentor_and_those_of_guests_by_the_mentee_who_asked_them(string who, string expected)
    {
        var session = Session();
        Assert.Equal(expected, string.Join(' ', session.Participants.Append(null).Select(Of(session, who).Withdraw)));
        Assert.Equal(SessionOutcome.TooLate, Of(session, "mentor", 60).Withdraw(session.Participants[1]));
        var mentors = Session(more: s => s.Participants[2].InvitedBy = Ids.Mentor);
        Assert.Equal(SessionOutcome.NotAllowed, Of(mentors, "mentee").Withdraw(mentors.Participants[2]));
        var group = Session(seats: 4);
        Assert.Equal(SessionOutcome.NotAllowed, Of(group, "mentee").Withdraw(group.Participants[2]));
    }

    [Fact]
    public void Links_are_renewed_by_the_mentor_while_there_is_a_seat()
    {
        var session = Session(seats: 2, more: s => s.Participants.Add(new() { Role = ParticipantRole.Mentee, UserId = Ids.Other }));
        var (mentor, mentee, waiting) = (session.Participants[0], session.Participants[1], session.Participants[3]);
        Assert.Equal(
            [SessionOutcome.Done, SessionOutcome.Done, SessionOutcome.TooLate, SessionOutcome.NoSuchSession],
            new[] { mentor, mentee, waiting, null }.Select(Of(session, "mentor").Renew));
        Assert.Equal(SessionOutcome.NotAllowed, Of(session, "mentee").Renew(mentee));
        Assert.Equal(SessionOutcome.TooLate, Of(session, "mentor", 60).Renew(mentee));

        mentee.WithdrawnUtc = Start.AddDays(-1);
        Assert.Equal(SessionOutcome.Done, Of(session, "mentor").Renew(mentee));
        waiting.WaitingSinceUtc = null;
        Assert.Equal(SessionOutcome.Full, Of(session, "mentor").Renew(mentee));
    }

    [Theory]
    [InlineData("withdrawn")]
    [InlineData("left")]
    public void Who_is_out_has_no_rights_left_and_sees_nothing(string how)
    {
        var session = Session(more: s =>
        {
            if (how == "left")
                s.Participants[1].LeftUtc = Start.AddDays(-1);
            else
                s.Participants[1].WithdrawnUtc = Start.AddDays(-1);
        });
        var rights = Of(session, "mentee", 0);
        Assert.All(
            typeof(SessionRights).GetProperties().Where(p => p.PropertyType == typeof(SessionOutcome)),
            p => Assert.Equal((p.Name, SessionOutcome.NotAllowed), (p.Name, (SessionOutcome)p.GetValue(rights)!)));
        Assert.False(SessionRights.MaySee(session, Callers["mentee"]));
        Assert.All(["mentor", "admin", "key"], who => Assert.True(SessionRights.MaySee(session, Callers[who])));
    }

    [Theory]
    [InlineData("Cancel", "Done"), InlineData("Move", "Done"), InlineData("Invite", "Done")]
    [InlineData("Approve", "NotAllowed"), InlineData("ChangeRoom", "NotAllowed"), InlineData("Extend", "NotAllowed")]
    [InlineData("SayLate", "NotAllowed"), InlineData("RecordMissed", "NotAllowed"), InlineData("GiveFeedback", "NotAllowed")]
    public void A_guardian_does_what_changes_the_childs_session_and_nothing_that_takes_being_there(string right, string expected)
    {
        var session = Session(more: s => s.Participants[1].User =
            new() { Id = Ids.Mentee, Guardians = [new() { GuardianId = Ids.Other }] });
        var rights = SessionRights.Of(session, new(Ids.Other, IsAdmin: false), Start.AddMinutes(-60), Policy);
        Assert.Equal(expected, $"{Named(rights, right)}");
        Assert.True(SessionRights.MaySee(session, new(Ids.Other, IsAdmin: false)));
        Assert.False(SessionRights.MaySee(session, Callers["stranger"]));
        // The guest whom the child invited, and none of the mentor's.
        Assert.Equal(SessionOutcome.Done, rights.Withdraw(session.Participants[2]));
        Assert.Equal(SessionOutcome.NotAllowed,
            rights.Withdraw(new() { Role = ParticipantRole.Observer, InvitedBy = Ids.Mentor }));
    }

    [Fact]
    public void A_mentee_who_was_missed_says_nothing_of_how_it_was()
    {
        var missed = Session(SessionState.Completed, more: s => s.Participants[1].MissedUtc = Start);
        Assert.Equal(SessionOutcome.FeedbackNever, Of(missed, "mentee", 100).GiveFeedback);
    }
}

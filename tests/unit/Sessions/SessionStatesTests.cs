using Portal.Sessions;

namespace Tests.Sessions;

public sealed class SessionStatesTests
{
    private static readonly HashSet<(SessionState, SessionState)> Allowed =
    [
        (SessionState.Requested, SessionState.Confirmed), (SessionState.Requested, SessionState.Declined),
        (SessionState.Requested, SessionState.Expired), (SessionState.Requested, SessionState.Cancelled),
        (SessionState.Confirmed, SessionState.Cancelled), (SessionState.Confirmed, SessionState.Completed),
        (SessionState.Confirmed, SessionState.Missed),
    ];

    [Fact]
    public void Of_all_pairs_of_states_seven_are_changes_that_exist()
    {
        var states = Enum.GetValues<SessionState>();
        var found = from a in states from b in states where a.CanBecome(b) select (a, b);
        Assert.Equal(Allowed, found.ToHashSet());
    }

    [Fact]
    public void A_session_that_ended_in_any_way_changes_no_more()
    {
        var ended = Enum.GetValues<SessionState>().Where(s => !s.HoldsItsTime()).ToList();
        Assert.Equal(5, ended.Count);
        Assert.All(ended, s => Assert.DoesNotContain(Enum.GetValues<SessionState>(), to => s.CanBecome(to)));
    }
}

using Portal.Sessions;
using Portal.Sessions.Booking;

namespace Tests.Sessions;

/// <summary>What may stand in requests, at the edges.</summary>
public sealed class SessionRulesTests
{
    private static string Long(int length) => new('x', length);

    [Fact]
    public void Texts_fit_up_to_their_last_character()
    {
        (string Rule, Func<string?, string?> Check, int Max)[] rules =
        [
            ("topic", t => SessionRules.Topic(t), SessionRules.MaxTopic), ("note", SessionRules.Note, SessionRules.MaxNote),
            ("cancel", SessionRules.CancelReason, SessionRules.MaxReason), ("decline", SessionRules.DeclineReason, SessionRules.MaxReason),
            ("comment", SessionRules.Comment, SessionRules.MaxComment),
        ];
        Assert.All(rules, r => Assert.Equal((r.Rule, true, false),
            (r.Rule, r.Check(Long(r.Max)) is null, r.Check(Long(r.Max + 1)) is null)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \n\t")]
    [InlineData("\0")]
    public void What_says_nothing_is_missing_where_something_must_be_said(string? text)
    {
        Assert.NotNull(SessionRules.Topic(text));
        Assert.NotNull(SessionRules.CancelReason(text));
        Assert.All(
            [SessionRules.Topic(text, isOptional: true), SessionRules.Note(text), SessionRules.DeclineReason(text),
            SessionRules.Comment(text)],
            Assert.Null);
    }

    [Fact]
    public void A_line_break_counts_as_a_browser_counts_it()
    {
        var lines = string.Join("\r\n", Enumerable.Repeat("x", 250));
        Assert.True(lines.Length > SessionRules.MaxReason);
        Assert.Null(SessionRules.CancelReason(lines));
        Assert.NotNull(SessionRules.CancelReason(lines + "xx"));
    }

    [Fact]
    public void Numbers_are_in_their_steps()
    {
        Assert.Equal([15, 240], new[] { 10, 14, 15, 17, 240, 245, -15 }.Where(m => SessionRules.InstantMinutes(m) is null));
        Assert.Equal([5, 30], new int?[] { null, 0, 5, 7, 30, 35 }.Where(m => SessionRules.Extension(m) is null));
        Assert.Equal([5, 10, 15], new int?[] { null, 0, 5, 10, 12, 15, 20 }.Where(m => SessionRules.LateMinutes(m) is null));
        Assert.Equal([1, 5], new int?[] { null, 0, 1, 5, 6 }.Where(r => SessionRules.Rating(r) is null));
        (int Weeks, int Count)[] series = [(0, 4), (1, 1), (1, 2), (2, 26), (2, 27), (3, 4)];
        Assert.Equal([(1, 2), (2, 26)], series.Where(s => SessionRules.Series(s.Weeks, s.Count) is null));
    }

    [Fact]
    public void Guests_come_as_many_as_the_installation_lets_in()
    {
        var (some, none) = (new BookingOptions { MaxGuests = 2 }, new BookingOptions { Guests = false });
        Assert.Equal([0, 2], new[] { 0, 2, 3 }.Where(n => SessionRules.Guests(n, some) is null));
        Assert.Equal([0], new[] { 0, 1 }.Where(n => SessionRules.Guests(n, none) is null));
    }

    [Theory]
    [InlineData("", "", false, "")]
    [InlineData(" ", null, true, "G.Email G.Name")]
    [InlineData("guest@people.example", "", true, "G.Name")]
    [InlineData("no address", "Huda", false, "G.Email")]
    [InlineData(" guest@people.example ", " Huda ", true, "")]
    public void A_guest_may_come_without_an_address_where_a_link_is_passed_on(string? email, string? name, bool needsBoth, string wrong) =>
        Assert.Equal(wrong, string.Join(' ', Invitation.Of(email, name, ParticipantRole.Guest).Check(needsBoth, "G.")
            .Select(p => p.Field)));
}

using Portal.Joining;
using Portal.Sessions.Booking;
using Portal.Sessions.Changes;
using Tests.Support;

namespace Tests.Sessions;

/// <summary>Each outcome has one status and one sentence, for pages and the API.</summary>
public sealed class OutcomeTests
{
    public static TheoryData<string> Cultures => ["en", "ar"];

    [Theory, MemberData(nameof(Cultures))]
    public void Each_refusal_has_a_status_and_words(string culture)
    {
        using var _ = new Language(culture);
        var changes = Enum.GetValues<SessionOutcome>().Except([SessionOutcome.Done]).Select(o => ($"{o}", o.Status(), o.Text()));
        var bookings = Enum.GetValues<BookingOutcome>().Except([BookingOutcome.Booked, BookingOutcome.Waiting])
            .Select(o => ($"{o}", o.Status(), o.Text()));
        var rows = changes.Concat(bookings);
        Assert.All(rows, row =>
        {
            Assert.InRange(row.Item2, 400, 499);
            Assert.True(row.Item3.Length > 0, row.Item1);
        });
    }

    [Fact]
    public void What_is_done_is_no_refusal()
    {
        Assert.Equal((204, "", true), (SessionOutcome.Done.Status(), SessionOutcome.Done.Text(), SessionOutcome.Done.IsAllowed()));
        Assert.All(Enum.GetValues<SessionOutcome>().Skip(1), o => Assert.False(o.IsAllowed()));
        Assert.Equal((201, "", 201), (BookingOutcome.Booked.Status(), BookingOutcome.Booked.Text(), BookingOutcome.Waiting.Status()));
    }

    [Theory]
    [InlineData(SessionOutcome.NoSuchSession, 404)]
    [InlineData(SessionOutcome.NotAllowed, 403)]
    [InlineData(SessionOutcome.TooLate, 410)]
    [InlineData(SessionOutcome.ChangedMeanwhile, 409)]
    [InlineData(SessionOutcome.Taken, 409)]
    [InlineData(SessionOutcome.NotOffered, 422)]
    [InlineData(SessionOutcome.TooMany, 422)]
    [InlineData(SessionOutcome.AtLimit, 409)]
    [InlineData(SessionOutcome.FeedbackNever, 409)]
    public void Programs_can_rely_on_the_statuses(SessionOutcome outcome, int status) => Assert.Equal(status, outcome.Status());

    [Theory]
    [InlineData(BookingOutcome.Taken, 409)]
    [InlineData(BookingOutcome.DatesTaken, 409)]
    [InlineData(BookingOutcome.Full, 409)]
    [InlineData(BookingOutcome.Overlaps, 409)]
    [InlineData(BookingOutcome.NotOffered, 422)]
    [InlineData(BookingOutcome.WithOneself, 422)]
    [InlineData(BookingOutcome.NoSuchKind, 422)]
    [InlineData(BookingOutcome.NoSuchMentor, 404)]
    public void Programs_that_book_can_as_well(BookingOutcome outcome, int status) => Assert.Equal(status, outcome.Status());

    [Fact]
    public void A_refused_extension_says_until_when_it_can_go_on()
    {
        using var _ = new Language("en");
        var end = new DateTimeOffset(2026, 12, 1, 10, 0, 0, TimeSpan.Zero);
        Assert.Contains("10:20", new ExtendResult(SessionOutcome.Taken, end, end.AddMinutes(20), 60).Text("10:20"));
        Assert.DoesNotContain("10:00", new ExtendResult(SessionOutcome.Taken, end, end, 60).Text("10:00"));
        var limit = new ExtendResult(SessionOutcome.AtLimit, end, end.AddMinutes(5), 60).Text("10:05");
        Assert.Contains("1 hour", limit);
        Assert.Contains("10:05", limit);
    }
}

using System.Net;
using Microsoft.Extensions.Options;
using Portal.People.Accounts;
using Portal.People.SignIn;
using Tests.Support;

namespace Tests.People;

public sealed class GuessLimitsTests
{
    private const string Name = "NOUR@PEOPLE.EXAMPLE";

    private readonly TestClock _clock = new();
    private readonly GuessLimits _limits;

    public GuessLimitsTests() => _limits = new(_clock);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(4, 0)]
    [InlineData(5, 1)]
    [InlineData(6, 2)]
    [InlineData(7, 4)]
    [InlineData(10, 32)]
    [InlineData(11, 60)]
    [InlineData(1_000_000, 60)]
    public void The_wait_grows(int failures, int minutes) =>
        Assert.Equal(TimeSpan.FromMinutes(minutes), GuessRules.WaitAfter(failures, 5));

    [Fact]
    public void Two_hundred_addresses_on_one_account_are_stopped_and_its_own_browser_is_not()
    {
        var tried = Enumerable.Range(0, 200).Count(i => TryFrom(Name, $"198.51.100.{i}"));
        Assert.Equal(GuessRules.FreeForAccount, tried);
        Assert.True(WaitOf(Name, new("203.0.113.9")) > TimeSpan.Zero);
        Assert.Equal(TimeSpan.Zero, WaitOf(Name, new("203.0.113.9", "owner's browser")));
        // Over a whole day they come no further than some two tries an hour.
        for (var hour = 0; hour < 24; hour++)
        {
            _clock.Advance(TimeSpan.FromHours(1));
            tried += Enumerable.Range(0, 200).Count(i => TryFrom(Name, $"198.51.100.{i}"));
        }
        Assert.InRange(tried, GuessRules.FreeForAccount, GuessRules.FreeForAccount + 60);
    }

    [Fact]
    public void A_network_that_the_account_was_signed_in_from_is_not_closed_by_others()
    {
        _limits.Succeeded(Name, new("203.0.113.9"));
        foreach (var i in Enumerable.Range(0, 200))
            TryFrom(Name, $"198.51.100.{i}");
        Assert.Equal(TimeSpan.Zero, WaitOf(Name, new("203.0.113.9")));
    }

    [Fact]
    public void One_address_on_ten_thousand_accounts_is_stopped()
    {
        var tried = Enumerable.Range(0, 10_000).Count(i => TryFrom($"P{i}@PEOPLE.EXAMPLE", "198.51.100.1"));
        Assert.Equal(GuessRules.FreeFromNetwork, tried);
        Assert.Equal(TimeSpan.Zero, WaitOf("P1@PEOPLE.EXAMPLE", new("198.51.100.2")));
    }

    [Fact]
    public void However_many_are_counted_the_memory_is_bounded()
    {
        for (var i = 0; i < GuessLimits.MaxCounts + 5_000; i++)
            _limits.Failed(_limits.ForSignIn($"P{i}@PEOPLE.EXAMPLE", new($"net{i}")));
        var held = (System.Collections.ICollection)typeof(GuessLimits).GetField("_counts",
            System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance)!.GetValue(_limits)!;
        Assert.InRange(held.Count, 1, GuessLimits.MaxCounts);
    }

    [Fact]
    public void Whoever_is_asked_again_and_whoever_is_at_the_code_share_nothing_with_strangers()
    {
        var user = Guid.NewGuid();
        for (var i = 0; i < 20; i++)
            TryFrom(Name, "198.51.100.1");
        Assert.Equal(TimeSpan.Zero, _limits.Wait(GuessLimits.ForAskingAgain(user, Guid.NewGuid())));
        Assert.Equal(TimeSpan.Zero, _limits.Wait(GuessLimits.ForCodes(user, new("198.51.100.1"))));
    }

    [Theory]
    [InlineData("192.0.2.77", "192.0.2.77", "192.0.2.0/24")]
    [InlineData("::ffff:192.0.2.77", "192.0.2.77", "192.0.2.0/24")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64", "2001:db8:1::/48")]
    [InlineData("fe80::1%3", "fe80::/64", "fe80::/48")]
    [InlineData(null, "unknown", "unknown")]
    public void A_network_is_what_one_subscriber_has(string? address, string network, string coarse)
    {
        var parsed = address is null ? null : IPAddress.Parse(address);
        Assert.Equal((network, coarse), (ClientNetwork.Of(parsed), ClientNetwork.Coarse(parsed)));
    }

    [Fact]
    public void Mails_that_anybody_may_ask_for_are_bounded_by_address_by_network_and_all_together()
    {
        var asked = new AskLimits(Options.Create(new AccountOptions { AnonymousMailsPerHour = 200 }), _clock);
        Assert.Equal(AskLimits.PerAddress, Enumerable.Range(0, 20).Count(i => asked.MayAsk("A", $"net{i}")));
        Assert.Equal(20, Enumerable.Range(0, 100).Count(i => asked.MayAsk($"B{i}", "one")));
        Assert.Equal(200 - AskLimits.PerAddress - 20, Enumerable.Range(0, 500).Count(i => asked.MayAsk($"C{i}", $"far{i}")));
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.True(asked.MayAsk("A", "one"));
    }

    private bool TryFrom(string name, string network)
    {
        var counts = _limits.ForSignIn(name, new(network));
        if (_limits.Wait(counts) > TimeSpan.Zero)
            return false;
        _limits.Failed(counts);
        return true;
    }

    private TimeSpan WaitOf(string name, GuessSource from) => _limits.Wait(_limits.ForSignIn(name, from));
}

using Plugins.Jitsi;
using Tests.Support;

namespace Tests.Plugins.Jitsi;

public class RoomNameTests
{
    private static readonly string Default = new JitsiOptions().RoomPattern;

    [Fact]
    public void The_default_name_holds_session_version_and_something_nobody_can_guess()
    {
        var name = RoomName.Make(Default, Meetings.Request());

        Assert.Matches("^itcom-session-[0-9a-f]{32}-3-[a-z2-7]{12}$", name);
        Assert.Contains(Meetings.SessionId.ToString("n"), name);
        Assert.Equal(1000, Enumerable.Range(0, 1000).Select(_ => RoomName.Make(Default, Meetings.Request())).Distinct().Count());
    }

    [Theory]
    [InlineData("{mentor}-{session}", "maha-nassar-0199d2f06a5c7c3e9b7e2f6d8a1b4c5d")]
    [InlineData("{sessionId}", "0199d2f06a5c7c3e9b7e2f6d8a1b4c5d")] // as the help called it before
    [InlineData("{mentee}-{date}-v{version}", "talb-alahmd-20261201-v3")]
    [InlineData("Talk--{version}-", "talk-3")]
    [InlineData("static", "room-static")]
    public void A_pattern_becomes_a_name(string pattern, string name) => Assert.Equal(name, RoomName.Make(pattern, Meetings.Request()));

    [Theory]
    [InlineData("Zoë O'Brien-Ünal", "zoe-o-brien-unal")]
    [InlineData("مُحَمَّد", "mhmd")]
    [InlineData("李雷", "")]
    [InlineData("👩‍🏫", "")]
    [InlineData("\uD800", "")]
    [InlineData("---", "")]
    [InlineData("../../etc/passwd?x#y", "etc-passwd-x-y")]
    [InlineData("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrst")]
    public void A_persons_name_becomes_plain_letters_or_nothing(string name, string slug) => Assert.Equal(slug, Latin.Slug(name, 20));

    [Theory]
    [InlineData("{mentor}")]
    [InlineData("{mentor}-{mentee}-{date}-{version}-{random}")]
    [InlineData("-{mentee}-")]
    public void Whatever_people_are_called_the_name_is_legal(string pattern)
    {
        foreach (var person in new[] { "", "李雷", "static", "-", "ﷺ", new string('x', 10_000), "a b\0c\r\n", "%2e%2e", "\uD83D" })
        {
            var name = RoomName.Make(pattern, Meetings.Request() with
            {
                MentorName = person,
                MenteeName = person,
                RoomVersion = int.MaxValue
            });

            Assert.True(RoomName.IsValid(name), name);
            Assert.True(name.Length <= RoomName.MaxCharacters);
        }
    }

    [Theory]
    [InlineData("Room")]
    [InlineData("a/b")]
    [InlineData("a?b")]
    [InlineData("")]
    [InlineData("static")]
    [InlineData("a\n")]
    public void A_handle_that_is_no_room_name_is_not_followed(string name) => Assert.False(RoomName.IsValid(name));
}

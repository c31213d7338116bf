using System.Text.Json.Nodes;
using Providers;
using Tests.Support;

namespace Tests.Plugins.Zoom;

public sealed class ZoomJoinTests : IDisposable
{
    private static readonly Guid Maha = Guid.Parse("0199d2f0-0000-7000-8000-0000000000b1");
    private static readonly Guid Omar = Guid.Parse("1199d2f0-0000-7000-8000-0000000000b2");

    private readonly ZoomBench bench = new();

    private FakeZoom Zoom => bench.Zoom;

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task A_mentor_has_a_new_link_of_the_hosts_at_every_click()
    {
        var handle = await bench.CreateAsync();

        var first = await bench.JoinAsync(handle, ParticipantRole.Mentor);
        var second = await bench.JoinAsync(handle, ParticipantRole.Mentor);

        Assert.StartsWith($"https://us05web.zoom.us/s/{handle.Key}?zak=", first.AbsoluteUri);
        Assert.NotEqual(first, second);
    }

    [Theory]
    [InlineData(ParticipantRole.Mentee)]
    [InlineData(ParticipantRole.Observer)]
    [InlineData(ParticipantRole.Guest)]
    public async Task Others_have_the_meetings_link_and_Zoom_is_not_asked(ParticipantRole role)
    {
        var handle = await bench.CreateAsync();
        var before = Zoom.Requests.Count;

        var link = await bench.JoinAsync(handle, role);

        Assert.Equal($"https://us05web.zoom.us/j/{handle.Key}?pwd=abc.1", link.AbsoluteUri);
        Assert.Equal(before, Zoom.Requests.Count);
    }

    [Fact]
    public async Task With_personal_links_everyone_has_an_own_one_and_Zoom_learns_no_address()
    {
        bench.Options.PersonalLinks = true;
        var handle = await bench.CreateAsync();

        var maha = await bench.JoinAsync(handle, ParticipantRole.Mentee, Maha);
        var omar = await bench.JoinAsync(handle, ParticipantRole.Observer, Omar);
        var again = await bench.JoinAsync(handle, ParticipantRole.Mentee, Maha);

        Assert.Equal($"https://us05web.zoom.us/w/{handle.Key}?tk=0199d2f0", maha.AbsoluteUri);
        Assert.NotEqual(maha, omar);
        Assert.Equal(maha, again);
        var sent = Zoom.Sent("POST", "/registrants").Select(r => JsonNode.Parse(r.Body)!).ToList();
        Assert.Equal([ZoomBench.AddressOf(Maha), ZoomBench.AddressOf(Omar)], sent.Select(r => (string)r["email"]!));
        Assert.Equal("Maha Nassar", (string)sent[0]["first_name"]!);
        Assert.Equal(0, (int)JsonNode.Parse(Zoom.Sent("POST", "/users").Single().Body)!["settings"]!["approval_type"]!);
    }

    [Fact]
    public async Task A_person_who_was_registered_too_often_today_is_found_in_the_list()
    {
        bench.Options.PersonalLinks = true;
        Zoom.PageSize = 1;
        var handle = await bench.CreateAsync();
        await bench.JoinAsync(handle, ParticipantRole.Mentee, Omar);
        for (var i = 0; i < 3; i++)
            Assert.Contains("tk=", (await JoinAfterRestartAsync(handle)).Query);

        Assert.Equal("?tk=0199d2f0", (await JoinAfterRestartAsync(handle)).Query);
        Assert.NotEmpty(Zoom.Sent("GET", "/registrants"));
    }

    [Theory]
    [InlineData(400, 200)]
    [InlineData(400, 300)]
    [InlineData(403, 3001)]
    [InlineData(503, 0)]
    public async Task A_person_whom_Zoom_does_not_register_has_the_meetings_link(int status, int code)
    {
        bench.Options.PersonalLinks = true;
        var handle = await bench.CreateAsync();
        Zoom.Refuse("POST", "/registrants", status, code);

        Assert.Equal($"/j/{handle.Key}", (await bench.JoinAsync(handle, ParticipantRole.Mentee, Maha)).AbsolutePath);
    }

    [Fact]
    public async Task A_Zoom_that_is_too_slow_to_register_anyone_keeps_nobody_out()
    {
        bench.Options.PersonalLinks = true;
        var handle = await bench.CreateAsync();
        Zoom.Once("POST", "/registrants", async http =>
        {
            await Task.Delay(TimeSpan.FromSeconds(20), http.RequestAborted).ContinueWith(_ => { });
            return true;
        });

        Assert.Equal($"/j/{handle.Key}", (await bench.JoinAsync(handle, ParticipantRole.Mentee, Maha)).AbsolutePath);
    }

    [Fact]
    public async Task A_meeting_that_is_gone_leads_nobody_anywhere_with_personal_links()
    {
        bench.Options.PersonalLinks = true;
        var handle = await bench.CreateAsync();
        Zoom.Meetings.Clear();

        var failure = await Assert.ThrowsAsync<ProviderException>(() => bench.JoinAsync(handle, ParticipantRole.Mentee, Maha));

        Assert.Equal(ProviderFailure.NotFound, failure.Failure);
    }

    [Fact]
    public async Task Meetings_made_before_personal_links_were_switched_on_keep_their_link()
    {
        var handle = await bench.CreateAsync();
        bench.Options.PersonalLinks = true;

        await bench.JoinAsync(handle, ParticipantRole.Mentee, Maha);

        Assert.Empty(Zoom.Sent("POST", "/registrants"));
    }

    private async Task<Uri> JoinAfterRestartAsync(MeetingHandle handle)
    {
        var join = Meetings.Join(handle);
        join = join with { Participant = join.Participant with { Id = Maha } };
        return Assert.IsType<RedirectTarget>(await bench.NewProvider().GetJoinAsync(join, default)).Url;
    }
}

using System.Text.Json;
using Tests.Support;

namespace Tests.Pages.Meeting;

/// <summary>The table of what can happen in the meeting's page, as the page's own module has it.</summary>
public sealed class RoomStateTests
{
    [NeedsNodeTheory]
    [InlineData("joining joined alone company alone lost rebuilt joined hungUp", "left", "a lesson with a lost line")]
    [InlineData("joining hungUp", "left", "went back from the tool's first page")]
    [InlineData("joining joined removed hungUp", "removed", "the tool's own dialog closes later")]
    [InlineData("joining joined ended hungUp", "ended", "ended for all, then closed")]
    [InlineData("joining joined lost hungUp rebuilt joined", "joined", "a frame that reloads itself is no leave")]
    [InlineData("joining silent rebuilt silent rebuilt silent spent", "failed", "nothing was ever heard")]
    [InlineData("joining silent rebuilt joined", "joined", "heard at the second try")]
    [InlineData("joining unloadable", "failed", "the module did not come")]
    [InlineData("joining joined lost spent", "failed", "the line stays away")]
    [InlineData("joining full", "full", "a full room")]
    [InlineData("joining refused", "refused", "the server says no")]
    [InlineData("joining joined elsewhere lost joined", "elsewhere", "another tab has it")]
    [InlineData("joining joined moved hungUp lost", "moved", "led to the new room")]
    [InlineData("joining joined lost moved", "moved", "changed while the line was away")]
    [InlineData("joining silent spent moved", "moved", "failed, and then another room was chosen")]
    [InlineData("joining joined hungUp joined company lost removed ended moved", "left", "what comes late changes nothing")]
    [InlineData("joining company alone", "joining", "others in the room before we are")]
    [InlineData("joining joined app hungUp lost moved", "app", "on in the tool's own app")]
    [InlineData("joining silent spent app", "app", "where the page cannot, the app may")]
    [InlineData("joining joined joined", "joined", "told again after each breakout room")]
    public void What_happens_leads_to(string events, string end, string why)
    {
        var state = Run($"'{events}'.split(' ').reduce(next)").GetString();
        Assert.True(state == end, $"{why}: {state}");
    }

    [NeedsNodeFact]
    public void Every_state_is_reached_and_each_has_its_sentence()
    {
        var reached = Run("[...new Set(['joining', ...Object.values(TABLE).flatMap(row => Object.values(row))])].sort()");
        var states = Run("Object.keys(TABLE).sort()");
        Assert.Equal(states.GetRawText(), reached.GetRawText());
        var page = File.ReadAllText(Path.Combine(Repository.Root, "Portal", "Pages", "Meeting", "Index.cshtml"));
        Assert.All(states.EnumerateArray().Where(s => s.GetString() is not "joined"), s => Assert.Contains($"data-{s.GetString()}=", page));
    }

    [NeedsNodeFact]
    public void Camera_and_microphone_stay_on_in_three_states_alone_and_no_leave_is_said_by_who_goes_on_elsewhere()
    {
        Assert.Equal("""["alone","joined","joining"]""", Run("Object.keys(TABLE).filter(hasRoom).sort()").GetRawText());
        Assert.Equal("""["ended","failed","full","left","refused","removed"]""", Run("Object.keys(TABLE).filter(isLeave).sort()").GetRawText());
        Assert.Equal("""["alone","failed","full","joined","joining","reconnecting","refused"]""",
            Run("Object.keys(TABLE).filter(isWatching).sort()").GetRawText());
    }

    [NeedsNodeFact]
    public void Tries_become_rarer_and_end()
    {
        Assert.Equal("[2,5,10,20,30,null]", Run("[0, 1, 2, 3, 4, 5].map(n => wait(n, true))").GetRawText());
        Assert.Equal("[2,5,null]", Run("[0, 1, 2].map(n => wait(n, false))").GetRawText());
    }

    private static JsonElement Run(string expression)
    {
        var module = File.ReadAllText(Path.Combine(Repository.Root, "Portal", "wwwroot", "js", "room-states.js"));
        return JsonSerializer.Deserialize<JsonElement>(
            Tool.Run("node", ["--input-type=module", "-e", $"{module}\nconsole.log(JSON.stringify({expression}));"]));
    }
}

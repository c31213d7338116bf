using System.ComponentModel;
using System.Reflection;
using System.Resources;
using Plugins.Zoom;
using Tests.Support;

namespace Tests.Plugins.Zoom;

public class ZoomOptionsTests
{
    private static ZoomOptions Good => new() { AccountId = "a", ClientId = "c", ClientSecret = "s", HostUser = "host@school.example" };

    public static TheoryData<string, string, Action<ZoomOptions>> Bad => new()
    {
        { "AccountId", "Not set up", o => o.AccountId = o.ClientId = o.ClientSecret = "" },
        { "AccountId", "AccountId", o => o.AccountId = "" },
        { "ClientId", "ClientId", o => o.ClientId = "" },
        { "ClientSecret", "ClientSecret", o => o.ClientSecret = "" },
        { "HostUser", "Nobody hosts", o => o.HostUser = "" },
        { "HostUser", "me", o => o.HostUser = "me" },
        { "JoinBeforeHost", "WaitingRoom", o => o.JoinBeforeHost = true },
        { "ApiUrl", "https://", o => o.ApiUrl = "http://api.zoom.us/v2" },
        { "ApiUrl", "https://", o => o.ApiUrl = "https://user@api.zoom.us/v2" },
        { "ApiUrl", "https://", o => o.ApiUrl = "https://api.zoom.us/v2?x=" },
        { "TokenUrl", "https://", o => o.TokenUrl = "zoom.us/oauth/token" },
        { "TokenUrl", "https://", o => o.TokenUrl = "file:///etc/passwd" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void What_is_wrong_is_said_of_its_setting_in_both_languages(string setting, string says, Action<ZoomOptions> change)
    {
        var options = Good;
        change(options);
        foreach (var language in new[] { "en", "ar" })
            using (new Language(language))
            {
                var problem = Assert.Single(options.Validate(new(options)));
                Assert.Equal(setting, Assert.Single(problem.MemberNames));
                Assert.Matches(language == "ar" ? @"\p{IsArabic}" : says, problem.ErrorMessage!);
            }
    }

    [Fact]
    public void Good_settings_are_good_and_a_Zoom_on_this_machine_may_speak_in_the_clear()
    {
        Assert.Empty(Good.Validate(new(Good)));
        var mentors = Good;
        (mentors.HostUser, mentors.MentorsAreHosts) = ("", true);
        Assert.Empty(mentors.Validate(new(mentors)));
        var local = Good;
        local.ApiUrl = local.TokenUrl = "http://127.0.0.1:8080/v2";
        Assert.Empty(local.Validate(new(local)));
    }

    [Fact]
    public void Every_setting_has_a_label_and_a_group()
    {
        var texts = new ResourceManager("Plugins.Zoom.Texts", typeof(ZoomOptions).Assembly);
        Assert.All(typeof(ZoomOptions).GetProperties(), p =>
        {
            Assert.NotNull(texts.GetString("Option" + p.Name));
            Assert.NotNull(texts.GetString("Group" + p.GetCustomAttribute<CategoryAttribute>()!.Category));
        });
        Assert.All(Enum.GetNames<ZoomRecording>(), v => Assert.NotNull(texts.GetString(nameof(ZoomRecording) + v)));
    }
}

using Plugins.Manual;
using Tests.Providers;

namespace Tests.Plugins.Manual;

public class ManualConformance : ProviderConformance<ManualProvider, ManualOptions>
{
    protected override string MentorUrl => "https://zoom.us/j/1234567890?pwd=abc";
}

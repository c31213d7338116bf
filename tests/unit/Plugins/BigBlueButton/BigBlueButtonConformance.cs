using System.Net;
using Plugins.BigBlueButton;
using Tests.Providers;

namespace Tests.Plugins.BigBlueButton;

public class BigBlueButtonConformance : ProviderConformance<BigBlueButtonProvider, BigBlueButtonOptions>
{
    protected override BigBlueButtonOptions Options => BigBlueButtonBench.Options();

    protected override HttpMessageHandler Network => new Answer(HttpStatusCode.OK,
        "<response><returncode>SUCCESS</returncode><createTime>1</createTime></response>");
}

using Plugins.Jitsi;
using Tests.Providers;

namespace Tests.Plugins.Jitsi;

public class PublicJitsiConformance : ProviderConformance<JitsiProvider, JitsiOptions>;

public class SelfHostedJitsiConformance : ProviderConformance<JitsiProvider, JitsiOptions>
{
    protected override JitsiOptions Options => JitsiBench.SelfHosted();
}

public class JaasConformance : ProviderConformance<JitsiProvider, JitsiOptions>
{
    protected override JitsiOptions Options => JitsiBench.Jaas();
}

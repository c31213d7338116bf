using Plugins.Simulator;
using Tests.Providers;

namespace Tests.Plugins.Simulator;

public class SimulatorConformance : ProviderConformance<SimulatorProvider, SimulatorOptions>;

using Plugins.Place;
using Tests.Providers;

namespace Tests.Plugins.Place;

public class PhoneConformance : ProviderConformance<PlaceProvider, PlaceOptions>
{
    protected override string MentorPlace => "+20 100 123 4567";
}

public class AddressConformance : ProviderConformance<PlaceProvider, PlaceOptions>
{
    protected override string MentorPlace => "شارع طلعت حرب 12، القاهرة";
}

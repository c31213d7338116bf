using Providers;

namespace Plugins.Place;

/// <summary>Sessions on the phone or in person: a number or an address that the mentor brings along, and nothing to open.</summary>
public sealed class PlaceProvider(ProviderContext<PlaceOptions> context) : IMeetingProvider, ISupportsMentorPlace
{
    private const string Phone = "phone:";
    private const string Address = "address:";

    private readonly PlaceOptions options = context.Options;

    public ProviderDescriptor Descriptor => new("place", [])
    {
        NeedsMentorPlace = true,
        KnownLimits = [Texts.LimitCannotClose],
    };

    public MentorPlaceCheck CheckPlace(string? text)
    {
        var (place, refusal) = PlaceText.Check(text, options);
        return new(place?.Text, refusal);
    }

    public ValueTask<MeetingHandle> CreateMeetingAsync(MeetingRequest request, CancellationToken cancellationToken)
    {
        var (place, refusal) = PlaceText.Check(request.MentorPlace, options);
        return place is null
            ? throw new ProviderException(ProviderFailure.Rejected, refusal!)
            : ValueTask.FromResult(new MeetingHandle((place.Kind == MeetingPlaceKind.Phone ? Phone : Address) + place.Text)
            {
                Place = place,
            });
    }

    public ValueTask<JoinTarget> GetJoinAsync(JoinRequest request, CancellationToken cancellationToken) =>
        ValueTask.FromResult<JoinTarget>(new PlaceTarget(request.Handle.Value switch
        {
            var handle when handle.StartsWith(Phone, StringComparison.Ordinal) => new(MeetingPlaceKind.Phone, handle[Phone.Length..]),
            var handle when handle.StartsWith(Address, StringComparison.Ordinal) => new(MeetingPlaceKind.Address, handle[Address.Length..]),
            _ => throw new ProviderException(ProviderFailure.NotFound, Texts.HandleInvalid),
        }));

    public ValueTask<ProviderCheck> CheckAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(new ProviderCheck(true, Texts.CheckGood));
}

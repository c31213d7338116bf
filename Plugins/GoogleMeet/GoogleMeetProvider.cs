using Plugins.Shared;
using Providers;

namespace Plugins.GoogleMeet;

/// <summary>Google Meet: an event with a call in the calendar of an organizer or of the mentor.</summary>
public sealed class GoogleMeetProvider
    : IMeetingProvider, ISupportsUpdate, ISupportsLookup, ISupportsDialIn, ISupportsAttendance, ISupportsMentorAccount
{
    private readonly GoogleMeetOptions options;
    private readonly GoogleTokens tokens;
    private readonly GoogleApi api;
    private readonly MeetEvents events;
    private readonly MeetCheck check;

    public GoogleMeetProvider(ProviderContext<GoogleMeetOptions> context)
    {
        options = context.Options;
        var wire = new GoogleWire(context.Http, context.Clock);
        tokens = new GoogleTokens(options, wire, context.Clock);
        api = new GoogleApi(options, wire, tokens, context.Clock);
        events = new MeetEvents(options, api, context.Clock, context.Logger);
        check = new MeetCheck(options, wire, tokens, api);
    }

    private bool HasConsents => options.SignIn == GoogleSignIn.MentorAccounts;

    public ProviderDescriptor Descriptor => new("google-meet", [GoogleAddresses.JoinHost])
    {
        CreatesRemotely = true,
        NeedsMentorAccount = HasConsents,
        KnownLimits = [.. KnownLimits()],
    };

    public async ValueTask<MeetingHandle> CreateMeetingAsync(MeetingRequest request, CancellationToken cancellationToken) =>
        await events.CreateAsync(CallerFor(request), request, cancellationToken);

    public async ValueTask<MeetingHandle> UpdateMeetingAsync(
        MeetingHandle handle, MeetingRequest request, CancellationToken cancellationToken)
    {
        await events.UpdateAsync(CallerOf(handle), MeetHandle.Read(handle), request, cancellationToken);
        return handle;
    }

    public ValueTask<JoinTarget> GetJoinAsync(JoinRequest request, CancellationToken cancellationToken) =>
        ValueTask.FromResult<JoinTarget>(new RedirectTarget(MeetHandle.Read(request.Handle).Link));

    public async ValueTask EndMeetingAsync(MeetingHandle handle, CancellationToken cancellationToken) =>
        await events.EndAsync(CallerOf(handle), MeetHandle.Read(handle), cancellationToken);

    public async ValueTask<bool> ExistsAsync(MeetingHandle handle, CancellationToken cancellationToken) =>
        await events.FindAsync(CallerOf(handle), MeetHandle.Read(handle), cancellationToken) is { } found
        && MeetEvent.Code(found) is not null;

    public async ValueTask<DialIn?> GetDialInAsync(MeetingHandle handle, CancellationToken cancellationToken) =>
        await events.FindAsync(CallerOf(handle), MeetHandle.Read(handle), cancellationToken) is { } found ? MeetEvent.DialIn(found) : null;

    public async ValueTask<IReadOnlyList<MeetingSign>?> ReadAttendanceAsync(MeetingHandle handle, CancellationToken cancellationToken) =>
        options.ReadAttendance
            ? await new MeetAttendance(api, CallerOf(handle)).ReadAsync(MeetHandle.Read(handle).Code, cancellationToken)
            // Nothing will ever be there; null would be asked for again.
            : [];

    public Uri? GetConsentUrl(string state, Uri returnUrl) => HasConsents ? tokens.ConsentUrl(state, returnUrl) : null;

    public async ValueTask<MentorAccount> ConnectAsync(string code, Uri returnUrl, CancellationToken cancellationToken)
    {
        var answer = await api.GuardAsync(() => tokens.RedeemAsync(code, returnUrl, cancellationToken), null, cancellationToken);
        var granted = (answer.Scope ?? "").Split(' ');
        var missing = GoogleScopes.Of(options).Except(granted).ToList();
        if (missing.Count > 0)
            throw new ProviderException(
                ProviderFailure.Unauthorized, GoogleErrors.Say(Texts.ErrorConsentScope, GoogleErrors.List(missing)));
        if (answer.RefreshToken is not { Length: > 0 } consent)
            throw new ProviderException(ProviderFailure.Rejected, Texts.ErrorNoRefreshToken);
        var person = await api.SendAsync(new("", consent), HttpMethod.Get, GoogleAddresses.UserInfo, null, cancellationToken);
        return new(consent, person.Json.Text("email") ?? "Google");
    }

    public async ValueTask DisconnectAsync(string secret, CancellationToken cancellationToken)
    {
        try
        {
            await api.GuardAsync(async () =>
            {
                await tokens.RevokeAsync(secret, cancellationToken);
                return true;
            }, null, cancellationToken);
        }
        catch (ProviderException e) when (e.Failure is ProviderFailure.Unauthorized)
        {
            // Gone already.
        }
    }

    public async ValueTask<ProviderCheck> CheckAsync(CancellationToken cancellationToken) => await check.RunAsync(cancellationToken);

    private GoogleCaller CallerFor(MeetingRequest request)
    {
        if (HasConsents)
            return Consented(request.MentorAccount);
        var user = options.Organizer is not "" ? options.Organizer : request.MentorEmail;
        return new(user ?? throw new ProviderException(ProviderFailure.Rejected, Texts.ErrorNoMentorEmail), null);
    }

    // Meetings of a service account stay where they are when the organizer of new ones is another.
    private GoogleCaller CallerOf(MeetingHandle handle) =>
        MeetHandle.Read(handle).Organizer is { Length: > 0 } user ? new(user, null) : Consented(handle.MentorAccount);

    private static GoogleCaller Consented(string? consent) =>
        new("", consent ?? throw new ProviderException(ProviderFailure.Unauthorized, Texts.ErrorConsent));

    private IEnumerable<string> KnownLimits()
    {
        yield return Texts.LimitKnock;
        if (!options.EndCalls)
            yield return Texts.LimitCallsGoOn;
        if (options.ReadAttendance)
            yield return Texts.LimitAttendance;
        if (HasConsents)
            yield return Texts.LimitTesting;
    }
}

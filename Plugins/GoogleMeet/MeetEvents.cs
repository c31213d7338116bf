using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Plugins.Shared;
using Providers;

namespace Plugins.GoogleMeet;

/// <summary>Events in a calendar, each with its call. Whatever is asked twice is done once.</summary>
internal sealed class MeetEvents(GoogleMeetOptions options, GoogleApi api, TimeProvider clock, ILogger log)
{
    // Without the version, a write drops the call; without the other, Google writes to guests by itself.
    private const string Write = "?conferenceDataVersion=1&sendUpdates=none";
    private const int MaxPolls = 4;
    private static readonly TimeSpan BetweenPolls = TimeSpan.FromSeconds(2);

    public async Task<MeetingHandle> CreateAsync(GoogleCaller caller, MeetingRequest request, CancellationToken cancellationToken)
    {
        var id = MeetEvent.IdOf(request);
        var body = MeetEvent.Whole(request, Guest(caller, request)).WithCall(id);
        var url = GoogleAddresses.Events(options.Calendar);
        var answer = await api.SendAsync(
            caller, HttpMethod.Post, url + Write, body, cancellationToken, HttpStatusCode.Conflict, HttpStatusCode.NotFound);
        if (answer.Status == HttpStatusCode.NotFound)
            throw new ProviderException(ProviderFailure.NotConfigured, Texts.ErrorCalendar);
        var made = answer.Status == HttpStatusCode.Conflict
            ? await TakeOverAsync(caller, $"{url}/{id}", request, cancellationToken)
            : answer.Json;
        for (var poll = 0; MeetEvent.Code(made) is null; poll++)
        {
            if (MeetEvent.HasFailed(made))
                throw new ProviderException(ProviderFailure.Rejected, Texts.ErrorNoCall);
            if (poll == MaxPolls)
                throw new ProviderException(ProviderFailure.Unavailable, Texts.ErrorPending) { RetryAfter = TimeSpan.FromSeconds(15) };
            await Task.Delay(BetweenPolls, clock, cancellationToken);
            made = (await api.SendAsync(caller, HttpMethod.Get, $"{url}/{id}", null, cancellationToken)).Json;
        }
        return new MeetHandle(id, options.Calendar, caller.User, MeetEvent.Code(made)!).ToHandle();
    }

    public async Task UpdateAsync(GoogleCaller caller, MeetHandle handle, MeetingRequest request, CancellationToken cancellationToken)
    {
        var url = GoogleAddresses.Event(handle) + Write;
        var answer = await api.SendAsync(caller, HttpMethod.Patch, url, MeetEvent.Times(request), cancellationToken);
        if (MeetEvent.IsCancelled(answer.Json) || MeetEvent.Code(answer.Json) != handle.Code)
            throw new ProviderException(ProviderFailure.NotFound, Texts.ErrorGone);
    }

    public async Task EndAsync(GoogleCaller caller, MeetHandle handle, CancellationToken cancellationToken)
    {
        if (options.EndCalls)
            await EndCallAsync(caller, handle.Code, cancellationToken);
        await api.SendAsync(caller, HttpMethod.Delete, $"{GoogleAddresses.Event(handle)}?sendUpdates=none", null, cancellationToken,
            HttpStatusCode.NotFound, HttpStatusCode.Gone);
    }

    /// <summary>Null when the event is gone.</summary>
    public async Task<JsonElement?> FindAsync(GoogleCaller caller, MeetHandle handle, CancellationToken cancellationToken)
    {
        var answer = await api.SendAsync(caller, HttpMethod.Get, GoogleAddresses.Event(handle), null, cancellationToken,
            HttpStatusCode.NotFound, HttpStatusCode.Gone);
        return answer.IsGone || MeetEvent.IsCancelled(answer.Json) ? null : answer.Json;
    }

    /// <summary>An earlier try made the event; perhaps for another time, or somebody deleted it, or its call failed.</summary>
    private async Task<JsonElement> TakeOverAsync(
        GoogleCaller caller, string url, MeetingRequest request, CancellationToken cancellationToken)
    {
        var found = (await api.SendAsync(caller, HttpMethod.Get, url, null, cancellationToken)).Json;
        if (MeetEvent.Fits(found, request))
            return found;
        var body = MeetEvent.Whole(request, Guest(caller, request));
        body.Remove("id");
        if (MeetEvent.Code(found) is null)
            body.WithCall($"{MeetEvent.IdOf(request)}-{clock.GetUtcNow().ToUnixTimeSeconds()}");
        return (await api.SendAsync(caller, HttpMethod.Patch, url + Write, body, cancellationToken)).Json;
    }

    // Google may refuse it for calls that came with an event; the session is over for the portal all the same.
    private async Task EndCallAsync(GoogleCaller caller, string code, CancellationToken cancellationToken)
    {
        HttpStatusCode[] fine = [HttpStatusCode.BadRequest, HttpStatusCode.Forbidden, HttpStatusCode.NotFound];
        var space = await api.SendAsync(caller, HttpMethod.Get, $"{GoogleAddresses.Meet}/spaces/{code}", null, cancellationToken, fine);
        LogRefusal(space);
        if (space.Json.Text("name") is not { } name || !name.StartsWith("spaces/", StringComparison.Ordinal))
            return;
        var url = $"{GoogleAddresses.Meet}/spaces/{Uri.EscapeDataString(name["spaces/".Length..])}:endActiveConference";
        LogRefusal(await api.SendAsync(caller, HttpMethod.Post, url, new JsonObject(), cancellationToken, fine));
    }

    private void LogRefusal(GoogleAnswer answer)
    {
        if (answer.Status == HttpStatusCode.Forbidden)
            log.LogInformation("Google Meet did not let a call be ended");
    }

    private string? Guest(GoogleCaller caller, MeetingRequest request) =>
        options.InviteMentor && request.MentorEmail is { } mentor
        && !mentor.Equals(caller.User, StringComparison.OrdinalIgnoreCase) && caller.Consent is null
            ? mentor
            : null;
}

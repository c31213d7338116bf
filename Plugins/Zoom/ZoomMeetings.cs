using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Plugins.Shared;
using Providers;

namespace Plugins.Zoom;

/// <summary>Makes, changes and ends meetings at Zoom.</summary>
internal sealed class ZoomMeetings(ZoomApi api, ProviderContext<ZoomOptions> context)
{
    private const int MaxTopic = 200;
    private const int PasscodeLength = 10;
    private const string PasscodeCharacters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(10);

    private readonly ZoomOptions options = context.Options;

    /// <summary>
    /// Zoom knows no key of ours: the meeting is looked for before it is made, and again when it is unclear whether it was.
    /// </summary>
    public async Task<ZoomHandle> CreateAsync(MeetingRequest request, CancellationToken cancellationToken)
    {
        var host = Host(request);
        try
        {
            return await CreateForAsync(host, request, cancellationToken);
        }
        catch (ProviderException e)
            when (ZoomErrors.IsNoUserHere(e) && host != options.HostUser && options.HostUser is not "")
        {
            return await CreateForAsync(options.HostUser, request, cancellationToken);
        }
    }

    /// <summary>A running meeting cannot be changed, and need not: it goes on past its planned end.</summary>
    public async Task<ZoomHandle> UpdateAsync(ZoomHandle handle, MeetingRequest request, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(HttpMethod.Patch, $"/meetings/{handle.Id}", Body(request), cancellationToken);
        if (answer is { IsSuccess: false, Error.Code: 3000 or 3002 } && (await GetAsync(handle.Id, cancellationToken)).IsRunning)
            context.Logger.LogInformation("A running Zoom meeting keeps the time and the topic that it has");
        else
            answer.Require();
        return handle with { Ends = request.Start + request.Length };
    }

    public async Task EndAsync(ZoomHandle handle, CancellationToken cancellationToken)
    {
        var look = await api.SendAsync(HttpMethod.Get, $"/meetings/{handle.Id}", null, cancellationToken);
        if (look.IsGone)
            return;
        // Whoever may not look may still be allowed to delete.
        if (look.IsSuccess && look.Read<ZoomMeeting>().IsRunning)
            await StopAsync(handle, cancellationToken);
        var answer = await DeleteAsync(handle, cancellationToken);
        if (answer.Error.Code == 3002)
        {
            await StopAsync(handle, cancellationToken);
            answer = await DeleteAsync(handle, cancellationToken);
        }
        if (!answer.IsGone)
            answer.Require();
    }

    public async Task<bool> ExistsAsync(ZoomHandle handle, CancellationToken cancellationToken)
    {
        var answer = await api.SendAsync(HttpMethod.Get, $"/meetings/{handle.Id}", null, cancellationToken);
        if (answer.IsGone)
            return false;
        answer.Require();
        return true;
    }

    public Task<ZoomMeeting> GetAsync(long id, CancellationToken cancellationToken) =>
        api.GetAsync<ZoomMeeting>($"/meetings/{id}", cancellationToken);

    private async Task<ZoomHandle> CreateForAsync(string host, MeetingRequest request, CancellationToken cancellationToken)
    {
        if (await FindAsync(host, request, cancellationToken) is { } earlier)
            return await AdoptAsync(earlier, request, cancellationToken);
        try
        {
            var answer = await SendAsync(HttpMethod.Post, MeetingsOf(host), NewBody(request), cancellationToken);
            return ZoomHandle.Of(answer.Read<ZoomMeeting>(), request.Start + request.Length);
        }
        catch (ProviderException e) when (e.Failure == ProviderFailure.Unavailable)
        {
            if (await FindAsync(host, request, cancellationToken) is not { } made)
                throw;
            return await AdoptAsync(made, request, cancellationToken);
        }
    }

    private async Task<ZoomMeeting?> FindAsync(string host, MeetingRequest request, CancellationToken cancellationToken)
    {
        // One that is about to begin, or has begun, is none of the upcoming ones for long.
        var kind = request.Start > context.Clock.GetUtcNow() + Soon ? "upcoming" : "scheduled";
        var path = $"{MeetingsOf(host)}?type={kind}&page_size=300";
        await foreach (var page in api.PagesAsync(path, cancellationToken))
            if (page.Meetings?.FirstOrDefault(m => IsOf(m, request)) is { } found)
                return found;
        return null;
    }

    // As a whole word: the key of version 3 is the beginning of that of version 31.
    private static bool IsOf(ZoomMeeting meeting, MeetingRequest request) =>
        meeting.Agenda?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Contains(request.IdempotencyKey) == true;

    // The session may have been moved between the tries.
    private async Task<ZoomHandle> AdoptAsync(ZoomMeeting found, MeetingRequest request, CancellationToken cancellationToken)
    {
        var handle = ZoomHandle.Of(await GetAsync(found.Id, cancellationToken), request.Start + request.Length);
        return await UpdateAsync(handle, request, cancellationToken);
    }

    // Zoom knows fewer time zones than the portal; the time itself is in UTC.
    private async Task<ZoomAnswer> SendAsync(HttpMethod method, string path, ZoomMeetingBody body, CancellationToken cancellationToken)
    {
        var answer = await api.SendAsync(method, path, body, cancellationToken);
        return answer is { IsSuccess: false, Error: { Code: 300, Message: { } words } }
            && words.Contains("timezone", StringComparison.OrdinalIgnoreCase)
                ? await api.SendAsync(method, path, body with { Timezone = null }, cancellationToken)
                : answer;
    }

    private async Task StopAsync(ZoomHandle handle, CancellationToken cancellationToken)
    {
        var answer = await api.SendAsync(
            HttpMethod.Put, $"/meetings/{handle.Id}/status", new ZoomStatusBody("end"), cancellationToken);
        // It may have ended in the meantime.
        if (!answer.IsGone && answer.Error.Code != 3007)
            answer.Require();
    }

    private Task<ZoomAnswer> DeleteAsync(ZoomHandle handle, CancellationToken cancellationToken) =>
        // The portal tells people itself.
        api.SendAsync(HttpMethod.Delete, $"/meetings/{handle.Id}?schedule_for_reminder=false&cancel_meeting_reminder=false", null,
            cancellationToken);

    private string Host(MeetingRequest request) => options.MentorsAreHosts && request.MentorEmail is { Length: > 0 } mentor ? mentor
        : options.HostUser is { Length: > 0 } user ? user
        : throw new ProviderException(ProviderFailure.Rejected, Texts.ErrorNoMentorEmail);

    private static string MeetingsOf(string host) => $"/users/{Uri.EscapeDataString(host)}/meetings";

    private ZoomMeetingBody Body(MeetingRequest request) => new()
    {
        Topic = Line.Of(request.Title, MaxTopic, Texts.TopicEmpty),
        StartTime = ZoomJson.Time(request.Start),
        Duration = Math.Max(1, (int)Math.Ceiling(request.Length.TotalMinutes)),
        Timezone = request.TimeZone,
        Agenda = $"{context.PublicUrl.Host} {request.IdempotencyKey}",
    };

    private ZoomMeetingBody NewBody(MeetingRequest request) => Body(request) with
    {
        Type = 2,
        Password = options.RandomPasscode ? RandomNumberGenerator.GetString(PasscodeCharacters, PasscodeLength) : null,
        Settings = new()
        {
            WaitingRoom = options.WaitingRoom,
            JoinBeforeHost = options.JoinBeforeHost,
            MuteUponEntry = options.MuteOnEntry,
            UsePmi = false,
            // 0: whoever registers is let in; 2: nobody has to.
            ApprovalType = options.PersonalLinks ? 0 : 2,
            AutoRecording = options.Recording switch
            {
                ZoomRecording.Local => "local",
                ZoomRecording.Cloud => "cloud",
                _ => "none",
            },
            RegistrantsEmailNotification = false,
        },
    };
}

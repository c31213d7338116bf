using Providers;

namespace Plugins.Zoom;

/// <summary>Who was there, from Zoom's records of past meetings.</summary>
internal sealed class ZoomAttendance(ZoomApi api, ZoomRegistrants registrants, TimeProvider clock)
{
    // Until then the session may have overrun, and Zoom may still be writing its records.
    private static readonly TimeSpan Patience = TimeSpan.FromHours(3);

    public async Task<IReadOnlyList<MeetingSign>?> ReadAsync(ZoomHandle handle, CancellationToken cancellationToken)
    {
        // The records of a first run are not all while another goes on.
        if (await IsRunningAsync(handle, cancellationToken))
            return null;
        if (handle.Registers)
            await LearnAsync(handle, cancellationToken);
        var signs = new List<MeetingSign>();
        var found = false;
        foreach (var run in await RunsAsync(handle, cancellationToken))
            if (await ReadAsync(handle, run, cancellationToken) is { } some)
            {
                found = true;
                signs.AddRange(some);
            }
        return found || clock.GetUtcNow() >= handle.Ends + Patience ? signs : null;
    }

    // One that was deleted runs no more, and whoever may not look at it may still read its records.
    private async Task<bool> IsRunningAsync(ZoomHandle handle, CancellationToken cancellationToken)
    {
        var look = await api.SendAsync(HttpMethod.Get, $"/meetings/{handle.Id}", null, cancellationToken);
        if (look.Status is 429 or >= 500)
            look.Require();
        return look.IsSuccess && look.Read<ZoomMeeting>().IsRunning;
    }

    // The registrants of a meeting that was deleted are gone; who came is still worth knowing.
    private async Task LearnAsync(ZoomHandle handle, CancellationToken cancellationToken)
    {
        try
        {
            await registrants.LearnAsync(handle, cancellationToken);
        }
        catch (ProviderException e) when (e.Failure is ProviderFailure.NotFound or ProviderFailure.Rejected)
        {
        }
    }

    /// <summary>A meeting that all have left and some came back to has run twice; by its number, Zoom tells the last run.</summary>
    private async Task<IEnumerable<string>> RunsAsync(ZoomHandle handle, CancellationToken cancellationToken)
    {
        var last = await api.SendAsync(HttpMethod.Get, $"/past_meetings/{handle.Id}", null, cancellationToken);
        var runs = new[] { handle.Uuid, last.IsSuccess ? last.Read<ZoomMeeting>().Uuid : null };
        return runs.OfType<string>().Where(r => r is not "").Distinct();
    }

    private async Task<List<MeetingSign>?> ReadAsync(ZoomHandle handle, string run, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(handle, run, $"/past_meetings/{Escape(run)}/participants?page_size=300", cancellationToken);
        }
        catch (ProviderException e) when (e.Failure is ProviderFailure.Rejected or ProviderFailure.Unauthorized)
        {
            // Another permission, another plan.
            return await ReadAsync(handle, run, $"/report/meetings/{Escape(run)}/participants?page_size=300&include_fields=registrant_id",
                cancellationToken);
        }
    }

    private async Task<List<MeetingSign>?> ReadAsync(ZoomHandle handle, string run, string path, CancellationToken cancellationToken)
    {
        var signs = new List<MeetingSign>();
        try
        {
            await foreach (var page in api.PagesAsync(path, cancellationToken))
                foreach (var participant in page.Participants ?? [])
                    signs.AddRange(Of(handle, run, participant));
            return signs;
        }
        catch (ProviderException e) when (e.Failure == ProviderFailure.NotFound)
        {
            return null;
        }
    }

    private IEnumerable<MeetingSign> Of(ZoomHandle handle, string run, ZoomParticipant participant)
    {
        var person = registrants.PersonOf(participant.RegistrantId, participant.UserEmail);
        var email = ZoomSigns.Proven(participant.Id, participant.UserEmail, person);
        foreach (var (kind, text) in new[]
            { (MeetingSignKind.Joined, participant.JoinTime), (MeetingSignKind.Left, participant.LeaveTime) })
            if (ZoomJson.Time(text) is { } at)
                yield return ZoomSigns.Make(kind, handle.Key, run, participant.UserId, at) with { Participant = person, Email = email };
    }

    // Zoom takes a slash of its own apart once more.
    private static string Escape(string run)
    {
        var once = Uri.EscapeDataString(run);
        return run.StartsWith('/') || run.Contains("//", StringComparison.Ordinal) ? Uri.EscapeDataString(once) : once;
    }
}

using System.Globalization;
using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Portal.Calendar;
using Portal.Data;
using Portal.Jobs;
using Portal.Pages.Admin.Mail;
using Portal.Pages.Shared;
using Portal.People;
using Portal.ProviderHost;
using Portal.Security;
using Portal.Sessions;
using Portal.Sessions.Rooms;
using Portal.Sessions.Trouble;

namespace Portal.Pages.Admin;

/// <summary>What needs attention, then mail, tools, sessions and jobs at a glance. Only what was looked at is called good.</summary>
[Authorize(Roles = Roles.Admin)]
public sealed class IndexModel(
    PortalDbContext db, MeetingProviders providers, JobOverview jobs, BusyCalendars calendars, HttpsWatch https, TroubleDesk desk,
    TimeProvider clock) : PageModel
{
    private const int MaxTroubles = 100;

    /// <summary>What was looked at longer ago says nothing about now.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(1);

    public MailCounts Mail { get; private set; } = null!;

    /// <summary>Confirmed sessions of the next 24 hours.</summary>
    public int SessionsAhead { get; private set; }
    public DateTimeOffset? NextSession { get; private set; }
    public int SessionsWithoutMeeting { get; private set; }
    public IReadOnlyList<PluginStatus> Plugins { get; private set; } = [];
    public IReadOnlyList<JobState> Jobs { get; private set; } = [];
    public int ClockMoves { get; private set; }

    /// <summary>People who said that something does not work, and wait for an answer.</summary>
    public int Reports { get; private set; }

    /// <summary>Mentors whose own calendar could not be read in full, and why.</summary>
    public IReadOnlyList<(string Mentor, string Problem)> Calendars { get; private set; } = [];

    /// <summary>Sessions of the next day that people could not meet in, by what stands in the way.</summary>
    public IReadOnlyList<TroubleGroup> Troubles { get; private set; } = [];
    public string TimeZone { get; private set; } = "";

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>When the sessions of the next day, and the tools they use, were last looked at.</summary>
    public DateTimeOffset? LookedAt => Jobs.FirstOrDefault(j => j.Job.Key.Equals(PreflightJob.Key))?.Last?.At;

    public bool HasLooked => LookedAt > Now - Fresh;

    public IReadOnlyList<JobState> BadJobs => [.. Jobs.Where(j => j.Health is JobHealth.Failing or JobHealth.Overdue)];

    public bool JobsRun => Jobs.Any(j => j.Health is not JobHealth.Unscheduled);

    public IReadOnlyList<PluginStatus> BadPlugins => [.. Plugins.Where(p => p.IsBad)];

    /// <summary>Tools that did not answer, or were not ready, for a session of the next day.</summary>
    public IReadOnlyList<string> BadProviders => [.. Troubles
        .Where(t => t.Kind is TroubleKind.ServerUnreachable or TroubleKind.ProviderNotReady)
        .Select(t => t.ProviderId).OfType<string>().Distinct()];

    /// <summary>The reverse proxy is not named.</summary>
    public bool LooksLikeHttp => https.SawHttp;

    public bool NothingToDo => !Mail.NeedAttention && !LooksLikeHttp
        && Reports + SessionsWithoutMeeting + Troubles.Count + ClockMoves + Calendars.Count + BadJobs.Count + BadPlugins.Count == 0;

    public string Moment(DateTimeOffset moment) =>
        SessionTime.Stamp(moment, TimeZone, CultureInfo.CurrentUICulture.TwoLetterISOLanguageName);

    public string ToolName(string? id) => id is null
        ? "" : providers.Find(id)?.NameIn(CultureInfo.CurrentUICulture.TwoLetterISOLanguageName) ?? id;

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        TimeZone = await db.TimeZoneOfAsync(User, cancellationToken);
        Mail = await MailCounts.ReadAsync(db, Now, cancellationToken);
        Jobs = await jobs.AllAsync(Now, cancellationToken);
        Plugins = [.. providers.All.OrderBy(p => p.Id, StringComparer.Ordinal)];
        await ReadSessionsAsync(cancellationToken);
        Reports = await desk.CountOpenAsync(cancellationToken);
        var month = Now.AddDays(-30);
        ClockMoves = await db.ClockRuleChanges.CountAsync(c => c.FoundUtc > month, cancellationToken);
    }

    private async Task ReadSessionsAsync(CancellationToken cancellationToken)
    {
        var (now, day) = (Now, Now + Preflight.Ahead);
        var ahead = db.Sessions.Where(s => s.State == SessionState.Confirmed && s.StartUtc > now && s.StartUtc <= day);
        SessionsAhead = await ahead.CountAsync(cancellationToken);
        NextSession = await ahead.MinAsync(s => (DateTimeOffset?)s.StartUtc, cancellationToken);
        SessionsWithoutMeeting = await db.MeetingLinks.CountAsync(l =>
            l.State != MeetingLinkState.Ready && l.Session.State == SessionState.Confirmed && l.Session.StartUtc > now
            && l.RoomVersion == l.Session.RoomVersion && l.Attempts > 0, cancellationToken);
        var open = await db.SessionTroubles.AsNoTracking()
            .Where(t => t.SolvedUtc == null && t.Session.State == SessionState.Confirmed && t.Session.StartUtc > now)
            .OrderBy(t => t.Session.StartUtc).Take(MaxTroubles)
            .Select(t => new TroubledSession(t.SessionId, t.Session.StartUtc, t.Session.Mentor.DisplayName, t.Kind, t.Detail,
                t.Session.Links.Where(l => l.RoomVersion == t.Session.RoomVersion)
                    .Select(l => l.ProviderAccount.ProviderId).FirstOrDefault()))
            .ToListAsync(cancellationToken);
        Calendars = [.. (await db.MentorProfiles.Where(m => m.BusyCalendarSecret != null && m.BusyCalendarProblem != null)
            .OrderBy(m => m.User.DisplayName).Select(m => new { m.User.DisplayName, m.BusyCalendarProblem }).Take(MaxTroubles)
            .ToListAsync(cancellationToken)).Select(m => (m.DisplayName, calendars.Say(m.BusyCalendarProblem)!))];
        Troubles = [.. open.GroupBy(t => (t.Kind, t.ProviderId)).Select(g => new TroubleGroup(g.Key.Kind, g.Key.ProviderId, [.. g]))];
    }
}

/// <param name="Detail">A technical sentence in English.</param>
public sealed record TroubledSession(Guid Id, DateTimeOffset StartUtc, string Mentor, TroubleKind Kind, string Detail, string? ProviderId);

public sealed record TroubleGroup(TroubleKind Kind, string? ProviderId, IReadOnlyList<TroubledSession> Sessions);

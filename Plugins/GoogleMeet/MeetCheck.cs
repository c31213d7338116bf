using System.Globalization;
using Google.Apis.Auth.OAuth2.Responses;
using Providers;

namespace Plugins.GoogleMeet;

/// <summary>"Test connection": signs in, and asks each of the two services for one thing.</summary>
internal sealed class MeetCheck(GoogleMeetOptions options, GoogleWire wire, GoogleTokens tokens, GoogleApi api)
{
    // Tokens are signed for a moment; Google takes minutes of difference, other services here do not.
    private static readonly TimeSpan MaxDifference = TimeSpan.FromSeconds(60);

    public async Task<ProviderCheck> RunAsync(CancellationToken cancellationToken)
    {
        var findings = new List<ProviderFinding>();
        try
        {
            if (options.SignIn == GoogleSignIn.MentorAccounts)
                findings.Add(await ClientAsync(cancellationToken));
            else
                await ServiceAccountAsync(findings, cancellationToken);
            findings.Add(ClockFinding());
        }
        catch (ProviderException e)
        {
            findings.Add(new(false, e.Message));
        }
        var problem = findings.FirstOrDefault(f => !f.Good);
        // No mentor's account was tried.
        var good = options.SignIn == GoogleSignIn.MentorAccounts ? Texts.CheckClient : Texts.CheckGood;
        return new(problem is null, problem?.Text ?? good) { Findings = findings };
    }

    private async Task ServiceAccountAsync(List<ProviderFinding> findings, CancellationToken cancellationToken)
    {
        var user = options.Organizer is not "" ? options.Organizer : options.TestAccount;
        if (!await TokenAsync(findings, user, cancellationToken))
            return;
        if (user is "")
        {
            findings.Add(new(false, Texts.CheckNobody));
            return;
        }
        findings.Add(new(true, GoogleErrors.Say(Texts.CheckScopes, GoogleErrors.List(GoogleScopes.Of(options)))));
        var caller = new GoogleCaller(user, null);
        var events = $"{GoogleAddresses.Events(options.Calendar)}?maxResults=1";
        findings.Add(await TryAsync(caller, events, Texts.CheckCalendar, Texts.ErrorCalendar, cancellationToken));
        if (options.ReadAttendance || options.EndCalls)
            findings.Add(await TryAsync(
                caller, $"{GoogleAddresses.Meet}/conferenceRecords?pageSize=1", Texts.CheckMeet, Texts.ErrorGone, cancellationToken));
    }

    private async Task<bool> TokenAsync(List<ProviderFinding> findings, string user, CancellationToken cancellationToken)
    {
        var caller = new GoogleCaller(user, null);
        try
        {
            await api.GuardAsync(() => tokens.GetAsync(caller, afresh: true, cancellationToken), caller, cancellationToken);
            findings.Add(new(true, Texts.CheckToken));
            return true;
        }
        catch (ProviderException e) when (e.Failure == ProviderFailure.Unauthorized && user is not "")
        {
            findings.Add(new(false, e.Message));
            var missing = await api.GuardAsync(() => tokens.MissingAsync(user, cancellationToken), caller, cancellationToken);
            // One that misses them all has another trouble, which was just said.
            if (missing.Count > 0 && missing.Count < GoogleScopes.Of(options).Count)
                findings.Add(new(false, GoogleErrors.Say(Texts.CheckMissingScopes, GoogleErrors.List(missing))));
            return false;
        }
    }

    private async Task<ProviderFinding> TryAsync(
        GoogleCaller caller, string url, string good, string gone, CancellationToken cancellationToken)
    {
        try
        {
            await api.SendAsync(caller, HttpMethod.Get, url, null, cancellationToken);
            return new(true, good);
        }
        catch (ProviderException e)
        {
            return new(false, e.Failure == ProviderFailure.NotFound ? gone : e.Message);
        }
    }

    // Nobody's consent is at hand here. To one that it never gave, Google says whether it knows the client that shows it.
    private Task<ProviderFinding> ClientAsync(CancellationToken cancellationToken) => api.GuardAsync(async () =>
    {
        try
        {
            await tokens.GetAsync(new("", "connection-test"), afresh: true, cancellationToken);
        }
        catch (TokenResponseException e) when (e.Error?.Error == "invalid_grant")
        {
            // As it should be.
        }
        return new ProviderFinding(true, Texts.CheckClient);
    }, null, cancellationToken);

    private ProviderFinding ClockFinding()
    {
        var seconds = Math.Round(Math.Abs(wire.ClockDifference.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return wire.ClockDifference.Duration() <= MaxDifference
            ? new(true, Texts.CheckClockGood)
            : new(false, GoogleErrors.Say(Texts.CheckClockWrong, seconds));
    }
}

using System.Globalization;
using System.Net;
using Plugins.Shared;
using Providers;

namespace Plugins.Teams;

/// <summary>"Test connection": signs in, reads what was consented to, and asks for a meeting that nobody has.</summary>
internal sealed class TeamsCheck(TeamsOptions options, GraphTokens tokens, GraphApi api, TeamsMeetings meetings)
{
    private static readonly TimeSpan MaxDifference = TimeSpan.FromSeconds(60);

    public async Task<ProviderCheck> RunAsync(CancellationToken cancellationToken)
    {
        var findings = new List<ProviderFinding>();
        try
        {
            await LookAsync(findings, cancellationToken);
        }
        catch (ProviderException e)
        {
            findings.Add(new(false, e.Message));
        }
        var problem = findings.FirstOrDefault(f => !f.Good);
        return new(problem is null, problem?.Text ?? Texts.CheckGood) { Findings = findings };
    }

    private async Task LookAsync(List<ProviderFinding> findings, CancellationToken cancellationToken)
    {
        var token = await api.GuardAsync(() => tokens.GetAsync(afresh: true, cancellationToken), cancellationToken);
        findings.Add(new(true, Texts.CheckToken));
        if (GraphTokens.Permissions(token) is { } held)
        {
            var missing = GraphErrors.Needed(options).Except(held).ToList();
            findings.Add(missing.Count == 0 ? new(true, Texts.CheckPermissions) : new(false, GraphErrors.Permission(missing)));
        }
        if (options.Asker is "")
        {
            findings.Add(new(false, Texts.CheckNobody));
            return;
        }
        var user = await meetings.IdOfAsync(options.Asker, cancellationToken);
        // An object's id was not looked up.
        if (!Guid.TryParse(options.Asker, out _))
            findings.Add(new(true, Texts.CheckUser));
        findings.Add(await PolicyAsync(user, cancellationToken));
        var seconds = Math.Round(Math.Abs(api.ClockDifference.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        findings.Add(api.ClockDifference.Duration() <= MaxDifference
            ? new(true, Texts.CheckClockGood)
            : new(false, GraphErrors.Say(Texts.CheckClockWrong, seconds)));
    }

    // Answered only to applications that have the policy; there is no such meeting.
    private async Task<ProviderFinding> PolicyAsync(string user, CancellationToken cancellationToken)
    {
        var nobodys = Uri.EscapeDataString("JoinWebUrl eq 'https://teams.microsoft.com/l/meetup-join/none'");
        var answer = await api.SendAsync(HttpMethod.Get, $"/users/{user}/onlineMeetings?$filter={nobodys}", null, cancellationToken,
            HttpStatusCode.NotFound, HttpStatusCode.BadRequest);
        // Of a user whom it does not know, it says "not found" by another code.
        return answer.Status == HttpStatusCode.OK || answer.Json.At("error")?.Text("code") == "NotFound"
            ? new(true, Texts.CheckPolicy)
            : new(false, Texts.ErrorUser);
    }
}

using Localization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.AuditTrail;
using Portal.Data;
using Portal.People;
using Portal.ProviderHost;

namespace Portal.Tools;

public sealed class ToolPolicyInput
{
    public Guid? Version { get; set; }

    /// <summary>Ids of the tools that mentors may choose.</summary>
    public List<string> Allowed { get; set => field = [.. (value ?? []).Where(id => id is not null)]; } = [];

    /// <summary>Empty for the first tool that is for everyone, or else works without anything of mentors'.</summary>
    public string? DefaultTool { get; set; }

    /// <summary>Empty for the first tool that is for everyone, or else the default tool.</summary>
    public string? StandIn { get; set; }
}

/// <summary>Which tools mentors may choose, which they have at first, and which takes over.</summary>
public sealed class ToolPolicies(
    PortalDbContext db, HostedTools tools, MeetingProviders providers, IOptions<PluginOptions> options, TimeProvider clock)
{
    public bool AllowedIsLocked => options.Value.AllowedTools.Length > 0;

    public bool DefaultIsLocked => options.Value.DefaultTool is not "";

    public bool StandInIsLocked => options.Value.StandIn is not "";

    /// <summary>As it holds now.</summary>
    public async Task<ToolPolicyInput> ReadAsync(CancellationToken cancellationToken)
    {
        var stored = await db.ToolPolicies.AsNoTracking().FirstOrDefaultAsync(cancellationToken);
        var now = ToolPolicy.Of(options.Value, stored);
        return new()
        {
            Version = stored?.Version,
            Allowed = [.. providers.All.Select(p => p.Id).Where(now.Allows)],
            DefaultTool = now.DefaultTool,
            StandIn = now.StandIn,
        };
    }

    public async Task<ToolAnswer> SaveAsync(Caller caller, ToolPolicyInput input, CancellationToken cancellationToken)
    {
        if (!caller.IsAdmin)
            return ToolOutcome.NotAllowed;
        var known = providers.All.Select(p => p.Id).ToList();
        var problems = Problems(input, known);
        if (problems.Count > 0)
            return new ToolAnswer(ToolOutcome.Invalid) { Problems = problems };
        var stored = await db.ToolPolicies.FirstOrDefaultAsync(cancellationToken);
        if (stored?.Version != input.Version)
            return ToolOutcome.Changed;
        var before = ToolPolicy.Of(options.Value, stored);
        if (stored is null)
            db.ToolPolicies.Add(stored = new());
        // All of them, those to come as well, unless one is left out.
        if (!AllowedIsLocked)
            stored.AllowedTools = known.All(input.Allowed.Contains) ? null : [.. known.Where(input.Allowed.Contains)];
        if (!DefaultIsLocked)
            stored.DefaultTool = input.DefaultTool ?? "";
        if (!StandInIsLocked)
            stored.StandIn = input.StandIn ?? "";
        (stored.Version, stored.ChangedUtc, stored.ChangedBy) = (Guid.NewGuid(), clock.GetUtcNow(), caller.UserId);
        Audit.Note(db, clock.GetUtcNow(), caller.UserId, "tool.policy", "tool-policy",
            Changed(before, ToolPolicy.Of(options.Value, stored)));
        if (!await db.TrySaveAsync(cancellationToken))
            return ToolOutcome.Changed;
        await tools.RefreshAsync(db, cancellationToken);
        return ToolOutcome.Done;
    }

    private List<FieldProblem> Problems(ToolPolicyInput input, List<string> known)
    {
        var problems = new List<FieldProblem>();
        if (!AllowedIsLocked && !input.Allowed.Intersect(known).Any())
            problems.Add(new(nameof(input.Allowed), ErrorText.ToolPolicyNone));
        var isAllowed = AllowedIsLocked ? (Func<string, bool>)tools.Policy.Allows : input.Allowed.Contains;
        if (!DefaultIsLocked && input.DefaultTool is { Length: > 0 } first && !(known.Contains(first) && isAllowed(first)))
            problems.Add(new(nameof(input.DefaultTool), ErrorText.ToolPolicyDefault));
        // One that mentors bring something to cannot take over without them, and one that is asked for a meeting first not at the click.
        if (!StandInIsLocked && input.StandIn is { Length: > 0 } standIn && !(known.Contains(standIn)
            && providers.NeedsNothingOfMentors(standIn) && providers.Describe(standIn) is not { CreatesRemotely: true }))
            problems.Add(new(nameof(input.StandIn), ErrorText.ToolPolicyStandIn));
        return problems;
    }

    private static string? Changed(ToolPolicy before, ToolPolicy after)
    {
        AuditChange[] all =
        [
            new("Allowed", Said(before.Allowed), Said(after.Allowed)), new("DefaultTool", before.DefaultTool, after.DefaultTool),
            new("StandIn", before.StandIn, after.StandIn),
        ];
        return new AuditChanges([.. all.Where(c => c.Before != c.After)]).Write();
    }

    private static string Said(IEnumerable<string>? tools) => tools is null ? "*" : string.Join(", ", tools);
}

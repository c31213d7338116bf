using Localization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.AuditTrail;
using Portal.Data;
using Portal.People;
using Portal.ProviderHost;
using Providers;

namespace Portal.Tools;

/// <summary>What came of saving, or of a test of the connection.</summary>
public sealed record ToolAnswer(ToolOutcome Outcome)
{
    /// <summary>By the options' names; "" for what concerns several.</summary>
    public IReadOnlyList<FieldProblem> Problems { get; init; } = [];

    /// <summary>The names of the settings that somebody else saved meanwhile.</summary>
    public IReadOnlyList<string> ChangedMeanwhile { get; init; } = [];

    public ProviderCheck? Check { get; init; }

    public static implicit operator ToolAnswer(ToolOutcome outcome) => new(outcome);
}

/// <summary>The settings of one account: saved, and tried out.</summary>
public sealed class ToolSettings(
    PortalDbContext db, HostedTools tools, MeetingProviders providers, SettingsVault vault, CheckBudget budget,
    IStringLocalizer<ErrorText> texts, TimeProvider clock)
{
    public static string SubjectOf(Guid account) => $"tool-account:{account}";

    public async Task<ToolAnswer> SaveAsync(
        Caller caller, ToolAccount tool, ToolSettingsInput input, CancellationToken cancellationToken)
    {
        if (!caller.IsAdmin)
            return ToolOutcome.NotAllowed;
        var account = await FindAsync(tool, cancellationToken);
        if (account is null || tools.Find(tool.ProviderId)?.Type is not { } type)
            return ToolOutcome.NotFound;
        if (account.Version != input.Version)
            return await ChangedAsync(account.Id, input.Version, cancellationToken);
        var stored = vault.Open(account);
        if (!stored.IsReadable && !input.Replace)
            return ToolOutcome.Unreadable;
        var (next, problems) = Merge(type, stored.Values, input);
        if (problems.Count > 0)
            return new ToolAnswer(ToolOutcome.Invalid) { Problems = problems };

        var changes = SettingChanges.Of(account.Version, type.Fields, stored.Values, next);
        account.Settings = next.Count == 0 ? null : vault.Close(account.Id, next);
        account.Version = Guid.NewGuid();
        (account.ChangedUtc, account.ChangedBy) = (clock.GetUtcNow(), caller.UserId);
        Audit.Note(db, clock.GetUtcNow(), caller.UserId, "tool.settings", SubjectOf(account.Id), changes.Write());
        if (!await db.TrySaveAsync(cancellationToken))
            return await ChangedAsync(account.Id, input.Version, cancellationToken);
        await tools.RefreshAsync(db, cancellationToken);
        return ToolOutcome.Done;
    }

    /// <summary>"Test connection", with what is typed over what is stored; nothing is saved.</summary>
    public async Task<ToolAnswer> CheckAsync(
        Caller caller, ToolAccount tool, ToolSettingsInput input, CancellationToken cancellationToken)
    {
        if (!caller.IsAdmin)
            return ToolOutcome.NotAllowed;
        var account = await FindAsync(tool, cancellationToken);
        if (account is null || tools.Find(tool.ProviderId)?.Type is not { } type)
            return ToolOutcome.NotFound;
        if (!budget.Take())
            return ToolOutcome.TooOften;
        var stored = vault.Open(account);
        if (!stored.IsReadable && !input.Replace)
            return ToolOutcome.Unreadable;
        var (next, problems) = Merge(type, stored.Values, input);
        if (problems.Count > 0)
            return new ToolAnswer(ToolOutcome.Invalid) { Problems = problems };
        db.ChangeTracker.Clear();
        try
        {
            return new ToolAnswer(ToolOutcome.Done) { Check = await providers.TryOutAsync(type, next, cancellationToken) };
        }
        catch (ProviderException e)
        {
            return new ToolAnswer(ToolOutcome.Done) { Check = new(false, e.Message) };
        }
    }

    private Task<ProviderAccount?> FindAsync(ToolAccount tool, CancellationToken cancellationToken) =>
        db.ProviderAccounts.FirstOrDefaultAsync(a => a.Id == tool.AccountId && a.ProviderId == tool.ProviderId, cancellationToken);

    /// <summary>What is stored with what was typed over it, and what is wrong with that.</summary>
    private (Dictionary<string, string> Next, IReadOnlyList<FieldProblem> Problems) Merge(
        ProviderType type, IReadOnlyDictionary<string, string> stored, ToolSettingsInput input)
    {
        var next = new Dictionary<string, string>(stored);
        var problems = input.Values.Keys.Where(name => !type.Fields.Any(f => Is(f, name)))
            .Select(name => new FieldProblem(name, ErrorText.ToolNoSuchSetting)).ToList();
        var defaults = Activator.CreateInstance(type.Options)!;
        foreach (var field in type.Fields)
        {
            if (field.IsSecret && input.Remove.Exists(name => Is(field, name)))
                next.Remove(field.Name);
            if (input.Values.FirstOrDefault(v => Is(field, v.Key)) is not { Key: not null } typed)
                continue;
            var text = SettingText.Tidy(typed.Value);
            if (PluginSettings.IsLocked(tools.Configuration, type.PluginId, field.Name))
                problems.Add(new(field.Name, ErrorText.ToolSettingLocked));
            else if (field.IsSecret && text is "")
                continue;
            // What is as it comes is not stored: it follows the plugin, should that change its mind.
            else if (text == SettingText.Write(field.Property.GetValue(defaults)))
                next.Remove(field.Name);
            else
                next[field.Name] = text;
        }
        var (_, wrong) = PluginSettings.Bind(type.Options, type.PluginId, tools.Configuration, next);
        problems.AddRange(wrong.Select(p => Said(type, p)));
        return (next, problems);
    }

    /// <summary>Programs write names as JSON does.</summary>
    private static bool Is(SettingField field, string name) => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    private FieldProblem Said(ProviderType type, SettingProblem problem)
    {
        var field = type.Fields.FirstOrDefault(f => f.Name == problem.Property);
        // A plugin's own sentence stands alone; ours name the field as the form does.
        return problem.Own is { } own ? new(field?.Name ?? "", own.In(texts))
            : new(field?.Name ?? "", problem.For(field is null ? problem.Property ?? "" : type.Words.Label(field)).In(texts));
    }

    private async Task<ToolAnswer> ChangedAsync(Guid account, Guid? seen, CancellationToken cancellationToken)
    {
        var subject = SubjectOf(account);
        var entries = await db.AuditEntries.AsNoTracking().Where(a => a.Subject == subject && a.Action == "tool.settings")
            .OrderByDescending(a => a.AtUtc).ThenByDescending(a => a.Id).Select(a => a.Details).Take(50).ToListAsync(cancellationToken);
        var names = new List<string>();
        foreach (var change in entries.Select(SettingChanges.Read).OfType<SettingChanges>())
        {
            names.AddRange(change.Changed.Keys);
            if (change.From == seen)
                break;
        }
        return new(ToolOutcome.Changed) { ChangedMeanwhile = [.. names.Distinct()] };
    }
}

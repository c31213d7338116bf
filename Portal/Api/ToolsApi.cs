using Portal.People;
using Portal.ProviderHost;
using Portal.Security;
using Portal.Tools;

namespace Portal.Api;

/// <param name="State">active, disabled, incompatible, faulted, needsAttention or notConfigured.</param>
/// <param name="Reason">In the caller's language; null when all is well.</param>
public sealed record ToolItem(string Id, string Name, string State, string? Reason, IReadOnlyList<ToolAccountItem> Accounts);

public sealed record ToolAccountItem(Guid Id, string Name, bool IsDefault, string State, string? Reason);

/// <param name="Kind">text, lines, number, minutes, yesNo or choice.</param>
/// <param name="Value">As a text; null for a secret.</param>
/// <param name="IsSet">All that is told of a secret.</param>
/// <param name="IsLocked">The configuration says it.</param>
public sealed record ToolSettingItem(
    string Name, string Label, string? Help, string? Group, string Kind, string? Value, bool IsSecret, bool IsSet, bool IsLocked,
    IReadOnlyList<string> Choices);

/// <param name="Version">To be sent back with a change.</param>
/// <param name="IsReadable">False when what is stored cannot be decrypted.</param>
public sealed record ToolSettingsAnswer(
    Guid Version, string State, string? Reason, bool IsReadable, DateTimeOffset? ChangedUtc, Guid? ChangedBy,
    IReadOnlyList<ToolSettingItem> Settings);

public sealed record ToolCheckAnswer(bool Healthy, string Message, IReadOnlyList<ToolFindingItem> Findings);

public sealed record ToolFindingItem(bool Good, string Text);

/// <summary>The settings of meeting tools, for administrators and for programs with a key for it.</summary>
internal static class ToolsApi
{
    private const string Settings = "/{tool}/accounts/{account:guid}/settings";

    public static void MapToolsApi(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(ApiKey.AdminPath + "/tools").WithTags("Meeting tools")
            .RequireAuthorization(p => p.RequireAuthenticatedUser().RequireRole(Roles.Admin, Roles.Program))
            .RequireRateLimiting(RateLimits.Booking);
        group.MapGet("", List).WithSummary("Returns the meeting tools, their accounts and how they are.").Produces<ToolItem[]>();
        group.MapGet(Settings, ReadAsync).WithSummary("Returns an account's settings. Secrets are not included.")
            .Produces<ToolSettingsAnswer>();
        group.MapPut(Settings, SaveAsync).NeedsProof().Produces(StatusCodes.Status204NoContent)
            .WithSummary("Changes settings; those not named stay, and so do secrets that are empty. Version is the one that was read.");
        group.MapPost(Settings + "/check", CheckAsync).NeedsProof().Produces<ToolCheckAnswer>()
            .WithSummary("Tests the connection with the stored settings and those that are sent; saves nothing.");
    }

    private static IResult List(MeetingProviders providers) => Results.Ok(providers.All.DistinctBy(p => p.Id).Select(p => new ToolItem(
        p.Id, p.NameIn(Localization.Languages.Current), JsonWord.Of(p.State), p.Reason,
        [.. providers.Accounts(p.Id).Select(a => new ToolAccountItem(a.Id, a.Name, a.IsDefault, JsonWord.Of(a.State), a.Reason))])));

    private static async Task<IResult> ReadAsync(string tool, Guid account, ToolForms forms, CancellationToken cancellationToken)
    {
        if (await forms.FindAsync(new(tool, account), null, cancellationToken) is not { } form)
            return Of(ToolOutcome.NotFound);
        var settings = form.Settings.Select(s => new ToolSettingItem(
            s.Field.Name, s.Label, s.Help, s.Field.Group, JsonWord.Of(s.Field.Kind), s.Field.IsSecret ? null : s.Text, s.Field.IsSecret,
            s.IsSet,
            s.IsLocked, [.. s.Choices.Select(c => c.Value)]));
        return Results.Ok(new ToolSettingsAnswer(
            form.Account.Version, form.Status is { } status ? JsonWord.Of(status.State) : "", form.Status?.Reason, form.IsReadable,
            form.Account.ChangedUtc, form.Account.ChangedBy, [.. settings]));
    }

    private static async Task<IResult> SaveAsync(
        string tool, Guid account, ToolSettingsInput input, Caller caller, ToolSettings settings, CancellationToken cancellationToken)
    {
        var answer = await settings.SaveAsync(caller, new(tool, account), input, cancellationToken);
        return answer.Outcome == ToolOutcome.Done ? Results.NoContent() : Of(answer);
    }

    private static async Task<IResult> CheckAsync(
        string tool, Guid account, ToolSettingsInput input, Caller caller, ToolSettings settings, CancellationToken cancellationToken)
    {
        var answer = await settings.CheckAsync(caller, new(tool, account), input, cancellationToken);
        return answer.Check is { } check
            ? Results.Ok(new ToolCheckAnswer(
                check.Healthy, check.Message, [.. check.Findings.Select(f => new ToolFindingItem(f.Good, f.Text))]))
            : Of(answer);
    }

    private static IResult Of(ToolAnswer answer) => answer.Outcome == ToolOutcome.Invalid
        ? Problems.Of(answer.Problems)
        : Problems.Of(answer.Outcome.Status(), answer.Outcome.Text(), ("changed", answer.ChangedMeanwhile));
}

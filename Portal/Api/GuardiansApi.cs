using Portal.People;
using Portal.People.Accounts;
using Portal.People.Profile;
using Portal.Security;

namespace Portal.Api;

/// <summary>A child whose guardian the caller is.</summary>
public sealed record ChildItem(Guid Id, string Name);

/// <param name="Id">Of the guardianship.</param>
/// <param name="State"><c>asked</c> or <c>agreed</c>.</param>
/// <param name="Role">The caller's in it: <c>child</c> or <c>guardian</c>.</param>
/// <param name="Other">The name of the other one; absent for somebody who was asked and has not agreed.</param>
public sealed record GuardianItem(Guid Id, string State, string Role, string? Other);

/// <param name="Email">Of the person whom the caller asks to be their guardian.</param>
public sealed record GuardianRequest(string? Email) : ICheckedRequest
{
    public IReadOnlyList<FieldProblem> Check() => FieldProblem.Of((nameof(Email), PersonRules.Email(EmailAddress.Read(Email))));
}

/// <summary>Who answers for whom, as on the account's page.</summary>
internal static class GuardiansApi
{
    public static void MapGuardiansApi(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/account").WithTags("Account").RequireAuthorization().RequireRateLimiting(RateLimits.Booking);
        group.MapGet("/children", ChildrenAsync).Produces<ChildItem[]>()
            .WithSummary("Lists the children whom the caller is a guardian of, to book for them.");
        group.MapGet("/guardians", ListAsync).Produces<GuardianItem[]>()
            .WithSummary("Lists the caller's guardians and children, and open requests.");
        group.MapPost("/guardians", AskAsync).Produces(204).WithSummary("Asks someone by email to be the caller's guardian.");
        group.MapPost("/guardians/{id:guid}/accept", AcceptAsync).NeedsProof().Produces(204)
            .WithSummary("Accepts a request that was sent to the caller's own email address.");
        group.MapDelete("/guardians/{id:guid}", EndAsync).Produces(204)
            .WithSummary("Ends a guardianship (guardian only), or declines or takes back a request.");
    }

    private static async Task<ChildItem[]> ChildrenAsync(Me me, Guardians guardians, CancellationToken cancellationToken) =>
        [.. (await guardians.ChildrenAsync(me.Id, cancellationToken)).Select(c => new ChildItem(c.Id, c.DisplayName))];

    private static async Task<GuardianItem[]> ListAsync(Me me, Guardians guardians, CancellationToken cancellationToken) =>
        [.. (await guardians.ListAsync(me.Id, cancellationToken)).Select(g => g.ChildId == me.Id
            ? new GuardianItem(g.Id, StateOf(g), "child", g.Guardian?.DisplayName)
            : new GuardianItem(g.Id, StateOf(g), "guardian", g.Child.DisplayName))];

    private static string StateOf(Guardianship one) => one.GuardianId is null ? "asked" : "agreed";

    private static async Task<IResult> AskAsync(
        GuardianRequest request, Me me, Guardians guardians, CancellationToken cancellationToken) =>
        Answer(await guardians.AskAsync(me.Id, request.Email!, cancellationToken));

    private static async Task<IResult> AcceptAsync(Guid id, Me me, Guardians guardians, CancellationToken cancellationToken) =>
        Answer(await guardians.AcceptAsync(me.Id, id, cancellationToken));

    private static async Task<IResult> EndAsync(Guid id, Me me, Guardians guardians, CancellationToken cancellationToken) =>
        Answer(await guardians.EndAsync(new Caller(me.Id, IsAdmin: false), id, cancellationToken));

    private static IResult Answer(GuardianOutcome outcome) =>
        outcome == GuardianOutcome.Done ? Results.NoContent() : Problems.Of(outcome.Status(), outcome.Text());
}

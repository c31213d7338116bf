using System.Globalization;
using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Portal.Data;
using Portal.Pages.Admin.Mail;
using Portal.Pages.Admin.Trail;
using Portal.Pages.Shared;
using Portal.People;
using Portal.People.Accounts;
using Portal.People.SignIn;
using Portal.Sessions;

namespace Portal.Pages.Admin.People;

/// <summary>One person: who they are, what they may do, and their sessions.</summary>
[Authorize(Roles = Roles.Admin)]
public sealed class ShowModel(
    AdminService admin, AccountLocks locks, SecondFactorReset reset, SessionArchive sessions, AuditArchive trail, Guardians guardians,
    PortalDbContext db, TimeProvider clock)
    : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public PersonDetails Shown { get; private set; } = null!;

    public SessionListPage Sessions { get; private set; } = SessionListPage.Empty;

    /// <summary>Who answers for this person, and for whom this person does.</summary>
    public IReadOnlyList<Guardianship> Guardians { get; private set; } = [];

    /// <summary>The latest rows of the audit trail about the person.</summary>
    public AuditPage History { get; private set; } = AuditPage.Empty;

    public string? Refusal { get; private set; }

    public string TimeZone { get; private set; } = "";

    public DateTimeOffset Now => clock.GetUtcNow();

    public string Moment(DateTimeOffset moment) =>
        SessionTime.Stamp(moment, TimeZone, CultureInfo.CurrentUICulture.TwoLetterISOLanguageName);

    public Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) => ShowAsync(cancellationToken);

    [NeedsProof]
    public async Task<IActionResult> OnPostRoleAsync(string? role, bool granted, CancellationToken cancellationToken) =>
        await DoneAsync(await admin.SetRoleAsync(Caller.From(User), Id, role ?? "", granted, cancellationToken), cancellationToken);

    [NeedsProof]
    public async Task<IActionResult> OnPostSignOutAsync(CancellationToken cancellationToken) =>
        await DoneAsync(await locks.SignOutEverywhereAsync(Caller.From(User), Id, cancellationToken), cancellationToken);

    [NeedsProof]
    public async Task<IActionResult> OnPostLockAsync(bool locked, CancellationToken cancellationToken) =>
        await DoneAsync(await locks.SetAsync(Caller.From(User), Id, locked, cancellationToken), cancellationToken);

    [NeedsProof]
    public async Task<IActionResult> OnPostResetTwoFactorAsync(CancellationToken cancellationToken) =>
        await DoneAsync(await reset.AskAsync(Caller.From(User), Id, cancellationToken), cancellationToken);

    [NeedsProof]
    public async Task<IActionResult> OnPostGuardianAsync(string? guardianEmail, CancellationToken cancellationToken) =>
        await DoneAsync(await guardians.EstablishAsync(Caller.From(User), Id, guardianEmail, cancellationToken), cancellationToken);

    [NeedsProof]
    public async Task<IActionResult> OnPostEndGuardianAsync(Guid guardianship, CancellationToken cancellationToken) =>
        await DoneAsync(await guardians.EndAsync(Caller.From(User), guardianship, cancellationToken), cancellationToken);

    private async Task<IActionResult> DoneAsync(GuardianOutcome outcome, CancellationToken cancellationToken)
    {
        if (outcome == GuardianOutcome.Done)
            return await DoneAsync(RoleOutcome.Done, cancellationToken);
        (Response.StatusCode, Refusal) = (outcome.Status(), outcome.Text());
        return await ShowAsync(cancellationToken);
    }

    private async Task<IActionResult> DoneAsync(RoleOutcome outcome, CancellationToken cancellationToken)
    {
        if (outcome == RoleOutcome.Done)
        {
            TempData.Good(UiText.PeopleChanged);
            return Redirect($"/admin/people/{Id}");
        }
        (Response.StatusCode, Refusal) = (outcome.Status(), outcome.Text());
        return await ShowAsync(cancellationToken);
    }

    private async Task<IActionResult> ShowAsync(CancellationToken cancellationToken)
    {
        if (await admin.FindAsync(Caller.From(User), Id, cancellationToken) is not { } person)
            return NotFound();
        Shown = person;
        Guardians = await guardians.ListAsync(Id, cancellationToken);
        TimeZone = await db.TimeZoneOfAsync(User, cancellationToken);
        Sessions = await sessions.ListAsync(Caller.From(User), new() { PersonId = Id }, 1, cancellationToken);
        History = await trail.ListAsync(
            Caller.From(User), new() { About = $"person:{Id}" }, TimeZone, AuditArchive.OnPerson, cancellationToken);
        return Page();
    }
}

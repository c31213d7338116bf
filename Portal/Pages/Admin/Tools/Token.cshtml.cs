using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Portal.Data;
using Portal.Pages.Admin.Mail;
using Portal.Pages.Shared;
using Portal.People;
using Portal.People.Profile;
using Portal.People.SignIn;
using Portal.ProviderHost;
using Providers;

namespace Portal.Pages.Admin.Tools;

/// <summary>An administrator makes a token of a tool, sees what it says, and has a pasted one looked at.</summary>
[Authorize(Roles = Roles.Admin)]
public sealed class TokenModel(PortalDbContext db, ProviderTokens tokens) : PageModel
{
    public const int MaxRoom = 200;
    private const int MaxToken = 20_000;

    public static int MaxMinutes => (int)ProviderTokens.MaxLength.TotalMinutes;

    public static IEnumerable<SelectListItem> RoleItems =>
    [
        new(UiText.RoleMentor, nameof(ParticipantRole.Mentor)), new(UiText.RoleMentee, nameof(ParticipantRole.Mentee)),
        new(UiText.RoleObserver, nameof(ParticipantRole.Observer)), new(UiText.RoleGuest, nameof(ParticipantRole.Guest)),
    ];

    public static IEnumerable<SelectListItem> KindItems =>
    [
        new(UiText.TokenKindOneToOne, nameof(MeetingKind.OneToOne)), new(UiText.TokenKindGroup, nameof(MeetingKind.Group)),
        new(UiText.TokenKindInstant, nameof(MeetingKind.Instant)),
    ];

    [BindProperty]
    public MintInput Mint { get; set; } = new();

    [BindProperty]
    public CheckInput Check { get; set; } = new();

    public IReadOnlyList<PluginStatus> Tools { get; private set; } = [];
    public MintedToken? Made { get; private set; }
    public TokenReport? Report { get; private set; }
    private string TimeZone { get; set; } = "";

    public string Moment(DateTimeOffset moment) =>
        SessionTime.Stamp(moment, TimeZone, CultureInfo.CurrentUICulture.TwoLetterISOLanguageName);

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        Tools = tokens.Tools;
        TimeZone = await db.TimeZoneOfAsync(User, context.HttpContext.RequestAborted);
        Response.Headers.CacheControl = "no-store";
        await next();
    }

    public void OnGet()
    {
    }

    [NeedsProof]
    public Task<IActionResult> OnPostMintAsync(CancellationToken cancellationToken) => TryAsync(async () =>
    {
        ModelState.Add(FieldProblem.Of(
            ("Mint.Room", string.IsNullOrWhiteSpace(Mint.Room) ? ErrorText.FieldMissing : null),
            ("Mint.Name", FreeText.Check(FreeText.OneLine(Mint.Name), PersonRules.MaxNameLength)),
            ("Mint.Minutes", Mint.Minutes < 1 || Mint.Minutes > MaxMinutes ? ErrorText.MinutesRange.With(1, MaxMinutes, 1) : null)));
        if (!ModelState.IsValid)
            return;
        var name = string.IsNullOrWhiteSpace(Mint.Name) ? UiText.TokenSampleName : FreeText.OneLine(Mint.Name);
        var request = new TokenRequest(Mint.Room!, name, Mint.Role, TimeSpan.FromMinutes(Mint.Minutes), Mint.Kind);
        Made = await tokens.MintAsync(ToolOf(Mint.Tool), request, User.UserId(), cancellationToken);
    });

    public Task<IActionResult> OnPostCheckAsync(CancellationToken cancellationToken) => TryAsync(async () =>
    {
        ModelState.Add(FieldProblem.Of(
            ("Check.Token", string.IsNullOrWhiteSpace(Check.Token) ? ErrorText.FieldMissing
                : Check.Token.Length > MaxToken ? ErrorText.FieldTooLong.With(MaxToken) : null)));
        if (!ModelState.IsValid)
            return;
        Report = await tokens.CheckAsync(ToolOf(Check.Tool), Check.Token!, Check.Room, User.UserId(), cancellationToken);
    });

    private async Task<IActionResult> TryAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (ProviderException e)
        {
            ModelState.AddModelError("", e.Message);
        }
        if (!ModelState.IsValid)
            Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }

    /// <summary>The only one is not asked for.</summary>
    private string ToolOf(string? chosen) => chosen ?? Tools.FirstOrDefault()?.Id ?? "";

    public sealed class MintInput
    {
        public string? Tool { get; set; }

        [Display(ResourceType = typeof(UiText), Name = nameof(UiText.TokenRoom))]
        public string? Room { get; set; }

        public string? Name { get; set; }
        public ParticipantRole Role { get; set; }
        public MeetingKind Kind { get; set; }

        [Display(ResourceType = typeof(UiText), Name = nameof(UiText.InstantMinutes))]
        public int Minutes { get; set; } = 60;
    }

    public sealed class CheckInput
    {
        public string? Tool { get; set; }

        [Display(ResourceType = typeof(UiText), Name = nameof(UiText.TokenText))]
        public string? Token { get; set; }

        public string? Room { get; set; }
    }
}

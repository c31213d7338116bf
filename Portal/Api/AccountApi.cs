using System.Security.Claims;
using System.Text.Json;
using Localization;
using Portal.Calendar;
using Portal.People;
using Portal.People.Accounts;
using Portal.People.Profile;
using Portal.People.SignIn;
using Portal.Security;
using Portal.Sessions.Reminders;
using Portal.Settings;

namespace Portal.Api;

/// <summary>The caller's own account, as on the account pages; the same rules, the same services. (Passkeys are a browser's.)</summary>
internal static class AccountApi
{
    public static void MapAccountApi(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/account").WithTags("Account").RequireAuthorization().RequireRateLimiting(RateLimits.Booking);
        group.MapGet("", ReadAsync).Produces<AccountAnswer>().WithSummary("The caller's account.");
        group.MapPut("/profile", ProfileAsync).Produces(204).WithSummary("Name, language and time zone.");
        group.MapPut("/picture", PictureAsync).Produces(204).Accepts<Stream>("image/jpeg", "image/png", "image/webp")
            .WithSummary("A JPEG, PNG or WebP as the body, at most 5 MB and 40 million pixels; it is drawn anew, small and without what else it held.");
        group.MapDelete("/picture", RemovePictureAsync).Produces(204).WithSummary("No picture any more.");
        group.MapPost("/password", PasswordAsync).RequireRateLimiting(RateLimits.SignIn).Produces(204).WithSummary("Another password; every other device is signed out.");
        group.MapPost("/address", AddressAsync).RequireRateLimiting(RateLimits.SignIn).Produces(202).WithSummary("Another mail address, once the mail that goes there was answered.");
        group.MapPost("/two-factor", BeginTwoFactorAsync).Produces<TwoFactorKeyAnswer>().WithSummary("A key for an authenticator app; not asked for until it is confirmed. 409 while one is in use.");
        group.MapPost("/two-factor/confirm", ConfirmTwoFactorAsync).RequireRateLimiting(RateLimits.SignIn).Produces<RecoveryCodesAnswer>().WithSummary("The app's first code turns the second factor on; answers the recovery codes.");
        group.MapPost("/two-factor/recovery-codes", NewCodesAsync).RequireRateLimiting(RateLimits.SignIn).Produces<RecoveryCodesAnswer>().WithSummary("New recovery codes; the old ones are dead.");
        group.MapPost("/two-factor/off", TwoFactorOffAsync).RequireRateLimiting(RateLimits.SignIn).Produces(204).WithSummary("No second factor any more.");
        group.MapGet("/devices", DevicesAsync).Produces<DeviceItem[]>().WithSummary("Where the caller is signed in.");
        group.MapDelete("/devices/{id}", EndDeviceAsync).Produces(204).WithSummary("Sign one out.");
        group.MapPost("/sign-out-everywhere", SignOutEverywhereAsync).Produces(204).WithSummary("Sign all out, this program too.");
        group.MapGet("/reminders", RemindersAsync).Produces<RemindersAnswer>().WithSummary("When mails remind the caller of sessions.");
        group.MapPut("/reminders", ChooseRemindersAsync).Produces(204).WithSummary("Choose when; none at all is a choice as well, and null does as the installation does.");
        group.MapGet("/calendar-feed", FeedAsync).Produces<CalendarFeedAnswer>().WithSummary("The secret address of the caller's calendar.");
        group.MapPost("/calendar-feed/renew", RenewFeedAsync).Produces<CalendarFeedAnswer>().WithSummary("Another address; the old one is dead.");
        group.MapPost("/delete", DeleteAsync).RequireRateLimiting(RateLimits.SignIn).Produces(204).WithSummary("Delete the account; sessions ahead are cancelled. There is no way back.");
    }

    private static async Task<IResult> ReadAsync(HttpContext http, ProfileService profiles, Pictures pictures, TwoFactor twoFactor, PublicAddress address)
    {
        if (await MeAsync(http, profiles) is not { } user)
            return NoAccount();
        var picture = Pictures.PathOf(user.Id, await pictures.VersionOfAsync(user.Id, http.RequestAborted));
        var codes = user.TwoFactorEnabled ? await twoFactor.CodesLeftAsync(user.Id, http.RequestAborted) : 0;
        return Results.Ok(new AccountAnswer(
            user.Id, user.Email ?? "", user.DisplayName, user.Language, user.TimeZone, picture is null ? null : address.To(picture[1..]).AbsoluteUri,
            user.TwoFactorEnabled, codes, [.. http.User.FindAll(ClaimTypes.Role).Select(c => c.Value)]));
    }

    private static async Task<IResult> ProfileAsync(ProfileRequest request, HttpContext http, ProfileService profiles) =>
        http.User.UserId() is not { } me ? NoAccount()
            : Answer(await profiles.SaveAsync(me, request.Name, request.Language, request.TimeZone, http.RequestAborted), ("zone", "timeZone"));

    private static async Task<IResult> PictureAsync(HttpContext http, Pictures pictures)
    {
        if (http.User.UserId() is not { } me)
            return NoAccount();
        // One byte more than may be: then it is known to be too much.
        var file = new MemoryStream();
        await http.Request.Body.CopyUpToAsync(file, PictureDrawing.MaxBytes + 1, http.RequestAborted);
        file.Position = 0;
        return await pictures.SaveAsync(me, file, file.Length, http.RequestAborted) is { } wrong ? Problems.Field("picture", wrong) : Results.NoContent();
    }

    private static async Task CopyUpToAsync(this Stream from, Stream to, int most, CancellationToken cancellationToken)
    {
        var piece = new byte[81920];
        for (int read; to.Length < most && (read = await from.ReadAsync(piece.AsMemory(0, (int)Math.Min(piece.Length, most - to.Length)), cancellationToken)) > 0;)
            await to.WriteAsync(piece.AsMemory(0, read), cancellationToken);
    }

    private static async Task<IResult> RemovePictureAsync(HttpContext http, Pictures pictures)
    {
        if (http.User.UserId() is not { } me)
            return NoAccount();
        await pictures.RemoveAsync(me, http.RequestAborted);
        return Results.NoContent();
    }

    private static async Task<IResult> PasswordAsync(PasswordRequest request, HttpContext http, PasswordService passwords) =>
        http.User.UserId() is not { } me ? NoAccount()
            : Answer(await passwords.ChangeAsync(me, http.User.DeviceId(), request.CurrentPassword, request.NewPassword, http.RequestAborted));

    private static async Task<IResult> AddressAsync(AddressRequest request, HttpContext http, AddressChange change)
    {
        if (http.User.UserId() is not { } me)
            return NoAccount();
        var problems = await change.AskAsync(me, request.Email, request.Password, http.RequestAborted);
        return problems.Count == 0 ? Results.Accepted() : Answer(problems);
    }

    private static async Task<IResult> BeginTwoFactorAsync(HttpContext http, ProfileService profiles, TwoFactor twoFactor)
    {
        if (await MeAsync(http, profiles) is not { } user)
            return NoAccount();
        await twoFactor.BeginAsync(user, http.RequestAborted);
        return await twoFactor.KeyToSetUpAsync(user, http.RequestAborted) is { } key
            ? Results.Ok(new TwoFactorKeyAnswer(Totp.Text(key))) : Results.Problem(statusCode: 409, title: ErrorText.TwoFactorIsOn);
    }

    private static async Task<IResult> ConfirmTwoFactorAsync(TwoFactorCodeRequest request, HttpContext http, ProfileService profiles, TwoFactor twoFactor)
    {
        if (http.User.UserId() is not { } me || await profiles.FindToChangeAsync(me, http.RequestAborted) is not { } user)
            return NoAccount();
        return await twoFactor.TurnOnAsync(user, request.Code, http.User.DeviceId(), http.RequestAborted) is { } codes
            ? Results.Ok(new RecoveryCodesAnswer(codes)) : Problems.Field("code", ErrorText.TwoFactorWrong);
    }

    private static async Task<IResult> NewCodesAsync(PasswordProof request, HttpContext http, SignInService signIn, TwoFactor twoFactor)
    {
        if (http.User.UserId() is not { } me)
            return NoAccount();
        if (await signIn.AskAgainAsync(me, request.Password) is not { } user)
            return WrongPassword();
        return await twoFactor.RenewCodesAsync(user, http.RequestAborted) is { } codes
            ? Results.Ok(new RecoveryCodesAnswer(codes)) : Results.Problem(statusCode: 409, title: ErrorText.TwoFactorIsOff);
    }

    private static async Task<IResult> TwoFactorOffAsync(PasswordProof request, HttpContext http, SignInService signIn, TwoFactor twoFactor)
    {
        if (http.User.UserId() is not { } me)
            return NoAccount();
        if (await signIn.AskAgainAsync(me, request.Password) is not { } user)
            return WrongPassword();
        await twoFactor.TurnOffAsync(user, http.RequestAborted);
        return Results.NoContent();
    }

    private static async Task<IResult> DevicesAsync(HttpContext http, Devices devices) =>
        http.User.UserId() is not { } me ? NoAccount()
            : Results.Ok((await devices.ListAsync(me, http.RequestAborted))
                .Select(d => new DeviceItem(d.Id, d.Name, d.CreatedUtc, d.SeenUtc, d.Id == http.User.DeviceId())));

    private static async Task<IResult> EndDeviceAsync(string id, HttpContext http, Devices devices) =>
        http.User.UserId() is not { } me ? NoAccount()
            : Guid.TryParse(id, out var device) && await devices.EndAsync(me, device, http.RequestAborted) ? Results.NoContent()
            : Results.Problem(statusCode: 404, title: ErrorText.NoSuchDevice);

    private static async Task<IResult> SignOutEverywhereAsync(HttpContext http, PasswordService passwords)
    {
        if (http.User.UserId() is not { } me)
            return NoAccount();
        await passwords.SignOutEverywhereAsync(me, http.RequestAborted);
        return Results.NoContent();
    }

    private static async Task<IResult> RemindersAsync(HttpContext http, ProfileService profiles, ReminderChoices choices) =>
        await MeAsync(http, profiles) is not { } user ? NoAccount()
            : Results.Ok(new RemindersAnswer(user.Reminders is null ? null : choices.Chosen(user.Reminders), choices.Installation, choices.Offered(user.Reminders)));

    private static async Task<IResult> ChooseRemindersAsync(RemindersRequest request, HttpContext http, ReminderChoices choices) =>
        http.User.UserId() is not { } me ? NoAccount()
            : await choices.SaveAsync(me, request.MinutesBefore, http.RequestAborted) ? Results.NoContent()
            : Problems.Field("minutesBefore", ErrorText.RemindersUnknown);

    private static async Task<IResult> FeedAsync(HttpContext http, ProfileService profiles, CalendarFeed feed) =>
        await MeAsync(http, profiles) is { } user ? Secret(http, feed.AddressOf(user)) : NoAccount();

    private static async Task<IResult> RenewFeedAsync(HttpContext http, ProfileService profiles, CalendarFeed feed) =>
        http.User.UserId() is { } me && await profiles.RenewFeedAsync(me, http.RequestAborted) is { } user ? Secret(http, feed.AddressOf(user)) : NoAccount();

    private static async Task<IResult> DeleteAsync(PasswordProof request, HttpContext http, AccountDeletion deletion) =>
        http.User.UserId() is not { } me ? NoAccount()
            // To its end also when the program goes away.
            : await deletion.DeleteAsync(me, request.Password, CancellationToken.None) switch
            {
                DeletionOutcome.WrongPassword => WrongPassword(),
                DeletionOutcome.LastAdmin => Results.Problem(statusCode: 409, title: ErrorText.DeleteLastAdmin),
                _ => Results.NoContent(),
            };

    private static IResult Secret(HttpContext http, Uri url)
    {
        http.Response.Headers.CacheControl = "no-store";
        return Results.Ok(new CalendarFeedAnswer(url.AbsoluteUri));
    }

    private static async Task<PortalUser?> MeAsync(HttpContext http, ProfileService profiles) =>
        http.User.UserId() is { } me ? await profiles.FindAsync(me, http.RequestAborted) : null;

    /// <summary>An API key belongs to nobody.</summary>
    private static IResult NoAccount() => Results.Problem(statusCode: 403, title: ErrorText.KeyHasNoAccount);

    private static IResult WrongPassword() => Problems.Field("password", ErrorText.PasswordWrong);

    private static IResult Answer(IReadOnlyList<FieldProblem> problems, params (string Rule, string Json)[] names) => problems.Count == 0 ? Results.NoContent()
        : Results.ValidationProblem(
            problems.GroupBy(p => p.Field).ToDictionary(
                p => names.FirstOrDefault(n => n.Rule == p.Key).Json ?? JsonNamingPolicy.CamelCase.ConvertName(p.Key), p => p.Select(x => x.Message).ToArray()),
            statusCode: 422, title: ErrorText.CheckFields);
}

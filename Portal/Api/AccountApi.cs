using System.Security.Claims;
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
        group.MapPost("/password", PasswordAsync).RequireRateLimiting(RateLimits.SignIn).Produces(204)
            .WithSummary("Another password; every other device is signed out.");
        group.MapPost("/address", AddressAsync).RequireRateLimiting(RateLimits.SignIn).Produces(202)
            .WithSummary("Another mail address, once the mail that goes there was answered.");
        group.MapPost("/two-factor", BeginTwoFactorAsync).Produces<TwoFactorKeyAnswer>()
            .WithSummary("A key for an authenticator app; not asked for until it is confirmed. 409 while one is in use.");
        group.MapPost("/two-factor/confirm", ConfirmTwoFactorAsync).RequireRateLimiting(RateLimits.SignIn).Produces<RecoveryCodesAnswer>()
            .WithSummary("The app's first code turns the second factor on; answers the recovery codes.");
        group.MapPost("/two-factor/recovery-codes", NewCodesAsync).RequireRateLimiting(RateLimits.SignIn).Produces<RecoveryCodesAnswer>()
            .WithSummary("New recovery codes; the old ones are dead.");
        group.MapPost("/two-factor/off", TwoFactorOffAsync).RequireRateLimiting(RateLimits.SignIn).Produces(204)
            .WithSummary("No second factor any more.");
        group.MapGet("/devices", DevicesAsync).Produces<DeviceItem[]>().WithSummary("Where the caller is signed in.");
        group.MapDelete("/devices/{id:guid}", EndDeviceAsync).Produces(204).WithSummary("Sign one out.");
        group.MapPost("/sign-out-everywhere", SignOutEverywhereAsync).Produces(204).WithSummary("Sign all out, this program too.");
        group.MapGet("/reminders", RemindersAsync).Produces<RemindersAnswer>().WithSummary("When mails remind the caller of sessions.");
        group.MapPut("/reminders", ChooseRemindersAsync).Produces(204)
            .WithSummary("Choose when; none at all is a choice as well, and null does as the installation does.");
        group.MapGet("/calendar-feed", FeedAsync).Produces<CalendarFeedAnswer>()
            .WithSummary("The secret address of the caller's calendar.");
        group.MapPost("/calendar-feed/renew", RenewFeedAsync).Produces<CalendarFeedAnswer>()
            .WithSummary("Another address; the old one is dead.");
        group.MapPost("/delete", DeleteAsync).RequireRateLimiting(RateLimits.SignIn).Produces(204)
            .WithSummary("Delete the account; sessions ahead are cancelled. There is no way back.");
    }

    private static async Task<IResult> ReadAsync(
        Me me, ClaimsPrincipal caller, ProfileService profiles, Pictures pictures, TwoFactor twoFactor, PublicAddress address,
        CancellationToken cancellationToken)
    {
        if (await profiles.FindAsync(me.Id, cancellationToken) is not { } user)
            return NoAccount();
        var picture = Pictures.PathOf(user.Id, await pictures.VersionOfAsync(user.Id, cancellationToken));
        var codes = user.TwoFactorEnabled ? await twoFactor.CodesLeftAsync(user.Id, cancellationToken) : 0;
        return Results.Ok(new AccountAnswer(
            user.Id, user.Email ?? "", user.DisplayName, user.Language, user.TimeZone,
            picture is null ? null : address.To(picture[1..]).AbsoluteUri,
            user.TwoFactorEnabled, codes, [.. caller.FindAll(ClaimTypes.Role).Select(c => c.Value)]));
    }

    private static async Task<IResult> ProfileAsync(
        ProfileRequest request, Me me, ProfileService profiles, CancellationToken cancellationToken)
    {
        var problems = await profiles.SaveAsync(me.Id, request.Name, request.Language, request.TimeZone, cancellationToken);
        return Problems.Answer([.. problems.Select(p => p.Field == "zone" ? p with { Field = nameof(request.TimeZone) } : p)]);
    }

    private static async Task<IResult> PictureAsync(
        Stream body, Me me, HttpResponse response, Pictures pictures, CancellationToken cancellationToken)
    {
        // One byte more than may be: then it is known to be too much.
        var file = new MemoryStream();
        await body.CopyUpToAsync(file, PictureFile.MaxBytes + 1, cancellationToken);
        file.Position = 0;
        return Problems.Answer(await pictures.SaveAsync(me.Id, file, file.Length, cancellationToken), response);
    }

    private static async Task CopyUpToAsync(this Stream from, Stream to, int most, CancellationToken cancellationToken)
    {
        var piece = new byte[81920];
        for (int read; to.Length < most
            && (read = await from.ReadAsync(piece.AsMemory(0, (int)Math.Min(piece.Length, most - to.Length)), cancellationToken)) > 0;)
            await to.WriteAsync(piece.AsMemory(0, read), cancellationToken);
    }

    private static async Task<IResult> RemovePictureAsync(Me me, Pictures pictures, CancellationToken cancellationToken)
    {
        await pictures.RemoveAsync(me.Id, cancellationToken);
        return Results.NoContent();
    }

    private static async Task<IResult> PasswordAsync(
        PasswordRequest request, Me me, PasswordService passwords, CancellationToken cancellationToken) =>
        Problems.Answer(await passwords.ChangeAsync(me.Id, me.DeviceId, request.CurrentPassword, request.NewPassword, cancellationToken));

    private static async Task<IResult> AddressAsync(
        AddressRequest request, Me me, AddressChange change, CancellationToken cancellationToken)
    {
        var problems = await change.AskAsync(me.Id, request.Email, request.Password, cancellationToken);
        return problems.Count == 0 ? Results.Accepted() : Problems.Of(problems);
    }

    private static async Task<IResult> BeginTwoFactorAsync(
        Me me, ProfileService profiles, TwoFactor twoFactor, CancellationToken cancellationToken)
    {
        if (await profiles.FindAsync(me.Id, cancellationToken) is not { } user)
            return NoAccount();
        await twoFactor.BeginAsync(user, cancellationToken);
        return await twoFactor.KeyToSetUpAsync(user, cancellationToken) is { } key
            ? Results.Ok(new TwoFactorKeyAnswer(Totp.Text(key))) : Problems.Of(StatusCodes.Status409Conflict, ErrorText.TwoFactorIsOn);
    }

    private static async Task<IResult> ConfirmTwoFactorAsync(
        TwoFactorCodeRequest request, Me me, ProfileService profiles, TwoFactor twoFactor, CancellationToken cancellationToken)
    {
        if (await profiles.FindToChangeAsync(me.Id, cancellationToken) is not { } user)
            return NoAccount();
        return await twoFactor.TurnOnAsync(user, request.Code, me.DeviceId, cancellationToken) is { } codes
            ? Results.Ok(new RecoveryCodesAnswer(codes)) : Problems.Field(nameof(request.Code), ErrorText.TwoFactorWrong);
    }

    private static async Task<IResult> NewCodesAsync(
        PasswordProof request, Me me, SignInService signIn, TwoFactor twoFactor, CancellationToken cancellationToken)
    {
        if (await signIn.AskAgainAsync(me.Id, request.Password) is not { } user)
            return WrongPassword();
        return await twoFactor.RenewCodesAsync(user, cancellationToken) is { } codes
            ? Results.Ok(new RecoveryCodesAnswer(codes)) : Problems.Of(StatusCodes.Status409Conflict, ErrorText.TwoFactorIsOff);
    }

    private static async Task<IResult> TwoFactorOffAsync(
        PasswordProof request, Me me, SignInService signIn, TwoFactor twoFactor, CancellationToken cancellationToken)
    {
        if (await signIn.AskAgainAsync(me.Id, request.Password) is not { } user)
            return WrongPassword();
        await twoFactor.TurnOffAsync(user, cancellationToken);
        return Results.NoContent();
    }

    private static async Task<IResult> DevicesAsync(Me me, Devices devices, CancellationToken cancellationToken) =>
        Results.Ok((await devices.ListAsync(me.Id, cancellationToken))
            .Select(d => new DeviceItem(d.Id, d.Name, d.CreatedUtc, d.SeenUtc, d.Id == me.DeviceId)));

    private static async Task<IResult> EndDeviceAsync(Guid id, Me me, Devices devices, CancellationToken cancellationToken) =>
        await devices.EndAsync(me.Id, id, cancellationToken) ? Results.NoContent()
            : Problems.Of(StatusCodes.Status404NotFound, ErrorText.NoSuchDevice);

    private static async Task<IResult> SignOutEverywhereAsync(Me me, PasswordService passwords, CancellationToken cancellationToken)
    {
        await passwords.SignOutEverywhereAsync(me.Id, cancellationToken);
        return Results.NoContent();
    }

    private static async Task<IResult> RemindersAsync(
        Me me, ProfileService profiles, ReminderChoices choices, CancellationToken cancellationToken) =>
        await profiles.FindAsync(me.Id, cancellationToken) is not { } user ? NoAccount()
            : Results.Ok(new RemindersAnswer(user.Reminders is null
                ? null : choices.Chosen(user.Reminders), choices.Installation, choices.Offered(user.Reminders)));

    private static async Task<IResult> ChooseRemindersAsync(
        RemindersRequest request, Me me, ReminderChoices choices, CancellationToken cancellationToken) =>
        await choices.SaveAsync(me.Id, request.MinutesBefore, cancellationToken) ? Results.NoContent()
            : Problems.Field(nameof(request.MinutesBefore), ErrorText.RemindersUnknown);

    private static async Task<IResult> FeedAsync(
        Me me, HttpResponse response, ProfileService profiles, CalendarFeed feed, CancellationToken cancellationToken) =>
        await profiles.FindAsync(me.Id, cancellationToken) is { } user ? Secret(response, feed.AddressOf(user)) : NoAccount();

    private static async Task<IResult> RenewFeedAsync(
        Me me, HttpResponse response, ProfileService profiles, CalendarFeed feed, CancellationToken cancellationToken) =>
        await profiles.RenewFeedAsync(me.Id, cancellationToken) is { } user ? Secret(response, feed.AddressOf(user)) : NoAccount();

    private static async Task<IResult> DeleteAsync(PasswordProof request, Me me, AccountDeletion deletion) =>
        // To its end also when the program goes away.
        await deletion.DeleteAsync(me.Id, request.Password, CancellationToken.None) switch
        {
            DeletionOutcome.WrongPassword => WrongPassword(),
            DeletionOutcome.LastAdmin => Problems.Of(StatusCodes.Status409Conflict, ErrorText.DeleteLastAdmin),
            _ => Results.NoContent(),
        };

    private static IResult Secret(HttpResponse response, Uri url)
    {
        response.Headers.CacheControl = "no-store";
        return Results.Ok(new CalendarFeedAnswer(url.AbsoluteUri));
    }

    /// <summary>It was deleted in this moment.</summary>
    private static IResult NoAccount() => Problems.Of(StatusCodes.Status403Forbidden, ErrorText.KeyHasNoAccount);

    private static IResult WrongPassword() => Problems.Field("password", ErrorText.PasswordWrong);
}

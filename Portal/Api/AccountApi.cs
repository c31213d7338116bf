using System.Security.Claims;
using Localization;
using Microsoft.AspNetCore.Mvc;
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
        group.MapGet("", ReadAsync).Produces<AccountAnswer>().WithSummary("Returns the caller's account.");
        group.MapPut("/profile", ProfileAsync).Produces(204).WithSummary("Changes name, language and time zone.");
        group.MapPut("/picture", PictureAsync).WithMetadata(new RequestSizeLimitAttribute(PictureFile.MaxRequest)).Produces(204).Accepts<Stream>("image/jpeg", "image/png", "image/webp")
            .WithSummary("Takes a JPEG, PNG or WebP as the body, up to 5 MB and 40 million pixels. The image is re-encoded, resized and stripped of metadata.");
        group.MapDelete("/picture", RemovePictureAsync).Produces(204).WithSummary("Removes the picture.");
        group.MapPost("/proof", Proof.ProveAsync).RequireRateLimiting(RateLimits.SignIn).Produces(204)
            .WithSummary("Confirms who is asking, by password or code, before changes to how one signs in; good for five minutes.");
        group.MapPost("/password", PasswordAsync).NeedsProof(byPassword: true).RequireRateLimiting(RateLimits.SignIn).Produces(204)
            .WithSummary("Changes the password, by the present one, and signs out all other devices.");
        group.MapPost("/address", AddressAsync).NeedsProof().RequireRateLimiting(RateLimits.SignIn).Produces(202)
            .WithSummary("Changes the email address after it has been confirmed.");
        group.MapPost("/two-factor", BeginTwoFactorAsync).NeedsProof().Produces<TwoFactorKeyAnswer>()
            .WithSummary("Creates a key for an authenticator app. Two-step verification is off until confirmed. 409 while one is in use.");
        group.MapPost("/two-factor/confirm", ConfirmTwoFactorAsync).NeedsProof().RequireRateLimiting(RateLimits.SignIn).Produces<RecoveryCodesAnswer>()
            .WithSummary("Turns on two-step verification with the app's first code; returns the recovery codes.");
        group.MapPost("/two-factor/recovery-codes", NewCodesAsync).NeedsProof().RequireRateLimiting(RateLimits.SignIn).Produces<RecoveryCodesAnswer>()
            .WithSummary("Creates new recovery codes; the old ones stop working.");
        group.MapPost("/two-factor/off", TwoFactorOffAsync).NeedsProof().RequireRateLimiting(RateLimits.SignIn).Produces(204)
            .WithSummary("Turns off two-step verification.");
        group.MapGet("/devices", DevicesAsync).Produces<DeviceItem[]>().WithSummary("Lists the devices on which the caller is signed in.");
        group.MapDelete("/devices/{id:guid}", EndDeviceAsync).NeedsProof().Produces(204).WithSummary("Signs out one device.");
        group.MapPost("/sign-out-everywhere", SignOutEverywhereAsync).NeedsProof().Produces(204).WithSummary("Signs out all devices, including this client.");
        group.MapGet("/reminders", RemindersAsync).Produces<RemindersAnswer>().WithSummary("Returns when the caller gets reminder emails.");
        group.MapPut("/reminders", ChooseRemindersAsync).Produces(204)
            .WithSummary("Sets reminder times. An empty list turns them off; null uses the portal's default.");
        group.MapGet("/calendar-feed", FeedAsync).Produces<CalendarFeedAnswer>()
            .WithSummary("Returns the caller's secret calendar link.");
        group.MapPost("/calendar-feed/renew", RenewFeedAsync).NeedsProof().Produces<CalendarFeedAnswer>()
            .WithSummary("Creates a new calendar link; the old one stops working.");
        group.MapPost("/delete", DeleteAsync).NeedsProof().RequireRateLimiting(RateLimits.SignIn).Produces(204)
            .WithSummary("Deletes the account and cancels upcoming sessions. This can't be undone.");
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

    private static async Task CopyUpToAsync(this Stream from, Stream to, int max, CancellationToken cancellationToken)
    {
        var piece = new byte[81920];
        for (int read; to.Length < max
            && (read = await from.ReadAsync(piece.AsMemory(0, (int)Math.Min(piece.Length, max - to.Length)), cancellationToken)) > 0;)
            await to.WriteAsync(piece.AsMemory(0, read), cancellationToken);
    }

    private static async Task<IResult> RemovePictureAsync(Me me, Pictures pictures, CancellationToken cancellationToken)
    {
        await pictures.RemoveAsync(me.Id, cancellationToken);
        return Results.NoContent();
    }

    private static async Task<IResult> PasswordAsync(
        PasswordRequest request, Me me, PasswordService passwords, CancellationToken cancellationToken) =>
        Problems.Answer(await passwords.ChangeAsync(me.Id, me.DeviceId, request.NewPassword, cancellationToken));

    private static async Task<IResult> AddressAsync(
        AddressRequest request, Me me, AddressChange change, CancellationToken cancellationToken)
    {
        var problems = await change.AskAsync(me.Id, request.Email, cancellationToken);
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
        PasswordProof? request, Me me, ProfileService profiles, TwoFactor twoFactor, CancellationToken cancellationToken)
    {
        if (await profiles.FindToChangeAsync(me.Id, cancellationToken) is not { } user)
            return NoAccount();
        return await twoFactor.RenewCodesAsync(user, cancellationToken) is { } codes
            ? Results.Ok(new RecoveryCodesAnswer(codes)) : Problems.Of(StatusCodes.Status409Conflict, ErrorText.TwoFactorIsOff);
    }

    private static async Task<IResult> TwoFactorOffAsync(
        PasswordProof? request, Me me, ProfileService profiles, TwoFactor twoFactor, CancellationToken cancellationToken)
    {
        if (await profiles.FindToChangeAsync(me.Id, cancellationToken) is not { } user)
            return NoAccount();
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

    private static async Task<IResult> DeleteAsync(PasswordProof? request, Me me, AccountDeletion deletion) =>
        // To its end also when the program goes away.
        await deletion.DeleteAsync(me.Id, CancellationToken.None) == DeletionOutcome.LastAdmin
            ? Problems.Of(StatusCodes.Status409Conflict, ErrorText.DeleteLastAdmin) : Results.NoContent();

    private static IResult Secret(HttpResponse response, Uri url)
    {
        response.Headers.CacheControl = "no-store";
        return Results.Ok(new CalendarFeedAnswer(url.AbsoluteUri));
    }

    /// <summary>It was deleted in this moment.</summary>
    private static IResult NoAccount() => Problems.Of(StatusCodes.Status403Forbidden, ErrorText.KeyHasNoAccount);
}

using Localization;
using Microsoft.AspNetCore.Identity;
using Portal.People;
using Portal.People.SignIn;
using Portal.Security;

namespace Portal.Api;

/// <param name="TwoFactorCode">The six digits of the person's app, where the account asks for a second factor.</param>
/// <param name="TwoFactorRecoveryCode">In its place, one of the account's recovery codes; it is good once.</param>
public sealed record SignInRequest(
    string? Email, string? Password, string? TwoFactorCode = null, string? TwoFactorRecoveryCode = null) : ICheckedRequest
{
    public IReadOnlyList<FieldProblem> Check() => FieldProblem.Of(
        (nameof(Email), string.IsNullOrWhiteSpace(Email) ? ErrorText.FieldMissing : null),
        (nameof(Password), string.IsNullOrEmpty(Password) ? ErrorText.FieldMissing : null));
}

internal static class SignInApi
{
    public static void MapSignInApi(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/sign-in", SignInAsync).AllowAnonymous().RequireRateLimiting(RateLimits.SignIn).WithTags("Sign-in")
            .WithSummary("Returns {accessToken, expiresIn, refreshToken} for a client acting on behalf of a user; 401 with twoFactorRequired when a code is needed.");

    /// <summary>One answer for every failure: nobody learns here which addresses have an account.</summary>
    private static async Task<IResult> SignInAsync(
        SignInRequest request, HttpContext http, SignInService signIn, BrowserSignIn people, CancellationToken cancellationToken)
    {
        if (await signIn.CheckAsync(request.Email!, request.Password!) is not { } user)
            return Problems.Of(StatusCodes.Status401Unauthorized, ErrorText.SignInFailed);
        if (user.TwoFactorEnabled)
        {
            var code = request.TwoFactorCode ?? request.TwoFactorRecoveryCode;
            if (string.IsNullOrWhiteSpace(code))
                return Problems.Of(StatusCodes.Status401Unauthorized, ErrorText.TwoFactorNeeded, TwoFactorRequired);
            if (!await signIn.CheckCodeAsync(user, code, request.TwoFactorCode is null, cancellationToken))
                return Problems.Of(StatusCodes.Status401Unauthorized, ErrorText.TwoFactorWrong, TwoFactorRequired);
        }
        return Results.SignIn(await people.ProgramAsync(http, user), authenticationScheme: IdentityConstants.BearerScheme);
    }

    private static (string Name, object? Value) TwoFactorRequired => ("twoFactorRequired", true);
}

using Localization;
using Microsoft.AspNetCore.Identity;
using Portal.People;
using Portal.Security;

namespace Portal.Api;

public sealed record SignInRequest(string? Email, string? Password);

internal static class SignInApi
{
    public static void MapSignInApi(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/sign-in", SignInAsync).AllowAnonymous().RequireRateLimiting(RateLimits.SignIn).WithTags("Sign-in")
            .WithSummary("Answers {accessToken, expiresIn, refreshToken} for a program that acts for a person.");

    /// <summary>One answer for every failure: nobody learns here which addresses have an account.</summary>
    private static async Task<IResult> SignInAsync(SignInRequest request, SignInService signIn)
    {
        if (string.IsNullOrWhiteSpace(request.Email) || string.IsNullOrEmpty(request.Password))
            return Problems.Field(string.IsNullOrWhiteSpace(request.Email) ? "email" : "password", ErrorText.FieldMissing);
        var principal = await signIn.CheckAsync(request.Email, request.Password);
        return principal is null
            ? Results.Problem(statusCode: 401, title: ErrorText.SignInFailed)
            : Results.SignIn(principal, authenticationScheme: IdentityConstants.BearerScheme);
    }
}

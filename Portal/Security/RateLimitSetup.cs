using System.Threading.RateLimiting;
using Localization;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using Portal.People;
using Portal.People.SignIn;

namespace Portal.Security;

public static class RateLimits
{
    public const string SignIn = "sign-in";
    public const string Join = "join";
    public const string Tokens = "tokens";
    public const string Booking = "booking";

    /// <summary>For what anybody may read, and programs read again and again.</summary>
    public const string Open = "open";

    /// <summary>For what is saved while somebody types.</summary>
    public const string Notes = "notes";

    /// <summary>For what the room's page tells, by the person whose page it is.</summary>
    public const string Room = "room";

    /// <summary>For meeting tools that call back.</summary>
    public const string Webhooks = "webhooks";
}

public static class RateLimitSetup
{
    public static IServiceCollection AddPortalRateLimits(this IServiceCollection services) =>
        services.AddRateLimiter(limiter =>
        {
            Add(limiter, RateLimits.SignIn, o => o.SignInPerMinute);
            Add(limiter, RateLimits.Join, o => o.JoinPerMinute);
            Add(limiter, RateLimits.Tokens, o => o.TokensPerMinute);
            Add(limiter, RateLimits.Booking, o => o.BookingPerMinute);
            Add(limiter, RateLimits.Open, o => o.OpenPerMinute);
            Add(limiter, RateLimits.Webhooks, o => o.WebhooksPerMinute);
            limiter.GlobalLimiter = JoinLimit.ForAddresses();
            limiter.OnRejected = RefuseAsync;
        });

    /// <summary>
    /// A sliding minute for each signed-in person, else for each network (an IPv4 address, a /64 of IPv6); only requests that do
    /// something count, and what anybody may read.
    /// </summary>
    /// <param name="limiter">To add to.</param>
    /// <param name="name">The policy's.</param>
    /// <param name="perMinute">How many.</param>
    /// <param name="who">Who else may be known by something that floors above give out; null for who is not.</param>
    internal static void Add(
        RateLimiterOptions limiter, string name, Func<RateLimitOptions, int> perMinute, Func<HttpContext, string?>? who = null) =>
        limiter.AddPolicy(name, http =>
        {
            var options = http.RequestServices.GetRequiredService<IOptions<RateLimitOptions>>().Value;
            var reads = HttpMethods.IsGet(http.Request.Method);
            if (!options.Enabled)
                return RateLimitPartition.GetNoLimiter(name);
            // Who looks for a time: a visitor anywhere, and anybody among the mentors' times, which are dear.
            if (reads && name == RateLimits.Booking
                && (http.User.Identity?.IsAuthenticated != true || http.Request.Path.StartsWithSegments("/mentors")))
                return Partition(http, RateLimits.Open, options.OpenPerMinute);
            return reads && name is not (RateLimits.Join or RateLimits.Open or RateLimits.Webhooks)
                ? RateLimitPartition.GetNoLimiter(name) : Partition(http, name, perMinute(options), who?.Invoke(http));
        });

    private static RateLimitPartition<string> Partition(HttpContext http, string name, int perMinute, string? who = null)
    {
        who ??= http.User.UserId()?.ToString() ?? ClientNetwork.Of(http.Connection.RemoteIpAddress);
        // Those who wait behind one address do not stand in each other's way.
        who += JoinLimit.LinkOf(http);
        return RateLimitPartition.GetSlidingWindowLimiter($"{name}:{who}", _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = perMinute,
            Window = TimeSpan.FromMinutes(1),
            SegmentsPerWindow = 6,
            QueueLimit = 0,
        });
    }

    private static async ValueTask RefuseAsync(OnRejectedContext context, CancellationToken cancellationToken)
    {
        var http = context.HttpContext;
        http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        // The sliding window does not say when the next permit comes; a sixth of it is when the first may.
        http.Response.Headers.RetryAfter = "10";
        // The door comes back by itself: who pressed its button has nothing to do but wait.
        if (JoinLimit.LinkOf(http) is not null && http.Request.Path.StartsWithSegments("/join"))
            http.Response.Headers["Refresh"] = "10";
        // Pages are answered by the status code page; programs get their problem here.
        if (http.Request.Path.StartsWithSegments("/api"))
            await Results.Problem(statusCode: 429, title: ErrorText.TooManyRequests.With(Spans.Of(TimeSpan.FromSeconds(10))))
                .ExecuteAsync(http);
    }
}

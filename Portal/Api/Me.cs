using Portal.People;

namespace Portal.Api;

/// <summary>
/// The account that calls. A call that takes one is refused to API keys by <see cref="RequestChecks"/>, before it runs.
/// </summary>
internal sealed record Me(Guid Id, Guid? DeviceId)
{
    /// <summary>Lets endpoints take it as a parameter.</summary>
    public static ValueTask<Me?> BindAsync(HttpContext http) =>
        ValueTask.FromResult<Me?>(new(http.User.UserId() ?? Guid.Empty, http.User.DeviceId()));
}

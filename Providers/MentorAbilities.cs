namespace Providers;

/// <summary>The provider checks phone numbers or addresses that mentors enter themselves. Since 1.1.</summary>
public interface ISupportsMentorPlace
{
    /// <summary>Checks by the text alone. Must answer at once.</summary>
    /// <param name="text">What the mentor typed; may be anything.</param>
    MentorPlaceCheck CheckPlace(string? text);
}

/// <summary>The verdict on a mentor's own phone number or address. Since 1.1.</summary>
/// <param name="Place">As it will be used, or null when it is refused.</param>
/// <param name="Refusal">Why it is refused, in the current language; null when it is not.</param>
public sealed record MentorPlaceCheck(string? Place, string? Refusal)
{
    /// <summary>The name alone: what it holds belongs in no log.</summary>
    public override string ToString() => nameof(MentorPlaceCheck);
}

/// <summary>Mentors connect an account of their own by the tool's consent page (OAuth 2.0, authorization code). Since 1.1.</summary>
public interface ISupportsMentorAccount
{
    /// <summary>The tool's consent page. Must answer at once; null when the settings allow no such accounts.</summary>
    /// <param name="state">The host's; handed through unchanged.</param>
    /// <param name="returnUrl">Where the tool sends the browser back to.</param>
    Uri? GetConsentUrl(string state, Uri returnUrl);

    /// <summary>Redeems what the consent page sent back.</summary>
    /// <param name="code">From the query of the return.</param>
    /// <param name="returnUrl">The same as before.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="ProviderException">With the reason.</exception>
    ValueTask<MentorAccount> ConnectAsync(string code, Uri returnUrl, CancellationToken cancellationToken);

    /// <summary>Gives the consent back to the tool. One that is gone already counts as success.</summary>
    ValueTask DisconnectAsync(string secret, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}

/// <summary>A mentor's account at the tool. Since 1.1.</summary>
/// <param name="Secret">What the provider needs to act for the mentor; stored encrypted, at most 4,000 characters.</param>
/// <param name="Name">How the mentor knows it, such as its email address.</param>
public sealed record MentorAccount(string Secret, string Name)
{
    /// <summary>The name alone: what it holds belongs in no log.</summary>
    public override string ToString() => nameof(MentorAccount);
}

using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Plugins.Shared;
using Providers;

namespace Plugins.Zoom;

/// <summary>
/// Links of people's own. They are registered under an address that is made of their id, so that Zoom can say who came without
/// having anybody's address. It is signed: at Zoom's own form anybody may type any address.
/// </summary>
internal sealed class ZoomRegistrants(ZoomApi api, ProviderContext<ZoomOptions> context)
{
    private const int MaxName = 64;
    private const int MaxAddress = 128;
    private const int IdLength = 32;
    private const int SignatureLength = 16;
    private const int MaxKept = 10_000;

    // Somebody stands before the door meanwhile.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(6);

    private readonly ConcurrentDictionary<(long Meeting, Guid Person), Uri> links = [];
    private readonly ConcurrentDictionary<string, Guid> people = [];
    private readonly string domain = Domain(context.PublicUrl);

    /// <summary>The link that all may use where there is none of one's own: Zoom then asks people to register themselves.</summary>
    public async Task<Uri> LinkAsync(ZoomHandle handle, JoinParticipant person, CancellationToken cancellationToken)
    {
        if (links.TryGetValue((handle.Id, person.Id), out var known))
            return known;
        using var timer = new CancellationTokenSource(Patience, context.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            var registrant = await RegisterAsync(handle, person, either.Token);
            return Keep(handle, person, registrant) ?? handle.Join;
        }
        catch (ProviderException e) when (e.Failure != ProviderFailure.NotFound)
        {
            context.Logger.LogWarning("Zoom registers nobody for a meeting: {Failure}", e.Failure);
            return handle.Join;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            context.Logger.LogWarning("Zoom is too slow to register somebody for a meeting");
            return handle.Join;
        }
    }

    /// <summary>Null for addresses that are not made by us.</summary>
    public Guid? PersonOf(string? registrantId, string? email)
    {
        if (email is { Length: > IdLength } && Guid.TryParseExact(email[..IdLength], "N", out var person)
            && IsSame(email, AddressOf(person)))
            return person;
        return registrantId is { Length: > 0 } && people.TryGetValue(registrantId, out person) ? person : null;
    }

    /// <summary>Learns who all registrants of a meeting are.</summary>
    public async Task LearnAsync(ZoomHandle handle, CancellationToken cancellationToken)
    {
        await foreach (var registrant in RegistrantsAsync(handle, cancellationToken))
            if (PersonOf(null, registrant.Email) is { } person)
                Keep(registrant.Id, person);
    }

    private async Task<ZoomRegistrant?> RegisterAsync(ZoomHandle handle, JoinParticipant person, CancellationToken cancellationToken)
    {
        var address = AddressOf(person.Id);
        var body = new ZoomRegistrantBody(address, Line.Of(person.Name, MaxName, Texts.NameEmpty));
        var answer = await api.SendAsync(HttpMethod.Post, $"/meetings/{handle.Id}/registrants", body, cancellationToken);
        // Zoom registers the same person three times a day at most; the link of the first time still holds.
        if (answer.Status == 429)
            await foreach (var registrant in RegistrantsAsync(handle, cancellationToken))
                if (string.Equals(registrant.Email, address, StringComparison.OrdinalIgnoreCase))
                    return registrant with { RegistrantId = registrant.Id };
        return answer.Read<ZoomRegistrant>();
    }

    private async IAsyncEnumerable<ZoomRegistrant> RegistrantsAsync(
        ZoomHandle handle, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var path = $"/meetings/{handle.Id}/registrants?status=approved&page_size=300";
        await foreach (var page in api.PagesAsync(path, cancellationToken))
            foreach (var registrant in page.Registrants ?? [])
                yield return registrant;
    }

    private Uri? Keep(ZoomHandle handle, JoinParticipant person, ZoomRegistrant? registrant)
    {
        if (!Uri.TryCreate(registrant?.JoinUrl, UriKind.Absolute, out var link))
            return null;
        if (links.Count >= MaxKept)
            links.Clear();
        links[(handle.Id, person.Id)] = link;
        Keep(registrant.RegistrantId, person.Id);
        return link;
    }

    private void Keep(string? registrantId, Guid person)
    {
        if (string.IsNullOrEmpty(registrantId))
            return;
        if (people.Count >= MaxKept)
            people.Clear();
        people[registrantId] = person;
    }

    private string AddressOf(Guid person)
    {
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(context.Options.ClientSecret), person.ToByteArray());
        return $"{person:n}.{Convert.ToHexStringLower(signature)[..SignatureLength]}@{domain}";
    }

    private static bool IsSame(string told, string ours) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(told.ToLowerInvariant()), Encoding.UTF8.GetBytes(ours));

    private static string Domain(Uri portal)
    {
        var host = portal.IdnHost;
        return portal.HostNameType == UriHostNameType.Dns && host.Contains('.', StringComparison.Ordinal)
            && IdLength + 1 + SignatureLength + 1 + host.Length <= MaxAddress
                ? host : "portal.invalid";
    }
}

using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Providers;

namespace Plugins.Jitsi;

/// <summary>Asks the server's own lists for the phone numbers and the room's PIN, as Jitsi's page does.</summary>
internal sealed partial class JitsiDialIn(HttpClient http, JitsiOptions options, JitsiServer server)
{
    private const int MaxBytes = 256 * 1024;
    private const int MaxNumbers = 10;

    public async Task<DialIn?> AskAsync(string room, CancellationToken cancellationToken)
    {
        // While people meet elsewhere, the numbers of the server that is set up lead to an empty room.
        if (options.DialInNumbersUrl is "" || options.PublicWhileSettingUp)
            return null;
        var numbers = await ReadAsync(options.DialInNumbersUrl, room, Numbers, cancellationToken);
        if (numbers.Count == 0)
            return null;
        if (options.DialInPinUrl is "")
            return new(numbers, null);
        var pin = await ReadAsync(options.DialInPinUrl, room, json => json.TextOrNumber("id"), cancellationToken);
        // Without the PIN a number leads nowhere.
        return pin is not null && Pin.IsMatch(pin) ? new(numbers, pin) : null;
    }

    private Uri Asking(string address, string room)
    {
        var query = $"conference={Uri.EscapeDataString(server.Muc(options, room))}&url={Uri.EscapeDataString(server.RoomUrl(room))}";
        return new Uri($"{address}{(address.Contains('?') ? '&' : '?')}{query}");
    }

    /// <summary>Either a list of numbers with their countries, or lists of numbers by country.</summary>
    private static List<DialInNumber> Numbers(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Array)
            return Fit(json.EnumerateArray().Select(n =>
                (n.TextOrNumber("formattedNumber") ?? n.TextOrNumber("phoneNumber"), n.TextOrNumber("countryCode"))));
        if (json.Inner("numbers") is not { ValueKind: JsonValueKind.Object } byCountry)
            return [];
        return Fit(from country in byCountry.EnumerateObject()
                   where country.Value.ValueKind == JsonValueKind.Array
                   from number in country.Value.EnumerateArray()
                   select (number.ValueKind == JsonValueKind.String ? number.GetString() : null, (string?)country.Name));
    }

    private static List<DialInNumber> Fit(IEnumerable<(string? Number, string? Country)> found) =>
    [
        .. found.Where(n => n.Number is not null && Phone.IsMatch(n.Number)).Take(MaxNumbers)
            .Select(n => new DialInNumber(n.Number!, n.Country is { } c && Country.IsMatch(c) ? c.ToUpperInvariant() : null)),
    ];

    private async Task<T> ReadAsync<T>(string setting, string room, Func<JsonElement, T> read, CancellationToken cancellationToken)
    {
        var address = Asking(setting, room);
        try
        {
            using var answer = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (answer.StatusCode != HttpStatusCode.OK)
                throw Failed(address, null, (int)answer.StatusCode >= 500 ? ProviderFailure.Unavailable : ProviderFailure.Rejected);
            using var json = JsonDocument.Parse(await Body.ReadAsync(answer, MaxBytes, cancellationToken));
            return read(json.RootElement);
        }
        // The second is what half a character in a text becomes when it is read.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw Failed(address, e, ProviderFailure.Rejected);
        }
        catch (Exception e) when (e is HttpRequestException or IOException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw Failed(address, e, ProviderFailure.Unavailable);
        }
    }

    private static ProviderException Failed(Uri address, Exception? cause, ProviderFailure failure) => new(failure,
        string.Format(System.Globalization.CultureInfo.CurrentCulture, Texts.DialInFailed, address.GetLeftPart(UriPartial.Path)), cause);

    [GeneratedRegex(@"^\+?[0-9][0-9 ()./-]{2,38}\z")]
    private static partial Regex Phone { get; }

    [GeneratedRegex(@"^[A-Za-z]{2}\z")]
    private static partial Regex Country { get; }

    [GeneratedRegex(@"^[0-9]{2,20}\z")]
    private static partial Regex Pin { get; }
}

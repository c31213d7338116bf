using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Providers;

namespace Plugins.Jitsi;

/// <summary>What servers report: JaaS by its webhooks, servers of one's own by the module event_sync.</summary>
internal static class JitsiEvents
{
    /// <param name="options">The settings.</param>
    /// <param name="secret">What rooms' passwords are made of; null where people meet on a server without tokens.</param>
    /// <param name="call">What came in.</param>
    /// <param name="now">UTC.</param>
    public static WebhookReply Receive(JitsiOptions options, byte[]? secret, WebhookCall call, DateTimeOffset now)
    {
        var isJaas = options.Mode == JitsiMode.Jaas;
        if (options.WebhookSecret is "" || !(isJaas ? JaasSignature.Proves(options.WebhookSecret, call, now) : Bears(options, call)))
            return new(401);
        try
        {
            using var json = JsonDocument.Parse(call.Body);
            if (json.RootElement.ValueKind != JsonValueKind.Object)
                return new(400);
            return isJaas ? JaasEvents.Read(options, secret, json.RootElement)
                : new(200) { Signs = [.. ServerEvents.Read(json.RootElement)] };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return new(400);
        }
    }

    private static bool Bears(JitsiOptions options, WebhookCall call) =>
        call.Headers.TryGetValue("Authorization", out var given)
        && CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes("Bearer " + options.WebhookSecret)));
}

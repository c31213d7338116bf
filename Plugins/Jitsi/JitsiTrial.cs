using System.Security.Cryptography;
using Providers;

namespace Plugins.Jitsi;

/// <summary>Tokens for a room that nobody will enter.</summary>
internal sealed class JitsiTrial(JitsiOptions options, TimeProvider clock)
{
    private readonly JitsiToken token = new(options);

    public IReadOnlyList<JitsiKey> Keys => token.Keys;

    public string Room { get; } = $"connection-test-{RandomNumberGenerator.GetHexString(20, lowercase: true)}";

    public string Token(JitsiKey key)
    {
        var now = clock.GetUtcNow();
        return token.Write(Room, new JoinRequest
        {
            Handle = new(Room),
            Meeting = new(Guid.Empty, "", now, now, now, 1),
            // The same at every check: JaaS bills by person.
            Participant = new(Guid.Empty, "Connection test", null, null, ParticipantRole.Mentee),
            Culture = "en",
        }, now, key);
    }
}

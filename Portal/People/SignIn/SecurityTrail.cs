using System.Collections.Concurrent;
using System.Diagnostics;
using Portal.AuditTrail;
using Portal.Data;

namespace Portal.People.SignIn;

/// <summary>
/// What somebody needs who asks afterwards whether an attack took place: a row of the audit trail and a line of one log, for every
/// sign-in, factor, reset, key, refusal and limit. Neither holds a name, an address or a token; of the network it says a /24 or a /48.
/// </summary>
public sealed partial class SecurityTrail(
    PortalDbContext db, IHttpContextAccessor http, ILoggerFactory logs, OnceInAWhile once, TimeProvider clock)
{
    public const string Category = "Portal.Security";

    public const string Good = "sign-in.good";
    public const string Bad = "sign-in.bad";
    public const string Limited = "sign-in.limited";
    public const string ProofBad = "sign-in.proof-bad";
    public const string Refused = "access.refused";
    public const string TooMany = "access.limited";
    public const string Unknown = "access.unknown";
    public const string Forged = "access.forged";
    public const string KeyUsed = "access.key-used";

    private static readonly TimeSpan While = TimeSpan.FromMinutes(1);

    private readonly ILogger _log = logs.CreateLogger(Category);

    /// <summary>In the caller's unit of work: saved with the change that it tells about.</summary>
    /// <param name="action">Such as <c>sign-in.bad</c>.</param>
    /// <param name="account">Whose; null where it is nobody's, or not known.</param>
    /// <param name="how">The factor, the route; nothing that a person wrote.</param>
    public void Note(string action, Guid? account, string? how)
    {
        var network = ClientNetwork.Coarse(http.HttpContext?.Connection.RemoteIpAddress);
        var trace = Activity.Current?.TraceId.ToString() ?? http.HttpContext?.TraceIdentifier ?? "-";
        var actor = http.HttpContext?.User.UserId() ?? (action == Good ? account : null);
        Audit.Note(db, clock.GetUtcNow(), actor, action, account is { } id ? $"person:{id}" : "-", $"{how ?? "-"} {network} {trace}");
        Line(_log, action, account, actor, how ?? "-", network, trace);
    }

    /// <summary>How, and from which network; null for details of another form.</summary>
    public static (string How, string Network)? Read(string action, string? details) =>
        action.Split('.')[0] is "sign-in" or "access" or "account" && details?.Split(' ') is [.. var how, var network, _]
            ? (string.Join(' ', how), network) : null;

    /// <summary>Where nothing else is to be saved.</summary>
    public Task NoteNowAsync(string action, Guid? account, string? how, CancellationToken cancellationToken)
    {
        Note(action, account, how);
        return db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Likewise, for what may come in floods: once a minute for each account, network and matter.</summary>
    public Task NoteOnceAsync(string action, Guid? account, string? how, CancellationToken cancellationToken) =>
        once.Is($"{action} {account} {how} {ClientNetwork.Of(http.HttpContext?.Connection.RemoteIpAddress)}", While)
            ? NoteNowAsync(action, account, how, cancellationToken) : Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Information,
        Message = "{Event} account={Account} actor={Actor} how={How} network={Network} trace={Trace}")]
    private static partial void Line(ILogger log, string @event, Guid? account, Guid? actor, string how, string network, string trace);
}

/// <summary>Lets the first of many through; in memory, for so many matters at most.</summary>
public sealed class OnceInAWhile(TimeProvider clock)
{
    private const int Max = 10_000;

    private readonly ConcurrentDictionary<string, DateTimeOffset> _last = new();

    public bool Is(string what, TimeSpan whileFor)
    {
        var now = clock.GetUtcNow();
        if (_last.TryGetValue(what, out var last) && now - last < whileFor && now >= last)
            return false;
        if (_last.Count >= Max)
            _last.Clear();
        _last[what] = now;
        return true;
    }
}

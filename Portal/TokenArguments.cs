using System.Globalization;
using Portal.ProviderHost;
using Providers;

namespace Portal;

/// <summary>What was asked of <c>token</c> on the command line.</summary>
internal sealed record TokenArguments
{
    public const string Usage = """
        Usage:
          token mint --room ROOM [--role mentor|mentee|observer|guest] [--name NAME] [--email EMAIL]
                     [--minutes N] [--kind one-to-one|group|instant] [--tool ID] [--json]
                               make a token for a room, as such a person would get it for a session of N minutes
                               (mentor, 60 and one-to-one unless told otherwise), and the whole address that opens the room
          token check TOKEN|- [--room ROOM] [--tool ID] [--json]
                               what a token holds and whether the tool will accept it now; - reads it from standard input,
                               so that it stands in no list of processes
          token --help         this text

        --tool names the plugin, where more than one uses tokens. --json writes one JSON object.
        Exit codes: 0 made, or good; 1 not made, or not good; 2 not understood.
        """;

    private static readonly Dictionary<string, ParticipantRole> Roles = new()
    {
        ["mentor"] = ParticipantRole.Mentor,
        ["mentee"] = ParticipantRole.Mentee,
        ["observer"] = ParticipantRole.Observer,
        ["guest"] = ParticipantRole.Guest,
    };

    private static readonly Dictionary<string, MeetingKind> Kinds = new()
    {
        ["one-to-one"] = MeetingKind.OneToOne,
        ["group"] = MeetingKind.Group,
        ["instant"] = MeetingKind.Instant,
    };

    private static readonly string[] ForMint = ["room", "role", "name", "email", "minutes", "kind", "tool", "json"];
    private static readonly string[] ForCheck = ["room", "tool", "json"];

    public bool IsHelp { get; private init; }

    /// <summary>What to check; null when one is to be made.</summary>
    public string? Token { get; private init; }

    public TokenRequest? Request { get; private init; }
    public string? Room { get; private init; }
    public string? Tool { get; private init; }
    public bool AsJson { get; private init; }

    /// <summary>Null when it is not understood.</summary>
    public static TokenArguments? Parse(string[] args)
    {
        if (args is ["--help" or "-h" or "help"] or ["mint" or "check", "--help" or "-h"])
            return new() { IsHelp = true };
        return args switch
        {
            ["mint", .. var rest] when Options(rest, ForMint) is { } options => Mint(options),
            ["check", var token, .. var rest] when !token.StartsWith("--", StringComparison.Ordinal)
                && Options(rest, ForCheck) is { } options => Common(options) with { Token = token },
            _ => null,
        };
    }

    private static TokenArguments? Mint(Dictionary<string, string> options)
    {
        if (!options.TryGetValue("room", out var room)
            || !Roles.TryGetValue(options.GetValueOrDefault("role", "mentor"), out var role)
            || !Kinds.TryGetValue(options.GetValueOrDefault("kind", "one-to-one"), out var kind)
            || !int.TryParse(options.GetValueOrDefault("minutes", "60"), NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
            || minutes is 0 || minutes > ProviderTokens.MaxLength.TotalMinutes)
            return null;
        return Common(options) with
        {
            Request = new(room, options.GetValueOrDefault("name", "Test"), role, TimeSpan.FromMinutes(minutes), kind)
            {
                Email = options.GetValueOrDefault("email"),
            },
        };
    }

    private static TokenArguments Common(Dictionary<string, string> options) => new()
    {
        Room = options.GetValueOrDefault("room"),
        Tool = options.GetValueOrDefault("tool"),
        AsJson = options.ContainsKey("json"),
    };

    /// <summary>Null for one that is not known, stands there twice, or has no value.</summary>
    private static Dictionary<string, string>? Options(string[] args, string[] known)
    {
        var found = new Dictionary<string, string>();
        for (var i = 0; i < args.Length; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal) || args[i][2..] is not { } name || !known.Contains(name))
                return null;
            if (name != "json" && (++i == args.Length || args[i] is ""))
                return null;
            if (!found.TryAdd(name, args[i]))
                return null;
        }
        return found;
    }
}

namespace Portal.Sessions.Notes;

/// <summary>What a session's people write down together: before it, during it and afterwards. No row until somebody has.</summary>
public class SessionNotes
{
    public const int MaxText = 10_000;

    /// <summary>Of each writer's page at most one is on its way.</summary>
    public const int MaxSaves = 20 * KeyLength;
    private const int KeyLength = 33;

    public Guid SessionId { get; set; }

    /// <summary>What is to be talked about.</summary>
    public string Agenda { get; set; } = "";

    /// <summary>What was said, and what comes of it.</summary>
    public string Notes { get; set; } = "";

    /// <summary>Rises with every change, of the steps too: pages that show an older one look again.</summary>
    public int Version { get; set; }
    public DateTimeOffset ChangedUtc { get; set; }

    /// <summary>A participant's id.</summary>
    public Guid? ChangedBy { get; set; }

    /// <summary>Keys of the latest saves: one that comes again, because its answer was lost on the way, is merged no second time.</summary>
    public string Saves { get; private set; } = "";

    public bool HasSaved(Guid? key) => key is { } known && Saves.Contains($"{known:N}", StringComparison.Ordinal);

    public void Remember(Guid? key)
    {
        if (key is { } fresh)
            Saves = string.Concat($"{fresh:N} ", Saves.AsSpan(0, Math.Min(Saves.Length, MaxSaves - KeyLength)));
    }

    public string Of(NoteText which) => which == NoteText.Agenda ? Agenda : Notes;

    public void Set(NoteText which, string text)
    {
        if (which == NoteText.Agenda)
            Agenda = text;
        else
            Notes = text;
    }
}

/// <summary>The texts beside a session.</summary>
public enum NoteText
{
    Agenda,
    Notes,

    /// <summary>The mentor's, for nobody else.</summary>
    Own,
}

/// <summary>Something that the people of a session agreed to do.</summary>
public class SessionStep
{
    public const int MaxText = 300;
    public const int MaxSteps = 50;

    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid SessionId { get; set; }
    public string Text { get; set; } = "";
    public DateTimeOffset CreatedUtc { get; set; }

    /// <summary>Null as long as it is to be done.</summary>
    public DateTimeOffset? DoneUtc { get; set; }
}

/// <summary>What a mentor notes about a session for nobody else, administrators included.</summary>
public class PrivateNote
{
    public Guid SessionId { get; set; }
    public Guid UserId { get; set; }
    public string Text { get; set; } = "";
    public int Version { get; set; }
    public DateTimeOffset ChangedUtc { get; set; }
}

/// <summary>One message of the meeting's chat to everybody, where the setting keeps them.</summary>
public class ChatLine
{
    public const int MaxText = 2000;
    public const int MaxLines = 1000;

    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid SessionId { get; set; }

    /// <summary>Whose page told of it: nobody writes in another's name.</summary>
    public Guid ParticipantId { get; set; }
    public string Text { get; set; } = "";
    public DateTimeOffset AtUtc { get; set; }
}

using System.Text;
using DiffPlex;
using DiffPlex.Chunkers;

namespace Portal.Sessions.Notes;

/// <summary>
/// Brings two people's changes to one text together, word by word. Where both changed the same words, both are kept: people see what
/// to do about it, and nothing that was typed is lost. (The differences are the library's; its own merge loses what is added to an
/// empty text, see docs/decisions/0020.)
/// </summary>
public static class TextMerge
{
    private static readonly CustomFunctionChunker Chunker = new(Words);

    /// <param name="before">What both began from.</param>
    /// <param name="theirs">As it is by now.</param>
    /// <param name="mine">As it was typed.</param>
    public static string Merge(string before, string theirs, string mine)
    {
        if (mine == before || mine == theirs)
            return theirs;
        if (theirs == before)
            return mine;
        var (words, first, second) = (Words(before), new Side(before, theirs), new Side(before, mine));
        var merged = new StringBuilder(theirs.Length + mine.Length);
        var at = 0;
        while (first.Next is not null || second.Next is not null)
        {
            var start = Math.Min(first.Next?.Start ?? int.MaxValue, second.Next?.Start ?? int.MaxValue);
            Copy(merged, words, at, start);
            // What one side puts in before a word goes in, whatever becomes of the word.
            if (first.PutsIn(start) != second.PutsIn(start))
            {
                merged.Append((first.PutsIn(start) ? first : second).Take(start, start));
                at = start;
                continue;
            }
            at = Grow(start, first, second);
            merged.Append(Both(first.Take(start, at), second.Take(start, at)));
        }
        Copy(merged, words, at, words.Count);
        return merged.ToString();
    }

    /// <summary>Where the change ends that begins here, with all of the other side that it runs into.</summary>
    private static int Grow(int start, Side first, Side second)
    {
        var end = start;
        while (first.Reaches(start, ref end) | second.Reaches(start, ref end))
        {
        }
        return end;
    }

    private static string Both(string? theirs, string? mine)
    {
        if (string.IsNullOrEmpty(theirs) || string.IsNullOrEmpty(mine))
            return theirs + mine;
        // Half of it may have arrived before, when the answer was lost on its way.
        if (Holds(Words(theirs), Words(mine)))
            return theirs;
        if (Holds(Words(mine), Words(theirs)))
            return mine;
        return char.IsWhiteSpace(theirs[^1]) || char.IsWhiteSpace(mine[0]) ? theirs + mine : $"{theirs} {mine}";
    }

    private static bool Holds(IReadOnlyList<string> whole, IReadOnlyList<string> part)
    {
        for (var at = 0; at + part.Count <= whole.Count; at++)
            if (whole.Skip(at).Take(part.Count).SequenceEqual(part))
                return true;
        return false;
    }

    private static void Copy(StringBuilder merged, IReadOnlyList<string> words, int from, int to)
    {
        for (var i = from; i < to; i++)
            merged.Append(words[i]);
    }

    /// <summary>Words, the spaces between them, and line breaks one by one.</summary>
    private static List<string> Words(string text)
    {
        var words = new List<string>();
        for (int from = 0, to; from < text.Length; from = to)
        {
            to = from + 1;
            if (text[from] != '\n')
                while (to < text.Length && text[to] != '\n' && char.IsWhiteSpace(text[to]) == char.IsWhiteSpace(text[from]))
                    to++;
            words.Add(text[from..to]);
        }
        return words;
    }

    /// <param name="Start">In words of what both began from.</param>
    /// <param name="End">The first word behind.</param>
    private sealed record Change(int Start, int End, int NewStart, int NewEnd);

    /// <summary>One person's changes, in order.</summary>
    private sealed class Side
    {
        private readonly List<string> _words;
        private readonly Queue<Change> _changes;

        public Side(string before, string after)
        {
            _words = Words(after);
            _changes = new(Differ.Instance.CreateDiffs(before, after, ignoreWhiteSpace: false, ignoreCase: false, Chunker).DiffBlocks
                .Select(b => new Change(
                    b.DeleteStartA, b.DeleteStartA + b.DeleteCountA, b.InsertStartB, b.InsertStartB + b.InsertCountB)));
        }

        public Change? Next => _changes.TryPeek(out var next) ? next : null;

        public bool PutsIn(int start) => Next is { } next && next.Start == start && next.End == start;

        /// <summary>Whether one of the changes makes the stretch longer.</summary>
        public bool Reaches(int start, ref int end)
        {
            var before = end;
            foreach (var change in _changes)
                if (change.Start == start || change.Start < end)
                    end = Math.Max(end, change.End);
            return end > before;
        }

        /// <summary>The stretch as this side has it; null where it changed nothing in it.</summary>
        public string? Take(int start, int end)
        {
            int? from = null;
            var to = 0;
            while (Next is { } change && (change.Start == start || change.Start < end))
            {
                _changes.Dequeue();
                // Before and behind it the words are as many as they were.
                from ??= change.NewStart - (change.Start - start);
                to = change.NewEnd + (end - change.End);
            }
            return from is null ? null : string.Concat(_words[from.Value..to]);
        }
    }
}

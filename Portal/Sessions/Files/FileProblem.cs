using Localization;
using Portal.Sessions.Changes;

namespace Portal.Sessions.Files;

/// <summary>What stands against a file itself, whoever brings it.</summary>
public enum FileProblem
{
    None,
    Missing,
    NoName,
    TooLarge,

    /// <summary>By what is in it, it is nothing that may be shared.</summary>
    NotAllowed,

    /// <summary>It is called by another kind's name.</summary>
    NotWhatItSays,
}

/// <param name="Outcome">Of the session.</param>
/// <param name="Problem">Of the file.</param>
/// <param name="File">Null unless it is kept.</param>
public sealed record FileResult(SessionOutcome Outcome, FileProblem Problem, SessionFile? File)
{
    public bool IsKept => File is not null;

    public int Status => Problem switch
    {
        FileProblem.None => Outcome.Status(),
        FileProblem.TooLarge => StatusCodes.Status413PayloadTooLarge,
        _ => StatusCodes.Status422UnprocessableEntity,
    };

    /// <summary>In the reader's language.</summary>
    public string Text(FilesOptions options) => Problem switch
    {
        FileProblem.None when Outcome == SessionOutcome.TooManyFiles =>
            ErrorText.FilesTooMany.With(options.MaxPerSession, options.MaxMegabytesPerSession),
        FileProblem.None => Outcome.Text(),
        FileProblem.Missing => ErrorText.FileMissing,
        FileProblem.NoName => ErrorText.FileNoName,
        FileProblem.TooLarge => ErrorText.FileTooLarge.With(options.MaxMegabytes),
        FileProblem.NotWhatItSays => ErrorText.FileNotWhatItSays,
        _ => ErrorText.FileNotAllowed.With(FileKind.Words),
    };

    internal static FileResult Wrong(FileProblem problem) => new(SessionOutcome.Done, problem, null);

    internal static FileResult Refused(SessionOutcome outcome) => new(outcome, FileProblem.None, null);
}

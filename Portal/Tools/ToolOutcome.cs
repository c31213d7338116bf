using Localization;

namespace Portal.Tools;

/// <summary>What came of something that an administrator did to a meeting tool.</summary>
public enum ToolOutcome
{
    Done,
    NotAllowed,
    NotFound,

    /// <summary>Somebody else changed it since it was shown.</summary>
    Changed,

    /// <summary>Fields do not fit.</summary>
    Invalid,

    /// <summary>What is stored cannot be read, and nobody said that it may be replaced.</summary>
    Unreadable,

    /// <summary>Something still uses it.</summary>
    InUse,
    IsDefault,
    IsOff,
    TooOften,
}

public static class ToolOutcomes
{
    public static int Status(this ToolOutcome outcome) => Row(outcome).Status;

    public static string Text(this ToolOutcome outcome) => Row(outcome).Text;

    private static (int Status, string Text) Row(ToolOutcome outcome) => outcome switch
    {
        ToolOutcome.Done => (StatusCodes.Status204NoContent, ""),
        ToolOutcome.NotAllowed => (StatusCodes.Status403Forbidden, ErrorText.ToolNotAllowed),
        ToolOutcome.NotFound => (StatusCodes.Status404NotFound, ErrorText.ToolNoAccount),
        ToolOutcome.Changed => (StatusCodes.Status409Conflict, ErrorText.ToolChangedMeanwhile),
        ToolOutcome.Invalid => (StatusCodes.Status422UnprocessableEntity, ErrorText.CheckFields),
        ToolOutcome.Unreadable => (StatusCodes.Status409Conflict, ErrorText.ToolSettingsUnreadable),
        ToolOutcome.InUse => (StatusCodes.Status409Conflict, ErrorText.ToolAccountInUse),
        ToolOutcome.IsDefault => (StatusCodes.Status409Conflict, ErrorText.ToolAccountIsDefault),
        ToolOutcome.IsOff => (StatusCodes.Status409Conflict, ErrorText.ToolAccountOff),
        _ => (StatusCodes.Status429TooManyRequests, ErrorText.ToolCheckedTooOften),
    };
}

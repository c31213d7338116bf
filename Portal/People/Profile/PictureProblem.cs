using Localization;

namespace Portal.People.Profile;

public enum PictureProblem
{
    None,
    Missing,
    TooLarge,
    TooManyPixels,

    /// <summary>Neither JPEG, PNG nor WebP.</summary>
    NotAPicture,

    /// <summary>It begins like one and then is not.</summary>
    Broken,

    /// <summary>One that is made to be dear: hundreds of scans, four colours, or a huge one that is built up step by step.</summary>
    TooElaborate,

    /// <summary>It was given up.</summary>
    TooSlow,

    /// <summary>The same person's last one is still being drawn.</summary>
    OneAtATime,

    /// <summary>Others' are.</summary>
    Busy,

    /// <summary>It was drawn, and the database has no room for it; the old one is still there.</summary>
    NoRoom,
}

public static class PictureProblems
{
    /// <summary>When to try again, where that helps.</summary>
    public const int RetryAfterSeconds = 10;

    public static bool IsForNow(this PictureProblem problem) => problem is PictureProblem.OneAtATime or PictureProblem.Busy;

    public static int Status(this PictureProblem problem) => Row(problem).Status;

    /// <summary>In the caller's language; empty for none.</summary>
    public static string Text(this PictureProblem problem) => Row(problem).Text;

    private static (int Status, string Text) Row(PictureProblem problem) => problem switch
    {
        PictureProblem.None => (204, ""),
        PictureProblem.Missing => (422, ErrorText.PictureMissing),
        PictureProblem.TooLarge => (422, ErrorText.PictureTooLarge.With(PictureFile.MaxBytes / (1024 * 1024))),
        PictureProblem.TooManyPixels => (422, ErrorText.PictureTooManyPixels.With(PictureFile.MaxPixels / 1_000_000)),
        PictureProblem.NotAPicture => (422, ErrorText.PictureNotOne),
        PictureProblem.TooElaborate => (422, ErrorText.PictureTooElaborate),
        PictureProblem.TooSlow => (422, ErrorText.PictureTooSlow),
        PictureProblem.OneAtATime => (429, ErrorText.PictureOneAtATime),
        PictureProblem.Busy => (503, ErrorText.PictureBusy),
        PictureProblem.NoRoom => (507, ErrorText.PictureNoRoom),
        _ => (422, ErrorText.PictureBroken),
    };
}

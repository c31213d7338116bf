namespace Providers;

/// <summary>The tool keeps the time and the title of a meeting. Since 1.1.</summary>
public interface ISupportsUpdate
{
    /// <summary>Makes the tool's meeting fit the request. Called by a job with retries, after the session was moved or renamed.</summary>
    /// <param name="handle">As it is stored.</param>
    /// <param name="request">The session as it is now.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>What is stored from now on; usually the handle that was given.</returns>
    /// <exception cref="ProviderException">
    /// With the reason. <see cref="ProviderFailure.NotFound"/> and <see cref="ProviderFailure.Rejected"/> make the host create a new
    /// meeting.
    /// </exception>
    ValueTask<MeetingHandle> UpdateMeetingAsync(MeetingHandle handle, MeetingRequest request, CancellationToken cancellationToken);
}

/// <summary>The provider can say whether a meeting is still there. Since 1.1.</summary>
public interface ISupportsLookup
{
    /// <summary>Called by a job for the sessions of the next day; false makes the host create a new meeting.</summary>
    /// <exception cref="ProviderException">When it cannot be said.</exception>
    ValueTask<bool> ExistsAsync(MeetingHandle handle, CancellationToken cancellationToken);
}

/// <summary>The tool has phone numbers that people can join by. Since 1.1.</summary>
public interface ISupportsDialIn
{
    /// <summary>Called by a job once the meeting is made.</summary>
    /// <returns>Null when this meeting has none.</returns>
    /// <exception cref="ProviderException">With the reason; the meeting stays, without numbers.</exception>
    ValueTask<DialIn?> GetDialInAsync(MeetingHandle handle, CancellationToken cancellationToken);
}

/// <summary>How to join by phone. Since 1.1.</summary>
/// <param name="Numbers">At most ten are shown.</param>
/// <param name="Pin">What the caller is asked for; null when nothing.</param>
public sealed record DialIn(IReadOnlyList<DialInNumber> Numbers, string? Pin);

/// <summary>A phone number to join by. Since 1.1.</summary>
/// <param name="Number">As it is dialled, such as <c>+20 2 1234567</c>.</param>
/// <param name="Country">A two-letter code (ISO 3166), or null.</param>
public sealed record DialInNumber(string Number, string? Country);

/// <summary>The tool knows afterwards who was there. Since 1.1.</summary>
public interface ISupportsAttendance
{
    /// <summary>Called by a job after the end of the session, again until the tool has its records.</summary>
    /// <returns>Null while the records are not there yet; empty when nobody came.</returns>
    /// <exception cref="ProviderException">With the reason.</exception>
    ValueTask<IReadOnlyList<MeetingSign>?> ReadAttendanceAsync(MeetingHandle handle, CancellationToken cancellationToken);
}

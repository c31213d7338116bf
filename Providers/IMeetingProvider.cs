namespace Providers;

/// <summary>
/// A video tool. A plugin holds exactly one public class that implements this interface, with one public constructor
/// that takes a <see cref="ProviderContext{TOptions}"/>. The host makes one instance for each set of settings and uses
/// it from many threads at once; an instance must therefore keep no state of a single call.
/// </summary>
/// <remarks>
/// Every call has a time limit of the host's. Known failures are a <see cref="ProviderException"/>; any other exception
/// marks the plugin as faulted for the administrator and never reaches a mentee.
/// </remarks>
public interface IMeetingProvider
{
    /// <summary>What this provider is under its present settings. Must answer at once, without I/O.</summary>
    ProviderDescriptor Descriptor { get; }

    /// <summary>
    /// Makes the meeting of one session and room version, or names it where nothing has to be made.
    /// The host may call it again after a failure with the same <see cref="MeetingRequest.IdempotencyKey"/>.
    /// </summary>
    /// <returns>What the host stores and hands back in every later call; it is never shown to anyone.</returns>
    /// <exception cref="ProviderException">With the reason, for every failure that can be foreseen.</exception>
    ValueTask<MeetingHandle> CreateMeetingAsync(MeetingRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Says where one person goes now. Called at every click, after the host has checked that this person may join.
    /// Avoid network calls here wherever the tool allows it.
    /// </summary>
    /// <exception cref="ProviderException">With the reason, for every failure that can be foreseen.</exception>
    ValueTask<JoinTarget> GetJoinAsync(JoinRequest request, CancellationToken cancellationToken);

    /// <summary>Ends or deletes the meeting. A meeting that is already gone counts as success.</summary>
    ValueTask EndMeetingAsync(MeetingHandle handle, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>Tries the present settings for "Test connection", with a real call where the tool has one.</summary>
    ValueTask<ProviderCheck> CheckAsync(CancellationToken cancellationToken);
}

namespace Portal;

/// <summary>
/// The portal cannot start, and the operator can do something about it. The message is one sentence that says what;
/// it is printed without a stack trace.
/// </summary>
public sealed class StartupException(string message, Exception? inner = null) : Exception(message, inner);

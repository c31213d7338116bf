namespace Plugins.Zoom;

/// <summary>What is sent to make or to change a meeting; what is null is not sent.</summary>
internal sealed record ZoomMeetingBody
{
    public string? Topic { get; init; }
    public int? Type { get; init; }
    public string? StartTime { get; init; }
    public int? Duration { get; init; }
    public string? Timezone { get; init; }
    public string? Agenda { get; init; }
    public string? Password { get; init; }
    public ZoomMeetingSettings? Settings { get; init; }
}

internal sealed record ZoomMeetingSettings
{
    public bool? WaitingRoom { get; init; }
    public bool? JoinBeforeHost { get; init; }
    public bool? MuteUponEntry { get; init; }
    public bool? UsePmi { get; init; }
    public int? ApprovalType { get; init; }
    public string? AutoRecording { get; init; }
    public bool? RegistrantsEmailNotification { get; init; }
}

internal sealed record ZoomStatusBody(string Action);

internal sealed record ZoomRegistrantBody(string Email, string FirstName);

/// <summary>What is read of a meeting.</summary>
internal sealed record ZoomMeeting
{
    public long Id { get; init; }
    public string? Uuid { get; init; }
    public string? Agenda { get; init; }
    public string? JoinUrl { get; init; }
    public string? StartUrl { get; init; }
    public string? Status { get; init; }
    public string? PstnPassword { get; init; }
    public ZoomSettingsRead? Settings { get; init; }

    public bool IsRunning => Status == "started";
}

internal sealed record ZoomSettingsRead
{
    public int? ApprovalType { get; init; }
    public ZoomNumber[]? GlobalDialInNumbers { get; init; }
}

internal sealed record ZoomNumber
{
    public string? Number { get; init; }
    public string? Country { get; init; }
}

/// <summary>Lists that come in pages; each has one of the arrays.</summary>
internal sealed record ZoomPage
{
    public string? NextPageToken { get; init; }
    public ZoomMeeting[]? Meetings { get; init; }
    public ZoomParticipant[]? Participants { get; init; }
    public ZoomRegistrant[]? Registrants { get; init; }
}

internal sealed record ZoomParticipant
{
    /// <summary>The Zoom user; empty for people who did not sign in to Zoom.</summary>
    public string? Id { get; init; }

    /// <summary>One stay in one meeting.</summary>
    public string? UserId { get; init; }
    public string? UserEmail { get; init; }
    public string? RegistrantId { get; init; }
    public string? JoinTime { get; init; }
    public string? LeaveTime { get; init; }
}

internal sealed record ZoomRegistrant
{
    public string? Id { get; init; }
    public string? RegistrantId { get; init; }
    public string? Email { get; init; }
    public string? JoinUrl { get; init; }
}

internal sealed record ZoomUser
{
    /// <summary>1 Basic, 2 Licensed.</summary>
    public int? Type { get; init; }
    public string? Status { get; init; }
}

internal sealed record ZoomTokenAnswer
{
    public string? AccessToken { get; init; }
    public int? ExpiresIn { get; init; }
    public string? Scope { get; init; }
}

internal sealed record ZoomError
{
    public int? Code { get; init; }
    public string? Message { get; init; }
    public ZoomFieldError[]? Errors { get; init; }
}

internal sealed record ZoomFieldError
{
    public string? Field { get; init; }
}

namespace Portal.Pages.Mentors;

/// <summary>Where pictures are served: the one place on these pages that knows.</summary>
public static class MentorPictures
{
    public static string? Address(Guid userId, string? version) => version is null ? null : $"/pictures/{userId}?v={Uri.EscapeDataString(version)}";
}

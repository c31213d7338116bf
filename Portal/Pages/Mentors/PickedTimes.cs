using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Portal.Cultures;
using Portal.Mentors;
using Portal.Sessions.Availability;

namespace Portal.Pages.Mentors;

/// <summary>The time that somebody picked before they were asked to sign in.</summary>
public sealed record PickedTime(string Mentor, DateTimeOffset Start, string Zone);

/// <summary>Reads it from the address that one is going to.</summary>
public sealed class PickedTimes(MentorCalendar calendar, IOptions<DirectoryOptions> directory)
{
    private const string Mentors = "/mentors/";

    /// <summary>Null for any other address, and where visitors may not know the mentors.</summary>
    public async Task<PickedTime?> ReadAsync(HttpContext http, string? returnUrl)
    {
        if (!directory.Value.PublicDirectory || returnUrl?.StartsWith(Mentors, StringComparison.Ordinal) != true)
            return null;
        var parts = returnUrl[Mentors.Length..].Split('?', 2);
        if (parts.Length < 2 || !Guid.TryParse(parts[0], out var id))
            return null;
        var query = QueryHelpers.ParseQuery(parts[1]);
        if (!query.TryGetValue("start", out var text)
            || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var start)
            || await calendar.FindAsync(id, http.RequestAborted) is not { } mentor)
            return null;
        return new(mentor.User.DisplayName, start.ToUniversalTime(), VisitorZone.Of(http) ?? mentor.User.TimeZone);
    }
}

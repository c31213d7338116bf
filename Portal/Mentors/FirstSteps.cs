using Localization;
using Microsoft.EntityFrameworkCore;
using Portal.Data;

namespace Portal.Mentors;

/// <param name="Text">What to do.</param>
/// <param name="Path">Where.</param>
/// <param name="Done">It is done.</param>
public sealed record FirstStep(string Text, string Path, bool Done);

/// <summary>What a mentor does before anybody can book.</summary>
public sealed class FirstSteps(PortalDbContext db)
{
    public async Task<IReadOnlyList<FirstStep>> OfAsync(Guid mentorId, CancellationToken cancellationToken)
    {
        var now = await db.MentorProfiles.Where(m => m.UserId == mentorId)
            .Select(m => new
            {
                HasHeadline = m.Headline != "",
                HasHours = m.Hours.Count > 0 || m.SpecialDays.Any(d => d.FromMinute != null),
            })
            .FirstOrDefaultAsync(cancellationToken);
        return now is null ? [] :
        [
            new(UiText.StepProfile, "/settings", now.HasHeadline),
            new(UiText.StepHours, "/settings/hours", now.HasHours),
        ];
    }
}

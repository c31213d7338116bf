using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Sessions.Availability;

namespace Portal.Mentors;

/// <summary>Who becomes a mentor has settings from then on; who becomes one again has those of before.</summary>
public static class NewMentors
{
    public static async Task AddAsync(PortalDbContext db, Guid userId, CancellationToken cancellationToken)
    {
        if (!await db.MentorProfiles.AnyAsync(m => m.UserId == userId, cancellationToken))
            db.MentorProfiles.Add(new MentorProfile { UserId = userId });
    }
}

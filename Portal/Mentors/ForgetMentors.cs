using Microsoft.EntityFrameworkCore;
using Portal.Data;

namespace Portal.Mentors;

/// <summary>What somebody offered as a mentor goes with the account, with hours, days, kinds and busy times.</summary>
public sealed class ForgetMentors(PortalDbContext db) : IForgetPeople
{
    public Task ForgetAsync(Guid userId, string address, CancellationToken cancellationToken) =>
        db.MentorProfiles.Where(m => m.UserId == userId).ExecuteDeleteAsync(cancellationToken);
}

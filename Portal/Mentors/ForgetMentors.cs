using Microsoft.EntityFrameworkCore;
using Portal.Data;

namespace Portal.Mentors;

/// <summary>What somebody offered as a mentor goes with the account: with it the hours, days, kinds and times from the own calendar.</summary>
public sealed class ForgetMentors(PortalDbContext db) : IForgetPeople
{
    public Task ForgetAsync(Guid userId, string address, CancellationToken cancellationToken) =>
        db.MentorProfiles.Where(m => m.UserId == userId).ExecuteDeleteAsync(cancellationToken);
}

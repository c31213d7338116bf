using Microsoft.EntityFrameworkCore;
using Portal.Data;

namespace Portal.People.Profile;

/// <summary>What people say about themselves.</summary>
public sealed class ProfileService(PortalDbContext db)
{
    public Task<PortalUser?> FindAsync(Guid userId, CancellationToken cancellationToken) =>
        db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == userId, cancellationToken);

    /// <summary>The same to be changed and saved.</summary>
    public Task<PortalUser?> FindToChangeAsync(Guid userId, CancellationToken cancellationToken) =>
        db.Users.SingleOrDefaultAsync(u => u.Id == userId, cancellationToken);

    /// <summary>From now on the calendar feed has another address; the old one is dead.</summary>
    public async Task<PortalUser?> RenewFeedAsync(Guid userId, CancellationToken cancellationToken)
    {
        await db.Users.Where(u => u.Id == userId)
            .ExecuteUpdateAsync(set => set.SetProperty(u => u.FeedVersion, u => u.FeedVersion + 1), cancellationToken);
        return await FindAsync(userId, cancellationToken);
    }

    /// <summary>Answers what is wrong with the fields, by their parameters' names; nothing: it is saved.</summary>
    public async Task<IReadOnlyList<FieldProblem>> SaveAsync(
        Guid userId, string? name, string? language, string? zone, CancellationToken cancellationToken)
    {
        var problems = new List<FieldProblem>();
        void Judge(string field, string? wrong)
        {
            if (wrong is not null)
                problems.Add(new(field, wrong));
        }
        Judge(nameof(name), PersonRules.Name(name));
        Judge(nameof(language), PersonRules.Language(language));
        Judge(nameof(zone), PersonRules.Zone(zone));
        if (problems.Count > 0)
            return problems;

        await db.Users.Where(u => u.Id == userId).ExecuteUpdateAsync(set => set
            .SetProperty(u => u.DisplayName, FreeText.OneLine(name)).SetProperty(u => u.Language, language!)
            .SetProperty(u => u.TimeZone, zone!), cancellationToken);
        return [];
    }
}

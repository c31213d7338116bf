using Microsoft.EntityFrameworkCore;
using Portal.Data;

namespace Portal.People;

/// <summary>What people say about themselves.</summary>
public sealed class ProfileService(PortalDbContext db)
{
    public Task<PortalUser?> FindAsync(Guid userId, CancellationToken cancellationToken) =>
        db.Users.SingleOrDefaultAsync(u => u.Id == userId, cancellationToken);

    /// <summary>Answers what is wrong with the fields, by their parameters' names; nothing: it is saved.</summary>
    public async Task<IReadOnlyList<FieldProblem>> SaveAsync(
        PortalUser user, string? name, string? language, string? zone, CancellationToken cancellationToken)
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

        (user.DisplayName, user.Language, user.TimeZone) = (name!.Trim(), language!, zone!);
        await db.SaveChangesAsync(cancellationToken);
        return [];
    }
}

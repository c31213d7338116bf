using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Portal.Data;

namespace Portal.People;

public static class PeopleStart
{
    public static Task PreparePeopleAsync(this IServiceProvider services) => EnsureRolesAsync(
        services.GetRequiredService<RoleManager<IdentityRole<Guid>>>(), services.GetRequiredService<PortalDbContext>());

    /// <summary>Several portals may start at once: who comes second finds the role made.</summary>
    public static async Task EnsureRolesAsync(RoleManager<IdentityRole<Guid>> roles, PortalDbContext db)
    {
        foreach (var name in Roles.All)
        {
            try
            {
                if (!await roles.RoleExistsAsync(name))
                    await roles.CreateAsync(new(name) { Id = Guid.CreateVersion7() });
            }
            catch (DbUpdateException e) when (db.IsConflict(e))
            {
                db.ChangeTracker.Clear();
            }
        }
    }
}

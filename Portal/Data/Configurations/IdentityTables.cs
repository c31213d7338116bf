using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Portal.People;

namespace Portal.Data.Configurations;

/// <summary>Identity names its tables and some indexes itself, which the naming convention leaves as they are.</summary>
internal static class IdentityTables
{
    public static void UseSnakeCase(ModelBuilder builder)
    {
        builder.Entity<PortalUser>().ToTable("asp_net_users");
        builder.Entity<IdentityRole<Guid>>().ToTable("asp_net_roles");
        builder.Entity<IdentityUserRole<Guid>>().ToTable("asp_net_user_roles");
        builder.Entity<IdentityUserClaim<Guid>>().ToTable("asp_net_user_claims");
        builder.Entity<IdentityUserLogin<Guid>>().ToTable("asp_net_user_logins");
        builder.Entity<IdentityUserToken<Guid>>().ToTable("asp_net_user_tokens");
        builder.Entity<IdentityRoleClaim<Guid>>().ToTable("asp_net_role_claims");
        builder.Entity<PortalUser>().HasIndex(u => u.NormalizedEmail).HasDatabaseName("ix_asp_net_users_normalized_email");
        builder.Entity<PortalUser>().HasIndex(u => u.NormalizedUserName).HasDatabaseName("ix_asp_net_users_normalized_user_name");
        builder.Entity<IdentityRole<Guid>>().HasIndex(r => r.NormalizedName).HasDatabaseName("ix_asp_net_roles_normalized_name");
    }
}

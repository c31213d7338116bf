using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.People;
using Portal.ProviderHost;
using Portal.Sessions.Rooms;

namespace Portal.Data.Configurations;

internal sealed class StoredToolPolicyConfiguration : IEntityTypeConfiguration<StoredToolPolicy>
{
    public void Configure(EntityTypeBuilder<StoredToolPolicy> builder)
    {
        builder.Property(p => p.Id).ValueGeneratedNever();
        builder.Property(p => p.DefaultTool).HasMaxLength(40);
        builder.Property(p => p.StandIn).HasMaxLength(40);
        builder.Property(p => p.Version).IsConcurrencyToken();
    }
}

internal sealed class MentorToolAccountConfiguration : IEntityTypeConfiguration<MentorToolAccount>
{
    public void Configure(EntityTypeBuilder<MentorToolAccount> builder)
    {
        builder.Property(m => m.Id).ValueGeneratedNever();
        builder.Property(m => m.Name).HasMaxLength(MentorToolAccount.MaxName);
        builder.HasOne<PortalUser>().WithMany().HasForeignKey(m => m.UserId);
        builder.HasOne(m => m.ProviderAccount).WithMany().HasForeignKey(m => m.ProviderAccountId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(m => new { m.UserId, m.ProviderAccountId }).IsUnique();
    }
}

internal sealed class ToolMoveConfiguration : IEntityTypeConfiguration<ToolMove>
{
    public void Configure(EntityTypeBuilder<ToolMove> builder)
    {
        builder.Property(m => m.Id).ValueGeneratedNever();
        builder.Property(m => m.ProviderId).HasMaxLength(40);
        builder.HasIndex(m => m.DoneUtc);
    }
}

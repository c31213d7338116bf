using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Sessions;
using Portal.Sessions.Breakouts;

namespace Portal.Data.Configurations;

internal sealed class BreakoutGroupConfiguration : IEntityTypeConfiguration<BreakoutGroup>
{
    public void Configure(EntityTypeBuilder<BreakoutGroup> builder)
    {
        builder.ToTable("session_groups");
        builder.HasKey(g => new { g.SessionId, g.Number });
        builder.Property(g => g.Name).HasMaxLength(BreakoutGroup.MaxName);
        builder.HasOne<MentoringSession>().WithMany(s => s.Groups).HasForeignKey(g => g.SessionId);
    }
}

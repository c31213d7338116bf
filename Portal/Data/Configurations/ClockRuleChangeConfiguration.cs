using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Calendar;

namespace Portal.Data.Configurations;

internal sealed class ClockRuleChangeConfiguration : IEntityTypeConfiguration<ClockRuleChange>
{
    public void Configure(EntityTypeBuilder<ClockRuleChange> builder)
    {
        builder.ToTable("clock_rule_changes");
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.Version).HasMaxLength(60);
        builder.HasOne(c => c.Session).WithMany().HasForeignKey(c => c.SessionId);
        builder.HasIndex(c => new { c.SessionId, c.Version }).IsUnique();
    }
}

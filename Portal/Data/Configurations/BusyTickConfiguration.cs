using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Sessions;
using Portal.Sessions.Availability;

namespace Portal.Data.Configurations;

internal sealed class BusyTickConfiguration : IEntityTypeConfiguration<BusyTick>
{
    public void Configure(EntityTypeBuilder<BusyTick> builder)
    {
        builder.HasKey(t => new { t.UserId, t.Tick });
        builder.Property(t => t.Tick).ValueGeneratedNever();
        builder.HasOne<MentoringSession>().WithMany().HasForeignKey(t => t.SessionId);
    }
}

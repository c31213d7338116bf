using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Sessions;
using Portal.Sessions.Live;

namespace Portal.Data.Configurations;

internal sealed class MeetingEventConfiguration : IEntityTypeConfiguration<MeetingEvent>
{
    public void Configure(EntityTypeBuilder<MeetingEvent> builder)
    {
        builder.ToTable("meeting_events");
        builder.Property(e => e.Id).ValueGeneratedNever();
        builder.Property(e => e.Kind).HasConversion<string>().HasMaxLength(30);
        builder.Property(e => e.Decision).HasConversion<string>().HasMaxLength(20);
        builder.Property(e => e.Details).HasMaxLength(2000);
        builder.HasOne<MentoringSession>().WithMany().HasForeignKey(e => e.SessionId);
        builder.Property(e => e.SignId).HasMaxLength(240);
        // Without the filter each join would pay for an index that only tools need.
        builder.HasIndex(e => e.SignId).IsUnique().HasFilter("sign_id IS NOT NULL");
        builder.HasIndex(e => new { e.SessionId, e.AtUtc });
    }
}

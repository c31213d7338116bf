using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Sessions;

namespace Portal.Data.Configurations;

internal sealed class MentoringSessionConfiguration : IEntityTypeConfiguration<MentoringSession>
{
    public void Configure(EntityTypeBuilder<MentoringSession> builder)
    {
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.Topic).HasMaxLength(200);
        builder.Property(s => s.Note).HasMaxLength(1000);
        builder.Property(s => s.KindName).HasMaxLength(80);
        builder.Property(s => s.ExternalMeetingUrl).HasMaxLength(2048);
        builder.HasOne<SessionSeries>().WithMany().HasForeignKey(s => s.SeriesId);
        builder.HasIndex(s => s.ExpiresUtc);
        builder.Property(s => s.State).HasConversion<string>().HasMaxLength(20);
        builder.Property(s => s.TimeZone).HasMaxLength(64);
        builder.Property(s => s.CancelReason).HasMaxLength(500);
        builder.Property(s => s.ConcurrencyToken).IsConcurrencyToken();
        builder.Ignore(s => s.EndUtc);
        builder.Ignore(s => s.MentorPart);
        builder.Ignore(s => s.Seated);
        builder.Ignore(s => s.SeatsTaken);
        builder.Ignore(s => s.IsGroup);
        builder.HasOne(s => s.Mentor).WithMany().HasForeignKey(s => s.MentorId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(s => new { s.MentorId, s.StartUtc });
        builder.HasIndex(s => new { s.State, s.StartUtc });
    }
}

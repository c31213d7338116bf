using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Sessions;

namespace Portal.Data.Configurations;

internal sealed class SessionParticipantConfiguration : IEntityTypeConfiguration<SessionParticipant>
{
    public void Configure(EntityTypeBuilder<SessionParticipant> builder)
    {
        // Of those who hold the session's time, nobody's access ends before it.
        builder.ToTable(table => table.HasCheckConstraint(
            "ck_participants_access_until", "access_until_utc IS NULL OR role IN ('Observer', 'Guest')"));
        builder.Property(p => p.Id).ValueGeneratedNever();
        builder.Property(p => p.Role).HasConversion<string>().HasMaxLength(20);
        builder.Property(p => p.RecordingAnswer).HasConversion<string>().HasMaxLength(10);
        builder.Property(p => p.OwnName).HasMaxLength(100);
        builder.Property(p => p.OwnEmail).HasMaxLength(256);
        builder.Property(p => p.OwnLanguage).HasMaxLength(10);
        builder.Property(p => p.OwnTimeZone).HasMaxLength(64);
        builder.Property(p => p.Feedback).HasMaxLength(1000);
        builder.Ignore(p => p.IsIn);
        builder.Ignore(p => p.HoldsTime);
        builder.Ignore(p => p.Name);
        builder.Ignore(p => p.Email);
        builder.Ignore(p => p.Language);
        builder.Ignore(p => p.TimeZone);
        builder.HasOne(p => p.Session).WithMany(s => s.Participants).HasForeignKey(p => p.SessionId);
        builder.HasOne(p => p.User).WithMany().HasForeignKey(p => p.UserId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(p => p.UserId);
        builder.HasIndex(p => p.InvitedUtc);
    }
}

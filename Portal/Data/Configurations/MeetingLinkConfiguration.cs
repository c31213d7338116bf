using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.ProviderHost;
using Portal.Sessions.Rooms;

namespace Portal.Data.Configurations;

internal sealed class MeetingLinkConfiguration : IEntityTypeConfiguration<MeetingLink>
{
    public void Configure(EntityTypeBuilder<MeetingLink> builder)
    {
        builder.Property(l => l.Id).ValueGeneratedNever();
        builder.Property(l => l.Handle).HasMaxLength(2000);
        builder.Property(l => l.ToolKey).HasMaxLength(200);
        builder.Property(l => l.DialIn).HasMaxLength(2000);
        builder.Property(l => l.State).HasConversion<string>().HasMaxLength(20);
        builder.Property(l => l.ExternalMeetingUrl).HasMaxLength(2048);
        builder.Property(l => l.MentorPlace).HasMaxLength(300);
        builder.Property(l => l.PlaceKind).HasConversion<string>().HasMaxLength(20);
        builder.Property(l => l.PlaceText).HasMaxLength(300);
        builder.Ignore(l => l.Place);
        builder.Property(l => l.LastFailure).HasMaxLength(500);
        builder.HasOne(l => l.Session).WithMany(s => s.Links).HasForeignKey(l => l.SessionId);
        builder.HasOne(l => l.ProviderAccount).WithMany().HasForeignKey(l => l.ProviderAccountId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(l => new { l.SessionId, l.RoomVersion }).IsUnique();
        builder.HasIndex(l => new { l.State, l.DueUtc });
        builder.HasIndex(l => l.ToolKey);
        builder.HasIndex(l => l.AttendanceDueUtc);
        builder.HasOne<ProviderAccount>().WithMany().HasForeignKey(l => l.InsteadOfAccountId).OnDelete(DeleteBehavior.Restrict);
    }
}

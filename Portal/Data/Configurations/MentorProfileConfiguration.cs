using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.ProviderHost;
using Portal.Sessions.Availability;

namespace Portal.Data.Configurations;

internal sealed class MentorProfileConfiguration : IEntityTypeConfiguration<MentorProfile>
{
    public void Configure(EntityTypeBuilder<MentorProfile> builder)
    {
        builder.HasKey(m => m.UserId);
        builder.HasOne(m => m.User).WithOne().HasForeignKey<MentorProfile>(m => m.UserId);
        builder.HasMany(m => m.Hours).WithOne().HasForeignKey(h => h.MentorId);
        builder.HasMany(m => m.SpecialDays).WithOne().HasForeignKey(d => d.MentorId);
        builder.HasMany(m => m.Kinds).WithOne().HasForeignKey(k => k.MentorId);
        builder.Property(m => m.Headline).HasMaxLength(120);
        builder.Property(m => m.About).HasMaxLength(2000);
        builder.Property(m => m.BusyCalendarProblem).HasMaxLength(200);
        builder.Property(m => m.ProviderId).HasMaxLength(40);
        builder.HasOne<ProviderAccount>().WithMany().HasForeignKey(m => m.ProviderAccountId).OnDelete(DeleteBehavior.Restrict);
        builder.Property(m => m.ToolChoices).HasMaxLength(MentorChoices.MaxLength);
        builder.Property(m => m.ExternalMeetingUrl).HasMaxLength(2048);
        builder.Property(m => m.Place).HasMaxLength(300);
    }
}

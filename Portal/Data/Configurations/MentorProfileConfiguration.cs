using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.People;

namespace Portal.Data.Configurations;

internal sealed class MentorProfileConfiguration : IEntityTypeConfiguration<MentorProfile>
{
    public void Configure(EntityTypeBuilder<MentorProfile> builder)
    {
        builder.HasKey(m => m.UserId);
        builder.HasOne(m => m.User).WithOne().HasForeignKey<MentorProfile>(m => m.UserId);
        builder.HasMany(m => m.Hours).WithOne().HasForeignKey(h => h.MentorId);
        builder.Property(m => m.ProviderId).HasMaxLength(40);
        builder.Property(m => m.ExternalMeetingUrl).HasMaxLength(2048);
    }
}

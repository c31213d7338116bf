using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Sessions.Availability;

namespace Portal.Data.Configurations;

internal sealed class BusyTimeConfiguration : IEntityTypeConfiguration<BusyTime>
{
    public void Configure(EntityTypeBuilder<BusyTime> builder)
    {
        builder.Property(b => b.Id).ValueGeneratedNever();
        builder.HasOne<MentorProfile>().WithMany().HasForeignKey(b => b.MentorId);
        builder.HasIndex(b => new { b.MentorId, b.EndUtc });
    }
}

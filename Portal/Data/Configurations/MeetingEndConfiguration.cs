using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Sessions.Rooms;

namespace Portal.Data.Configurations;

internal sealed class MeetingEndConfiguration : IEntityTypeConfiguration<MeetingEnd>
{
    public void Configure(EntityTypeBuilder<MeetingEnd> builder)
    {
        builder.HasKey(e => e.LinkId);
        builder.HasOne(e => e.Link).WithOne().HasForeignKey<MeetingEnd>(e => e.LinkId);
        builder.HasIndex(e => e.DueUtc);
    }
}

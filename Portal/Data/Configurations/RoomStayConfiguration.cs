using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Sessions;
using Portal.Sessions.Attending;

namespace Portal.Data.Configurations;

internal sealed class RoomStayConfiguration : IEntityTypeConfiguration<RoomStay>
{
    public void Configure(EntityTypeBuilder<RoomStay> builder)
    {
        builder.ToTable("room_stays");
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.End).HasConversion<string>().HasMaxLength(20);
        builder.HasOne<MentoringSession>().WithMany().HasForeignKey(s => s.SessionId);
        builder.HasIndex(s => new { s.ParticipantId, s.PageId });
    }
}

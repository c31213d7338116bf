using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Sessions.Rooms;

namespace Portal.Data.Configurations;

internal sealed class SessionTroubleConfiguration : IEntityTypeConfiguration<SessionTrouble>
{
    public void Configure(EntityTypeBuilder<SessionTrouble> builder)
    {
        builder.ToTable("session_troubles");
        builder.Property(t => t.Id).ValueGeneratedNever();
        builder.Property(t => t.Kind).HasConversion<string>().HasMaxLength(30);
        builder.Property(t => t.Detail).HasMaxLength(500);
        builder.HasIndex(t => new { t.SessionId, t.Kind }).IsUnique();
        builder.HasOne(t => t.Session).WithMany().HasForeignKey(t => t.SessionId);
    }
}

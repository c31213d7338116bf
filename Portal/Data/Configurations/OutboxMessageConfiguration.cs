using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Mail.Queue;

namespace Portal.Data.Configurations;

internal sealed class OutboxMessageConfiguration : IEntityTypeConfiguration<OutboxMessage>
{
    public void Configure(EntityTypeBuilder<OutboxMessage> builder)
    {
        builder.ToTable("outbox_messages");
        builder.Property(m => m.Id).ValueGeneratedNever();
        builder.Property(m => m.Key).HasMaxLength(200);
        builder.Property(m => m.Kind).HasMaxLength(60);
        builder.Property(m => m.ToAddress).HasMaxLength(256);
        builder.Property(m => m.ToName).HasMaxLength(100);
        builder.Property(m => m.Language).HasMaxLength(10);
        builder.Property(m => m.TimeZone).HasMaxLength(64);
        builder.Property(m => m.State).HasConversion<string>().HasMaxLength(20);
        builder.Property(m => m.Subject).HasMaxLength(400);
        builder.Property(m => m.LastFailure).HasMaxLength(500);
        builder.HasIndex(m => m.Key).IsUnique();
        builder.HasIndex(m => new { m.State, m.DueUtc });
        builder.HasIndex(m => m.CreatedUtc);
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Mail.Delivery;
using Portal.Mail.Queue;

namespace Portal.Data.Configurations;

internal sealed class MailAttemptConfiguration : IEntityTypeConfiguration<MailAttempt>
{
    public void Configure(EntityTypeBuilder<MailAttempt> builder)
    {
        builder.ToTable("mail_attempts");
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.Property(a => a.Recipient).HasMaxLength(256);
        builder.Property(a => a.Verdict).HasConversion<string>().HasMaxLength(20);
        builder.Property(a => a.Scope).HasConversion<string>().HasMaxLength(20);
        builder.Property(a => a.Stage).HasConversion<string>().HasMaxLength(20);
        builder.Property(a => a.EnhancedCode).HasMaxLength(20);
        builder.Property(a => a.Text).HasMaxLength(500);
        builder.HasOne<OutboxMessage>().WithMany().HasForeignKey(a => a.MailId);
    }
}

internal sealed class SuppressedAddressConfiguration : IEntityTypeConfiguration<SuppressedAddress>
{
    public void Configure(EntityTypeBuilder<SuppressedAddress> builder)
    {
        builder.ToTable("suppressed_addresses");
        builder.HasKey(a => a.Address);
        builder.Property(a => a.Address).HasMaxLength(256);
        builder.Property(a => a.Reason).HasMaxLength(500);
    }
}

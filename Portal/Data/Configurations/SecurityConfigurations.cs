using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.AuditTrail;
using Portal.Security;
using Portal.Tickets;

namespace Portal.Data.Configurations;

internal sealed class TicketKeyConfiguration : IEntityTypeConfiguration<TicketKey>
{
    public void Configure(EntityTypeBuilder<TicketKey> builder)
    {
        builder.Property(k => k.Id).ValueGeneratedNever();
        builder.Property(k => k.ProtectedKey).HasMaxLength(1000);
    }
}

internal sealed class UsedPassConfiguration : IEntityTypeConfiguration<UsedPass>
{
    public void Configure(EntityTypeBuilder<UsedPass> builder)
    {
        builder.HasKey(p => p.Nonce);
        builder.Property(p => p.Nonce).ValueGeneratedNever();
    }
}

internal sealed class ApiKeyConfiguration : IEntityTypeConfiguration<ApiKey>
{
    public void Configure(EntityTypeBuilder<ApiKey> builder)
    {
        builder.Property(k => k.Id).ValueGeneratedNever();
        builder.Property(k => k.Name).HasMaxLength(100);
        builder.Property(k => k.Hash).HasMaxLength(32);
        builder.Property(k => k.Scope).HasConversion<string>().HasMaxLength(20);
        builder.HasIndex(k => k.Hash).IsUnique();
    }
}

internal sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.Property(a => a.Action).HasMaxLength(60);
        builder.Property(a => a.Subject).HasMaxLength(200);
        builder.Property(a => a.Details).HasMaxLength(2000);
        // Newest first, for each of what an administrator filters by; the id decides between rows of one moment.
        builder.HasIndex(a => new { a.AtUtc, a.Id });
        builder.HasIndex(a => new { a.ActorId, a.AtUtc });
        builder.HasIndex(a => new { a.Subject, a.AtUtc });
        builder.HasIndex(a => new { a.Action, a.AtUtc });
    }
}

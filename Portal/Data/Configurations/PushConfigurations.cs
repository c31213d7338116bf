using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.People.Push;

namespace Portal.Data.Configurations;

internal sealed class PushKeyConfiguration : IEntityTypeConfiguration<PushKey>
{
    public void Configure(EntityTypeBuilder<PushKey> builder)
    {
        builder.ToTable(table => table.HasCheckConstraint("ck_push_keys_only", $"id = {PushKey.Only}"));
        builder.Property(k => k.Id).ValueGeneratedNever();
        builder.Property(k => k.PublicKey).HasMaxLength(100);
        builder.Property(k => k.ProtectedPrivateKey).HasMaxLength(1000);
    }
}

internal sealed class PushSubscriptionConfiguration : IEntityTypeConfiguration<PushSubscription>
{
    public void Configure(EntityTypeBuilder<PushSubscription> builder)
    {
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.Mark).HasMaxLength(32);
        builder.Property(s => s.ProtectedAddress).HasMaxLength(4000);
        builder.HasOne(s => s.User).WithMany().HasForeignKey(s => s.UserId);
        builder.HasIndex(s => s.Mark).IsUnique();
    }
}

internal sealed class PushNoteConfiguration : IEntityTypeConfiguration<PushNote>
{
    public void Configure(EntityTypeBuilder<PushNote> builder)
    {
        builder.Property(n => n.Id).ValueGeneratedNever();
        builder.Property(n => n.Occasion).HasMaxLength(100);
        builder.Property(n => n.Path).HasMaxLength(200);
        builder.HasOne(n => n.Subscription).WithMany().HasForeignKey(n => n.SubscriptionId);
        builder.HasIndex(n => new { n.SubscriptionId, n.Occasion }).IsUnique();
        builder.HasIndex(n => n.DueUtc);
    }
}

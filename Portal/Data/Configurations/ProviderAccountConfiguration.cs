using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.ProviderHost;

namespace Portal.Data.Configurations;

internal sealed class ProviderAccountConfiguration : IEntityTypeConfiguration<ProviderAccount>
{
    public void Configure(EntityTypeBuilder<ProviderAccount> builder)
    {
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.Property(a => a.ProviderId).HasMaxLength(40);
        builder.Property(a => a.Name).HasMaxLength(ProviderAccount.MaxName);
        builder.Property(a => a.Version).IsConcurrencyToken();
        builder.HasIndex(a => new { a.ProviderId, a.Name }).IsUnique();
    }
}

using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.People;

namespace Portal.Data.Configurations;

/// <summary>
/// Identity's own table of passkeys (its schema 3), which it maps only for a context that finds its options among an
/// application's services: migrations and tests make contexts without any.
/// </summary>
internal sealed class PasskeyConfiguration : IEntityTypeConfiguration<IdentityUserPasskey<Guid>>
{
    private const int MaxCredentialIdLength = 1024;

    public void Configure(EntityTypeBuilder<IdentityUserPasskey<Guid>> builder)
    {
        builder.ToTable("asp_net_user_passkeys");
        builder.HasKey(p => p.CredentialId);
        builder.Property(p => p.CredentialId).HasMaxLength(MaxCredentialIdLength);
        builder.OwnsOne(p => p.Data).ToJson();
        builder.HasOne<PortalUser>().WithMany().HasForeignKey(p => p.UserId);
    }
}

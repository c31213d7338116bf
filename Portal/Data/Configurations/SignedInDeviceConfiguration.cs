using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.People;
using Portal.People.SignIn;

namespace Portal.Data.Configurations;

internal sealed class SignedInDeviceConfiguration : IEntityTypeConfiguration<SignedInDevice>
{
    public void Configure(EntityTypeBuilder<SignedInDevice> builder)
    {
        builder.Property(d => d.Id).ValueGeneratedNever();
        builder.Property(d => d.Name).HasMaxLength(100);
        builder.Property(d => d.Stamp).HasMaxLength(100);
        builder.Property(d => d.Mark).HasMaxLength(10);
        builder.HasOne<PortalUser>().WithMany().HasForeignKey(d => d.UserId);
    }
}

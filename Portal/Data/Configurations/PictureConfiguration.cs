using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.People;
using Portal.People.Profile;

namespace Portal.Data.Configurations;

internal sealed class PictureConfiguration : IEntityTypeConfiguration<Picture>
{
    public void Configure(EntityTypeBuilder<Picture> builder)
    {
        builder.HasKey(p => p.UserId);
        builder.Property(p => p.ContentType).HasMaxLength(40);
        builder.Property(p => p.Version).HasMaxLength(40);
        builder.HasOne<PortalUser>().WithOne().HasForeignKey<Picture>(p => p.UserId);
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Sessions.Availability;

namespace Portal.Data.Configurations;

internal sealed class SessionKindConfiguration : IEntityTypeConfiguration<SessionKind>
{
    public void Configure(EntityTypeBuilder<SessionKind> builder)
    {
        builder.Property(k => k.Id).ValueGeneratedNever();
        builder.Property(k => k.Name).HasMaxLength(80);
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Data.Blobs;
using Portal.Sessions;
using Portal.Sessions.Files;

namespace Portal.Data.Configurations;

internal sealed class SessionFileConfiguration : IEntityTypeConfiguration<SessionFile>
{
    public void Configure(EntityTypeBuilder<SessionFile> builder)
    {
        builder.ToTable("session_files");
        builder.Property(f => f.Id).ValueGeneratedNever();
        builder.Property(f => f.Name).HasMaxLength(SessionFile.MaxName);
        builder.Property(f => f.ContentType).HasMaxLength(100);
        builder.Property(f => f.Fingerprint).HasMaxLength(64);
        builder.Property(f => f.BlobKey).HasMaxLength(BlobKey.Length);
        builder.HasOne<MentoringSession>().WithMany().HasForeignKey(f => f.SessionId);
        builder.HasIndex(f => f.BlobKey).IsUnique();
    }
}

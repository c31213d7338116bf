using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Data.Blobs;
using Portal.Sessions;
using Portal.Sessions.Recordings;

namespace Portal.Data.Configurations;

internal sealed class RecordingConfiguration : IEntityTypeConfiguration<Recording>
{
    public void Configure(EntityTypeBuilder<Recording> builder)
    {
        builder.ToTable("recordings");
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.SourceId).HasMaxLength(300);
        builder.Property(r => r.Link).HasMaxLength(Recording.MaxLink);
        builder.Property(r => r.BlobKey).HasMaxLength(BlobKey.Length);
        builder.Property(r => r.ContentType).HasMaxLength(100);
        builder.HasOne<MentoringSession>().WithMany().HasForeignKey(r => r.SessionId);
        builder.HasIndex(r => r.SourceId).IsUnique();
        builder.HasIndex(r => r.FetchDueUtc);
    }
}

internal sealed class RecordingConsentConfiguration : IEntityTypeConfiguration<RecordingConsent>
{
    public void Configure(EntityTypeBuilder<RecordingConsent> builder)
    {
        builder.ToTable("recording_consents");
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.Answer).HasConversion<string>().HasMaxLength(10);
        builder.Property(c => c.Wording).HasMaxLength(ConsentWord.MaxWording);
        builder.Property(c => c.Language).HasMaxLength(10);
        builder.HasOne<MentoringSession>().WithMany().HasForeignKey(c => c.SessionId);
        builder.HasIndex(c => c.ParticipantId);
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Sessions.Trouble;

namespace Portal.Data.Configurations;

internal sealed class TroubleReportConfiguration : IEntityTypeConfiguration<TroubleReport>
{
    public void Configure(EntityTypeBuilder<TroubleReport> builder)
    {
        builder.ToTable("trouble_reports");
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.Place).HasConversion<string>().HasMaxLength(20);
        builder.Property(r => r.Words).HasMaxLength(TroubleReport.MaxWords);
        builder.Property(r => r.Facts).HasMaxLength(1000);
        builder.Property(r => r.Answer).HasMaxLength(TroubleReport.MaxAnswer);
        builder.HasOne(r => r.Session).WithMany().HasForeignKey(r => r.SessionId);
        builder.HasIndex(r => r.ParticipantId);
        builder.HasIndex(r => new { r.AnsweredUtc, r.AtUtc });
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.People;

namespace Portal.Data.Configurations;

internal sealed class GuardianshipConfiguration : IEntityTypeConfiguration<Guardianship>
{
    public void Configure(EntityTypeBuilder<Guardianship> builder)
    {
        builder.ToTable("guardianships", table =>
        {
            table.HasCheckConstraint("ck_guardianships_two_people", "guardian_id <> child_id");
            table.HasCheckConstraint("ck_guardianships_agreed", """
                guardian_id IS NULL AND since_utc IS NULL AND asked_email IS NOT NULL
                OR guardian_id IS NOT NULL AND since_utc IS NOT NULL AND asked_email IS NULL
                """);
        });
        builder.Property(g => g.Id).ValueGeneratedNever();
        builder.Property(g => g.AskedEmail).HasMaxLength(256);
        builder.HasOne(g => g.Child).WithMany(u => u.Guardians).HasForeignKey(g => g.ChildId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(g => g.Guardian).WithMany().HasForeignKey(g => g.GuardianId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(g => new { g.ChildId, g.GuardianId }).IsUnique();
        builder.HasIndex(g => new { g.ChildId, g.AskedEmail }).IsUnique();
        builder.HasIndex(g => g.AskedEmail);
    }
}

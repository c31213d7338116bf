using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.People;
using Portal.Sessions;
using Portal.Sessions.Notes;

namespace Portal.Data.Configurations;

internal sealed class SessionNotesConfiguration : IEntityTypeConfiguration<SessionNotes>
{
    public void Configure(EntityTypeBuilder<SessionNotes> builder)
    {
        builder.ToTable("session_notes");
        builder.HasKey(n => n.SessionId);
        builder.Property(n => n.Agenda).HasMaxLength(SessionNotes.MaxText);
        builder.Property(n => n.Notes).HasMaxLength(SessionNotes.MaxText);
        builder.Property(n => n.Saves).HasMaxLength(SessionNotes.MaxSaves);
        builder.Property(n => n.Version).IsConcurrencyToken();
        builder.HasOne<MentoringSession>().WithOne().HasForeignKey<SessionNotes>(n => n.SessionId);
    }
}

internal sealed class SessionStepConfiguration : IEntityTypeConfiguration<SessionStep>
{
    public void Configure(EntityTypeBuilder<SessionStep> builder)
    {
        builder.ToTable("session_steps");
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.Text).HasMaxLength(SessionStep.MaxText);
        builder.HasOne<MentoringSession>().WithMany().HasForeignKey(s => s.SessionId);
    }
}

internal sealed class PrivateNoteConfiguration : IEntityTypeConfiguration<PrivateNote>
{
    public void Configure(EntityTypeBuilder<PrivateNote> builder)
    {
        builder.ToTable("private_notes");
        builder.HasKey(n => new { n.SessionId, n.UserId });
        builder.Property(n => n.Text).HasMaxLength(SessionNotes.MaxText);
        builder.Property(n => n.Version).IsConcurrencyToken();
        builder.HasOne<MentoringSession>().WithMany().HasForeignKey(n => n.SessionId);
        builder.HasOne<PortalUser>().WithMany().HasForeignKey(n => n.UserId);
    }
}

internal sealed class ChatLineConfiguration : IEntityTypeConfiguration<ChatLine>
{
    public void Configure(EntityTypeBuilder<ChatLine> builder)
    {
        builder.ToTable("chat_lines");
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.Text).HasMaxLength(ChatLine.MaxText);
        builder.HasOne<MentoringSession>().WithMany().HasForeignKey(c => c.SessionId);
        builder.HasIndex(c => new { c.SessionId, c.AtUtc });
    }
}

using Localization;
using Microsoft.EntityFrameworkCore;
using Portal.AuditTrail;
using Portal.Data;
using Portal.People;
using Portal.ProviderHost;

namespace Portal.Tools;

/// <summary>A mentor who was given an account.</summary>
public sealed record MentorOfAccount(Guid Id, string Name, string Email);

/// <summary>The accounts of a tool: made, named, chosen, given to mentors, switched off and deleted.</summary>
public sealed class ToolAccounts(PortalDbContext db, HostedTools tools, TimeProvider clock)
{
    public async Task<ToolAnswer> AddAsync(Caller caller, string providerId, string? name, CancellationToken cancellationToken)
    {
        if (!caller.IsAdmin)
            return ToolOutcome.NotAllowed;
        if (tools.Find(providerId) is null)
            return ToolOutcome.NotFound;
        if (await WrongNameAsync(providerId, name, null, cancellationToken) is { } wrong)
            return Invalid(wrong);
        var account = new ProviderAccount { ProviderId = providerId, Name = FreeText.OneLine(name), CreatedUtc = clock.GetUtcNow() };
        db.ProviderAccounts.Add(account);
        Stamp(account, caller, "tool.add", AuditChanges.Write("Name", "", account.Name));
        return await SaveAsync(cancellationToken);
    }

    public Task<ToolAnswer> RenameAsync(Caller caller, ToolAccount tool, string? name, CancellationToken cancellationToken) =>
        ChangeAsync(caller, tool, async account =>
        {
            if (await WrongNameAsync(account.ProviderId, name, account.Id, cancellationToken) is { } wrong)
                return Invalid(wrong);
            var before = account.Name;
            account.Name = FreeText.OneLine(name);
            Stamp(account, caller, "tool.rename", AuditChanges.Write("Name", before, account.Name));
            return ToolOutcome.Done;
        }, cancellationToken);

    /// <summary>New meetings of the tool use it from then on; those that are made stay where they are.</summary>
    public Task<ToolAnswer> MakeDefaultAsync(Caller caller, ToolAccount tool, CancellationToken cancellationToken) =>
        ChangeAsync(caller, tool, async account =>
        {
            if (account.IsDefault)
                return ToolOutcome.Done;
            if (account.IsDisabled)
                return ToolOutcome.IsOff;
            var before = await db.ProviderAccounts.Where(a => a.ProviderId == account.ProviderId && a.IsDefault)
                .ToListAsync(cancellationToken);
            foreach (var old in before)
                (old.IsDefault, old.Version) = (false, Guid.NewGuid());
            account.IsDefault = true;
            Stamp(account, caller, "tool.make-default",
                AuditChanges.Write("Name", string.Join(", ", before.Select(b => b.Name)), account.Name));
            return ToolOutcome.Done;
        }, cancellationToken);

    public Task<ToolAnswer> SwitchAsync(Caller caller, ToolAccount tool, bool on, CancellationToken cancellationToken) =>
        ChangeAsync(caller, tool, account =>
        {
            if (account.IsDisabled != on)
                return Task.FromResult<ToolAnswer>(ToolOutcome.Done);
            account.IsDisabled = !on;
            Stamp(account, caller, on ? "tool.turn-on" : "tool.turn-off",
                AuditChanges.Write("Enabled", on ? "false" : "true", on ? "true" : "false"));
            return Task.FromResult<ToolAnswer>(ToolOutcome.Done);
        }, cancellationToken);

    /// <summary>Only of an account that nothing uses.</summary>
    public Task<ToolAnswer> DeleteAsync(Caller caller, ToolAccount tool, CancellationToken cancellationToken) =>
        ChangeAsync(caller, tool, async account =>
        {
            if (account.IsDefault)
                return ToolOutcome.IsDefault;
            if (await IsUsedAsync(account.Id, cancellationToken))
                return ToolOutcome.InUse;
            Stamp(account, caller, "tool.delete", AuditChanges.Write("Name", account.Name, ""));
            db.ProviderAccounts.Remove(account);
            return ToolOutcome.Done;
        }, cancellationToken);

    public async Task<IReadOnlyList<MentorOfAccount>> MentorsAsync(Guid account, CancellationToken cancellationToken) =>
        await db.MentorProfiles.Where(m => m.ProviderAccountId == account).OrderBy(m => m.User.DisplayName)
            .Select(m => new MentorOfAccount(m.UserId, m.User.DisplayName, m.User.Email ?? "")).ToListAsync(cancellationToken);

    /// <summary>The mentor's new meetings of this tool use the account.</summary>
    public Task<ToolAnswer> GiveAsync(Caller caller, ToolAccount tool, string? email, CancellationToken cancellationToken) =>
        ChangeAsync(caller, tool, async account =>
        {
            var address = (email ?? "").Trim().ToUpperInvariant();
            var mentor = await db.MentorProfiles.FirstOrDefaultAsync(m => m.User.NormalizedEmail == address, cancellationToken);
            if (mentor is null)
                return Invalid(new FieldProblem("Email", ErrorText.ToolNoSuchMentor));
            mentor.ProviderAccountId = account.Id;
            Audit.Note(db, clock.GetUtcNow(), caller.UserId, "tool.give", ToolSettings.SubjectOf(account.Id), $"mentor:{mentor.UserId}");
            return ToolOutcome.Done;
        }, cancellationToken);

    public Task<ToolAnswer> TakeBackAsync(Caller caller, ToolAccount tool, Guid mentorId, CancellationToken cancellationToken) =>
        ChangeAsync(caller, tool, async account =>
        {
            var mentor = await db.MentorProfiles
                .FirstOrDefaultAsync(m => m.UserId == mentorId && m.ProviderAccountId == account.Id, cancellationToken);
            if (mentor is null)
                return ToolOutcome.Done;
            mentor.ProviderAccountId = null;
            Audit.Note(db, clock.GetUtcNow(), caller.UserId, "tool.take-back", ToolSettings.SubjectOf(account.Id), $"mentor:{mentorId}");
            return ToolOutcome.Done;
        }, cancellationToken);

    private async Task<bool> IsUsedAsync(Guid account, CancellationToken cancellationToken) =>
        await db.MeetingLinks.AnyAsync(l => l.ProviderAccountId == account, cancellationToken)
        || await db.MentorProfiles.AnyAsync(m => m.ProviderAccountId == account, cancellationToken)
        || await db.MentorToolAccounts.AnyAsync(m => m.ProviderAccountId == account, cancellationToken);

    private async Task<FieldProblem?> WrongNameAsync(string providerId, string? name, Guid? own, CancellationToken cancellationToken)
    {
        var text = FreeText.OneLine(name);
        if (text is "")
            return new("Name", ErrorText.FieldMissing);
        if (FreeText.Check(text, ProviderAccount.MaxName) is { } wrong)
            return new("Name", wrong);
        return await db.ProviderAccounts.AnyAsync(a => a.ProviderId == providerId && a.Name == text && a.Id != own, cancellationToken)
            ? new("Name", ErrorText.ToolNameTaken) : null;
    }

    private async Task<ToolAnswer> ChangeAsync(
        Caller caller, ToolAccount tool, Func<ProviderAccount, Task<ToolAnswer>> change, CancellationToken cancellationToken)
    {
        if (!caller.IsAdmin)
            return ToolOutcome.NotAllowed;
        var account = await db.ProviderAccounts
            .FirstOrDefaultAsync(a => a.Id == tool.AccountId && a.ProviderId == tool.ProviderId, cancellationToken);
        if (account is null)
            return ToolOutcome.NotFound;
        var answer = await change(account);
        return answer.Outcome == ToolOutcome.Done ? await SaveAsync(cancellationToken) : answer;
    }

    private async Task<ToolAnswer> SaveAsync(CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e)
        {
            db.ChangeTracker.Clear();
            // Not a conflict of two changes: something began to use what was to be deleted.
            return db.IsConflict(e) ? ToolOutcome.Changed : ToolOutcome.InUse;
        }
        await tools.RefreshAsync(db, cancellationToken);
        return ToolOutcome.Done;
    }

    private void Stamp(ProviderAccount account, Caller caller, string action, string details)
    {
        (account.ChangedUtc, account.ChangedBy, account.Version) = (clock.GetUtcNow(), caller.UserId, Guid.NewGuid());
        Audit.Note(db, clock.GetUtcNow(), caller.UserId, action, ToolSettings.SubjectOf(account.Id), details);
    }

    private static ToolAnswer Invalid(FieldProblem problem) => new(ToolOutcome.Invalid) { Problems = [problem] };
}

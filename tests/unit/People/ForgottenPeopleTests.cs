using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Portal.Data;
using Portal.Mail.Queue;
using Portal.People;
using Portal.People.Accounts;
using Portal.Sessions.Availability;
using Portal.Sessions.Live;
using Portal.Sessions.Rooms;
using Tests.Support;

namespace Tests.People;

/// <summary>Of every column with an account's id no row is left when the account is deleted, or it stands here why.</summary>
public sealed partial class ForgottenPeopleTests(PortalApp app) : IClassFixture<PortalApp>
{
    /// <summary>The account's row stays without a name; what points at it says nothing by itself.</summary>
    private static readonly Dictionary<string, string> Stays = new()
    {
        ["MentoringSession.MentorId"] = "the session is the mentees', too",
        ["MentoringSession.ProposedBy"] = "the session is the others', too",
        ["MentoringSession.CancelledBy"] = "the session is the others', too",
        ["MentoringSession.ClosedBy"] = "the session is the others', too",
        ["SessionParticipant.UserId"] = "the seat of a session that the others had",
        ["SessionParticipant.InvitedBy"] = "the guest is in a session that others have, too",
        ["SessionSeries.MentorId"] = "sessions of the series",
        ["BusyTick.UserId"] = "goes with its session: cancelled ones have none",
        ["OutboxMessage.UserId"] = "what is on its way goes; the clean-up deletes it then",
        ["ProviderAccount.ChangedBy"] = "who set up a tool is kept while the setting is",
        ["StoredToolPolicy.ChangedBy"] = "likewise of the policy",
        ["ToolMove.AskedBy"] = "likewise of a move that an administrator asked for",
        ["MeetingEvent.ActorId"] = "the session's history is the others', too",
        ["SessionNotes.ChangedBy"] = "a place in the session, whose person has no name any more",
        ["TroubleReport.AnsweredBy"] = "who answered is kept with the answer, which is another's",
        ["AuditEntry.ActorId"] = "who changed what is kept for its own time",
    };

    [Fact]
    public async Task Every_room_forgets_a_person_who_is_deleted()
    {
        var scene = new Scene(app);
        var booked = await scene.BookedAsync(profile: Everything);
        var mentor = booked.Mentor;
        using var browser = await scene.BrowserAsync(mentor);
        await app.InDatabaseAsync(db => LeaveTracesAsync(db, mentor));
        var columns = await app.InDatabaseAsync(db => Task.FromResult(Columns(db.Model)));
        Assert.Empty(Stays.Keys.Except(columns.Select(Name)));

        var gone = columns.Where(c => !Stays.ContainsKey(Name(c))).ToList();
        Assert.All(await CountAsync(gone, mentor.Id), c =>
            Assert.True(c.Rows > 0, $"The test makes no row of {c.Column}: add one, it may be forgotten."));
        Assert.Equal(DeletionOutcome.Done,
            await app.InScopeAsync<AccountDeletion, DeletionOutcome>(d => d.DeleteAsync(mentor.Id, default)));
        Assert.All(await CountAsync(gone, mentor.Id), c => Assert.True(c.Rows == 0, $"{c.Column} still knows the person."));
        Assert.False(await app.InDatabaseAsync(db => db.Outbox.AnyAsync(m => m.UserId == mentor.Id && m.State == OutboxState.Sent)));
        Assert.False(await app.InDatabaseAsync(db => db.Sessions.AnyAsync(s => s.MentorId == mentor.Id && s.ExternalMeetingUrl != null)));
        Assert.False(await app.InDatabaseAsync(db => db.BusyTicks.AnyAsync(t => t.SessionId == booked.Id)));
    }

    [Fact]
    public async Task What_a_person_wrote_goes_with_the_account()
    {
        var scene = new Scene(app);
        var booked = await scene.BookedAsync();
        await app.InDatabaseAsync(async db =>
        {
            var session = await db.Sessions.Include(s => s.Participants).SingleAsync(s => s.Id == booked.Id);
            (session.Note, session.CancelReason, session.CancelledBy) = ("My CV", "I am ill", booked.Mentee.Id);
            var mentee = session.Participants.Single(p => p.Id == booked.MenteePart);
            (mentee.Feedback, mentee.Rating) = ("It helped", 5);
            await db.SaveChangesAsync();
        });
        Assert.Equal(DeletionOutcome.Done,
            await app.InScopeAsync<AccountDeletion, DeletionOutcome>(d => d.DeleteAsync(booked.Mentee.Id, default)));
        var left = await app.InDatabaseAsync(db =>
            db.Sessions.AsNoTracking().Include(s => s.Participants).SingleAsync(s => s.Id == booked.Id));
        var part = left.Participants.Single(p => p.Id == booked.MenteePart);
        Assert.Equal(("", null, null, (short?)5), (left.Note, left.CancelReason, part.Feedback, part.Rating));
    }

    [Fact]
    public async Task What_a_tool_noted_of_a_mentor_goes_with_the_account()
    {
        var scene = new Scene(app);
        var booked = await scene.BookedAsync();
        app.Clock.MoveTo(booked.End.AddDays(2));
        await app.InScopeAsync<CompletionService, int>(c => c.CompleteAsync(default));
        await app.InScopeAsync<MeetingEnds, int>(e => e.EndDueAsync(default));
        await app.InScopeAsync<AccountDeletion, DeletionOutcome>(d => d.DeleteAsync(booked.Mentor.Id, default));
        Assert.Equal([null], await app.InDatabaseAsync(db =>
            db.MeetingLinks.Where(l => l.SessionId == booked.Id).Select(l => l.Handle).ToListAsync()));
    }

    private static void Everything(MentorProfile mentor)
    {
        mentor.SpecialDays.Add(new() { Date = DateOnly.FromDateTime(TestClock.Anchor.UtcDateTime).AddDays(40) });
        mentor.Kinds.Add(new() { Name = "Short talk" });
    }

    private async Task LeaveTracesAsync(PortalDbContext db, PortalUser user)
    {
        var now = app.Clock.GetUtcNow();
        var session = await db.Sessions.Where(s => s.MentorId == user.Id).Select(s => s.Id).FirstAsync();
        db.SessionFiles.Add(new() { SessionId = session, Name = "a.pdf", BlobKey = $"{user.Id:N}", AddedBy = user.Id, AddedUtc = now });
        db.Recordings.Add(new() { SessionId = session, SourceId = "x", Link = "https://video.example/", AddedBy = user.Id, AddedUtc = now });
        db.BusyTimes.Add(new() { MentorId = user.Id, StartUtc = now.AddDays(9), EndUtc = now.AddDays(9).AddHours(1) });
        var account = await db.ProviderAccounts.Select(a => a.Id).FirstAsync();
        db.MentorToolAccounts.Add(new() { UserId = user.Id, ProviderAccountId = account, Name = "x", Secret = "y", ConnectedUtc = now });
        foreach (var other in new[] { true, false })
        {
            var somebody = new PortalUser { Id = Guid.CreateVersion7(), UserName = $"{Guid.NewGuid()}", DisplayName = "Somebody" };
            db.Users.Add(somebody);
            var (child, guardian) = other ? (user.Id, somebody.Id) : (somebody.Id, user.Id);
            db.Guardianships.Add(new() { ChildId = child, GuardianId = guardian, AskedUtc = now, SinceUtc = now });
        }
        db.PushSubscriptions.Add(new() { UserId = user.Id, Mark = [1], ProtectedAddress = "x", CreatedUtc = now });
        db.PrivateNotes.Add(new() { UserId = user.Id, SessionId = session, Text = "Be patient" });
        db.Pictures.Add(new() { UserId = user.Id, Content = [1], Version = "a" });
        db.UserLogins.Add(new() { UserId = user.Id, LoginProvider = "x", ProviderKey = $"{user.Id}" });
        db.UserTokens.Add(new() { UserId = user.Id, LoginProvider = "x", Name = "y", Value = "z" });
        db.UserClaims.Add(new() { UserId = user.Id, ClaimType = "x", ClaimValue = "y" });
        db.UserPasskeys.Add(new()
        {
            UserId = user.Id,
            CredentialId = user.Id.ToByteArray(),
            Data = new() { Name = "Key", PublicKey = [1], AttestationObject = [1], ClientDataJson = [1] },
        });
        await db.SaveChangesAsync();
        await db.Outbox.Where(m => m.UserId == user.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.State, OutboxState.Sent));
        await db.Sessions.Where(s => s.MentorId == user.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.ExternalMeetingUrl, "https://meet.example/mine"));
    }

    /// <summary>By what it points at, or by its name where nothing points.</summary>
    private static List<IProperty> Columns(IModel model)
    {
        Type[] people = [typeof(PortalUser), typeof(MentorProfile)];
        return [.. model.GetEntityTypes().SelectMany(t => t.GetProperties()).Where(p =>
            (p.ClrType == typeof(Guid) || p.ClrType == typeof(Guid?))
            && (p.GetContainingForeignKeys().Any(k => people.Contains(k.PrincipalEntityType.ClrType)) || NamesSomebody().IsMatch(p.Name))
            && Name(p) != "OutboxMessage.ClaimedBy")]; // a dispatcher
    }

    private static string Name(IProperty property) => $"{property.DeclaringType.ShortName()}.{property.Name}";

    private Task<List<(string Column, int Rows)>> CountAsync(List<IProperty> columns, Guid userId) => app.InDatabaseAsync(async db =>
    {
        var counts = new List<(string, int)>();
        foreach (var column in columns)
        {
            var (table, name) = (column.DeclaringType.GetTableName(), column.GetColumnName());
            var sql = $"SELECT CAST(COUNT(*) AS int) AS \"Value\" FROM \"{table}\" WHERE \"{name}\" = {{0}}";
            counts.Add((Name(column), await db.Database.SqlQueryRaw<int>(sql, userId).SingleAsync()));
        }
        return counts;
    });

    [GeneratedRegex("(User|Mentor|Mentee|Person|Actor|Owner|Author)Id$|By$")]
    private static partial Regex NamesSomebody();
}

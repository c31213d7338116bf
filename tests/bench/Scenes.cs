using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Portal.Data;
using Portal.Mail.Queue;
using Portal.Sessions;
using Portal.Sessions.Mails;

namespace Bench;

/// <summary>Many sessions at once, as no browser could book them.</summary>
internal static class Scenes
{
    private const int AtOnce = 1000;

    /// <summary>Confirmed sessions of an English mentor and an Arabic mentee, one after the other within an hour.</summary>
    /// <param name="withMails">With the confirmation to both queued.</param>
    public static async Task SessionsAsync(World world, int count, DateTimeOffset first, bool withMails)
    {
        var mentors = await world.PeopleAsync(40, mentors: true);
        var mentees = await world.PeopleAsync(40, mentors: false);
        for (var done = 0; done < count; done += AtOnce)
        {
            await using var scope = world.Services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
            var outbox = scope.ServiceProvider.GetRequiredService<Outbox>();
            foreach (var mentee in mentees)
                (mentee.Language, mentee.TimeZone) = ("ar", "Africa/Cairo");
            db.AttachRange(mentors.Concat(mentees));
            for (var i = done; i < Math.Min(count, done + AtOnce); i++)
            {
                var (mentor, mentee) = (mentors[i % mentors.Count], mentees[i / mentors.Count % mentees.Count]);
                var start = first + TimeSpan.FromHours(1) * i / count;
                var session = new MentoringSession
                {
                    MentorId = mentor.Id,
                    Mentor = mentor,
                    Topic = "Career plan for the next year",
                    State = SessionState.Confirmed,
                    TimeZone = "Europe/Berlin",
                    StartUtc = start,
                    LocalStart = TimeZoneInfo.ConvertTime(start, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")).DateTime,
                    LengthMinutes = 45,
                    CreatedUtc = DateTimeOffset.UnixEpoch,
                    TimeSetUtc = DateTimeOffset.UnixEpoch,
                    Participants =
                    [
                        new() { Role = ParticipantRole.Mentor, UserId = mentor.Id, User = mentor },
                        new() { Role = ParticipantRole.Mentee, UserId = mentee.Id, User = mentee },
                    ],
                };
                db.Sessions.Add(session);
                if (!withMails)
                    continue;
                foreach (var person in session.Participants)
                {
                    person.SessionId = session.Id;
                    outbox.Add(new SessionConfirmed(SessionFacts.For(session, person)), person.ToRecipient(), "0");
                }
            }
            await db.SaveChangesAsync();
        }
        // As the database does by itself within a minute; without it the first queries know nothing of the new rows.
        await using var connection = new NpgsqlConnection(world.ConnectionString);
        await connection.OpenAsync();
        await using var analyze = new NpgsqlCommand("VACUUM ANALYZE", connection) { CommandTimeout = 300 };
        await analyze.ExecuteNonQueryAsync();
    }
}

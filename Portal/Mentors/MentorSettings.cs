using System.ComponentModel.DataAnnotations;
using Localization;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.People;
using Portal.Sessions;
using Portal.Sessions.Availability;

namespace Portal.Mentors;

public sealed class MentorProfileInput
{
    [Display(ResourceType = typeof(UiText), Name = nameof(UiText.SettingsHeadline))]
    public string? Headline { get; set; }

    [Display(ResourceType = typeof(UiText), Name = nameof(UiText.SettingsAbout))]
    public string? About { get; set; }

    /// <summary>Separated by commas, of whichever script.</summary>
    [Display(ResourceType = typeof(UiText), Name = nameof(UiText.SettingsTopics))]
    public string? Topics { get; set; }

    [Display(ResourceType = typeof(UiText), Name = nameof(UiText.SettingsLanguages))]
    /// <summary>A program may send null, or nulls.</summary>
    public List<string> Languages { get; set => field = [.. (value ?? []).Where(l => l is not null)]; } = [];
    public bool IsPaused { get; set; }
}

/// <summary>What a mentor says of themselves. The other settings have services of their own beside this one.</summary>
public sealed class MentorSettings(PortalDbContext db)
{
    public const int MaxHeadlineLength = 120;
    public const int MaxAboutLength = 2000;
    public const int MaxTopics = 12;
    public const int MaxTopicLength = 40;

    private static readonly char[] Commas = [',', '،', ';', '؛', '\n'];

    public Task<MentorProfile?> FindAsync(Guid userId, CancellationToken cancellationToken) =>
        db.MentorProfiles.Include(m => m.User).FirstOrDefaultAsync(m => m.UserId == userId, cancellationToken);

    /// <summary>The errors by field; empty when everything was saved.</summary>
    public async Task<IReadOnlyList<FieldProblem>> SaveAsync(
        MentorProfile mentor, MentorProfileInput input, CancellationToken cancellationToken)
    {
        var errors = new List<FieldProblem>();
        var (headline, about) = (FreeText.OneLine(input.Headline), FreeText.Lines(input.About));
        errors.AddRange(FieldProblem.Of(
            (nameof(input.Headline), FreeText.Check(headline, MaxHeadlineLength)),
            (nameof(input.About), FreeText.Check(about, MaxAboutLength))));
        var topics = ReadTopics(input.Topics, errors);
        // The form offers a list; whatever else a program sends is left out.
        var languages = SpokenLanguages.All.Intersect(input.Languages).ToList();
        if (errors.Count > 0)
            return errors;

        (mentor.Headline, mentor.About, mentor.Topics, mentor.Languages, mentor.IsPaused) =
            (headline, about, topics, languages, input.IsPaused);
        await db.SaveChangesAsync(cancellationToken);
        return errors;
    }

    private static List<string> ReadTopics(string? text, List<FieldProblem> errors)
    {
        var topics = (text ?? "").Split(Commas).Select(FreeText.OneLine).Where(t => t is not "").DistinctBy(SearchText.Fold).ToList();
        if (topics.Count > MaxTopics)
            errors.Add(new(nameof(MentorProfileInput.Topics), ErrorText.FieldTooMany.With(MaxTopics)));
        else if (topics.Any(t => t.Length > MaxTopicLength))
            errors.Add(new(nameof(MentorProfileInput.Topics), ErrorText.TopicTooLong.With(MaxTopicLength)));
        else if (topics.Select(t => FreeText.Check(t, MaxTopicLength)).FirstOrDefault(wrong => wrong is not null) is { } wrong)
            errors.Add(new(nameof(MentorProfileInput.Topics), wrong));
        return topics;
    }
}

using System.ComponentModel.DataAnnotations;
using Localization;
using Portal.Data;
using Portal.People;
using Portal.ProviderHost;
using Portal.Sessions.Availability;
using Providers;

namespace Portal.Mentors;

public sealed class MentorToolInput
{
    public string ProviderId { get; set; } = "";

    [Display(ResourceType = typeof(UiText), Name = nameof(UiText.SettingsUrl))]
    public string? ExternalMeetingUrl { get; set; }
}

/// <summary>The meeting tool that a mentor's new sessions use, and the mentor's own address.</summary>
public sealed class MentorTool(PortalDbContext db, MeetingProviders providers)
{
    public const int MaxUrl = 2048;

    /// <summary>The errors by field; empty when everything was saved.</summary>
    public async Task<IReadOnlyList<FieldProblem>> SaveAsync(
        MentorProfile mentor, MentorToolInput input, CancellationToken cancellationToken)
    {
        var errors = new List<FieldProblem>();
        if (!providers.CanBeChosen(input.ProviderId))
            errors.Add(new(nameof(input.ProviderId), ErrorText.ProviderCannotBeChosen));
        var check = new MentorUrlCheck(null, null);
        if (!string.IsNullOrWhiteSpace(input.ExternalMeetingUrl))
            // Checked whichever provider is chosen: an address that is kept for later must be right too.
            check = CheckUrl(input.ExternalMeetingUrl);
        else if (providers.Describe(input.ProviderId) is { NeedsMentorUrl: true })
            check = new(null, ErrorText.ProviderNeedsUrl);
        if (check.Refusal is not null)
            errors.Add(new(nameof(input.ExternalMeetingUrl), check.Refusal));
        if (errors.Count > 0)
            return errors;

        (mentor.ProviderId, mentor.ExternalMeetingUrl) = (input.ProviderId, check.Url?.AbsoluteUri);
        await db.SaveChangesAsync(cancellationToken);
        return errors;
    }

    /// <summary>By the rules of the provider that takes such addresses; it is never fetched.</summary>
    public MentorUrlCheck CheckUrl(string? url)
    {
        if (url?.Length > MaxUrl)
            return new(null, ErrorText.FieldTooLong.With(MaxUrl));
        return (providers.ForOwnUrls is { } id ? providers.MentorUrls(id) : null)?.CheckUrl(url?.Trim())
            ?? new(null, ErrorText.ProviderCannotBeChosen);
    }
}

using System.ComponentModel.DataAnnotations;
using Localization;
using Portal.People;
using Portal.ProviderHost;
using Portal.Sessions.Availability;
using Portal.Sessions.Rooms;
using Providers;

namespace Portal.Mentors;

public sealed class MentorToolInput
{
    public string ProviderId { get; set; } = "";

    [Display(ResourceType = typeof(UiText), Name = nameof(UiText.SettingsUrl))]
    public string? ExternalMeetingUrl { get; set; }

    [Display(ResourceType = typeof(UiText), Name = nameof(UiText.SettingsPlace))]
    public string? Place { get; set; }

    /// <summary>Answers to what the tool leaves to the mentor, by key; those that are missing stay as they are.</summary>
    public Dictionary<string, bool>? Choices { get; set; }

    /// <summary>The tool whose choices the form showed; others' are not meant. A program leaves it out.</summary>
    public string? ChoicesOf { get; set; }
}

/// <summary>
/// The meeting tool that a mentor's new sessions use, the mentor's own address, phone number or place, and what the tool leaves to the
/// mentor.
/// </summary>
public sealed class MentorTool(OwnAddresses addresses, MeetingProviders providers, MentorToolAccounts accounts)
{
    public const int MaxUrl = 2048;
    public const int MaxPlace = 300;

    /// <summary>The account of a tool that this mentor's meetings use.</summary>
    public ToolAccount AccountOf(MentorProfile mentor, string providerId)
    {
        var all = providers.Accounts(providerId);
        var given = all.FirstOrDefault(a => a.Id == mentor.ProviderAccountId && a.State != PluginState.Disabled);
        return new(providerId, (given ?? all.FirstOrDefault(a => a.IsDefault))?.Id ?? Guid.Empty);
    }

    public IReadOnlyList<MentorChoice> ChoicesOf(MentorProfile mentor, string providerId) =>
        providers.Describe(AccountOf(mentor, providerId))?.Choices ?? [];

    /// <summary>The errors by field; empty when everything was saved.</summary>
    public async Task<IReadOnlyList<FieldProblem>> SaveAsync(
        MentorProfile mentor, MentorToolInput input, CancellationToken cancellationToken)
    {
        var errors = new List<FieldProblem>();
        if (!providers.IsOffered(input.ProviderId))
            errors.Add(new(nameof(input.ProviderId), ErrorText.ProviderCannotBeChosen));
        else if (await NeedsAccountAsync(mentor, input.ProviderId, cancellationToken))
            errors.Add(new(nameof(input.ProviderId), ErrorText.ToolNeedsAccount));
        var check = new MentorUrlCheck(null, null);
        // Of a kind of tool that was withdrawn nothing is asked, and what is there stays.
        if (providers.ForOwnUrls is not null && !string.IsNullOrWhiteSpace(input.ExternalMeetingUrl))
            // Checked whichever provider is chosen: an address that is kept for later must be right too.
            check = CheckUrl(input.ExternalMeetingUrl);
        else if (providers.Describe(input.ProviderId) is { NeedsMentorUrl: true })
            check = new(null, ErrorText.ProviderNeedsUrl);
        if (check.Refusal is not null)
            errors.Add(new(nameof(input.ExternalMeetingUrl), check.Refusal));
        var place = CheckPlace(mentor, input);
        if (place.Refusal is not null)
            errors.Add(new(nameof(input.Place), place.Refusal));
        var choices = Choices(mentor, input);
        if (choices is null)
            errors.Add(new(nameof(input.Choices), ErrorText.ToolTooManyChoices));
        if (errors.Count > 0)
            return errors;

        mentor.ProviderId = input.ProviderId;
        if (providers.ForOwnUrls is not null)
            mentor.ExternalMeetingUrl = check.Url?.AbsoluteUri;
        if (providers.ForOwnPlaces is not null)
            mentor.Place = place.Place;
        mentor.ToolChoices = choices is "" ? mentor.ToolChoices : choices;
        await addresses.SaveAsync(mentor, cancellationToken);
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

    /// <summary>Likewise: what is kept for later must be right too, by the rules of the provider that takes it.</summary>
    private MentorPlaceCheck CheckPlace(MentorProfile mentor, MentorToolInput input)
    {
        if (providers.ForOwnPlaces is null)
            return new(null, null);
        var isNeeded = providers.Describe(AccountOf(mentor, input.ProviderId)) is { NeedsMentorPlace: true };
        if (string.IsNullOrWhiteSpace(input.Place))
            return new(null, isNeeded ? ErrorText.ProviderNeedsPlace : null);
        if (input.Place.Length > MaxPlace)
            return new(null, ErrorText.FieldTooLong.With(MaxPlace));
        var judge = isNeeded ? input.ProviderId : providers.ForOwnPlaces;
        var check = (judge is null ? null : providers.MentorPlaces(judge))?.CheckPlace(input.Place.Trim())
            ?? new(null, ErrorText.ProviderCannotBeChosen);
        // Others read what the plugin made of it, so the one rule for such texts has the last word.
        return check.Place is { } place && FreeText.Check(place, MaxPlace) is { } wrong ? new(null, wrong) : check;
    }

    private async Task<bool> NeedsAccountAsync(MentorProfile mentor, string providerId, CancellationToken cancellationToken)
    {
        var tool = AccountOf(mentor, providerId);
        return providers.Describe(tool) is { NeedsMentorAccount: true }
            && await accounts.FindAsync(mentor.UserId, tool.AccountId, cancellationToken) is null;
    }

    /// <summary>As it will be stored; "" where nothing was answered, null where it does not fit.</summary>
    private string? Choices(MentorProfile mentor, MentorToolInput input)
    {
        if (input.Choices is not { Count: > 0 } sent || input.ChoicesOf is { } shown && shown != input.ProviderId)
            return "";
        var answers = new Dictionary<string, bool>(MentorChoices.Of(mentor.ToolChoices, input.ProviderId));
        // Who leaves it at what it is has not decided: it follows the settings.
        foreach (var choice in ChoicesOf(mentor, input.ProviderId))
            if (sent.TryGetValue(choice.Key, out var yes) && (yes != choice.Default || answers.ContainsKey(choice.Key)))
                answers[choice.Key] = yes;
        return MentorChoices.With(mentor.ToolChoices, input.ProviderId, answers);
    }
}

using System.Globalization;
using Providers;

namespace Plugins.Manual;

/// <summary>Meetings at an address that the mentor brings along. Nothing is ever fetched from it.</summary>
public sealed class ManualProvider(ProviderContext<ManualOptions> context) : IMeetingProvider, ISupportsMentorUrl
{
    private readonly string[] allowedHosts = context.Options.AllowedHosts;

    public ProviderDescriptor Descriptor => new("manual", [.. Hosts])
    {
        NeedsMentorUrl = true,
        KnownLimits = [Texts.LimitCannotClose],
    };

    private IEnumerable<string> Hosts => KnownHosts.Rules.Where(r => !r.IsChat).SelectMany(r => r.Hosts).Concat(allowedHosts);

    public MentorUrlCheck CheckUrl(string? url)
    {
        var (accepted, refusal) = ManualUrlRules.Check(url, allowedHosts);
        return new(accepted, refusal);
    }

    public ValueTask<MeetingHandle> CreateMeetingAsync(MeetingRequest request, CancellationToken cancellationToken)
    {
        var url = Accepted(request.MentorUrl);
        return ValueTask.FromResult(new MeetingHandle(url.AbsoluteUri)
        {
            Place = KnownHosts.AppOf(url) is { } app ? new(MeetingPlaceKind.App, app) : null,
        });
    }

    // Checked again: what was allowed when the link was made need not be allowed today.
    public ValueTask<JoinTarget> GetJoinAsync(JoinRequest request, CancellationToken cancellationToken) =>
        ValueTask.FromResult<JoinTarget>(new RedirectTarget(Accepted(request.Handle.Value)));

    public ValueTask<ProviderCheck> CheckAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(new ProviderCheck(true, string.Format(CultureInfo.CurrentCulture, Texts.CheckGood, string.Join(", ", Hosts))));

    private Uri Accepted(string? url)
    {
        var (accepted, refusal) = ManualUrlRules.Check(url, allowedHosts);
        return accepted ?? throw new ProviderException(ProviderFailure.Rejected, refusal!);
    }
}

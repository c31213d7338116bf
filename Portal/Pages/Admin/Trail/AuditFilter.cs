using System.Globalization;
using NodaTime;
using NodaTime.Text;
using Portal.AuditTrail;
using Portal.People;

namespace Portal.Pages.Admin.Trail;

/// <summary>Where a page of the trail begins: below this row, whatever was added above meanwhile.</summary>
public sealed record AuditCursor(DateTimeOffset AtUtc, Guid Id)
{
    /// <summary>No row is older, and no engine's type ends before.</summary>
    private static readonly DateTimeOffset First = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override string ToString() => $"{AtUtc.UtcTicks.ToString(CultureInfo.InvariantCulture)}-{Id:N}";

    public static AuditCursor? Read(string? text) => text?.Split('-') is [var ticks, var id]
        && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
        && at >= First.UtcTicks && at <= DateTimeOffset.MaxValue.UtcTicks && Guid.TryParseExact(id, "N", out var row)
            ? new(new(at, TimeSpan.Zero), row) : null;
}

/// <summary>Which rows are asked for, as the address says it.</summary>
public sealed record AuditFilter
{
    public const int MaxText = 100;

    /// <summary>Years that both engines, and every zone, have.</summary>
    private const int FirstYear = 2000;
    private const int LastYear = 2200;

    /// <summary>An account's id, or part of a name or an address; empty for everybody.</summary>
    public string Who { get; init; } = "";

    /// <summary>A subject such as <c>session:</c> and its id, or part of a person's name, an address or a topic.</summary>
    public string About { get; init; } = "";

    /// <summary>A kind, or a family of them.</summary>
    public string Kind { get; init; } = "";

    public LocalDate? From { get; init; }

    /// <summary>That day as well.</summary>
    public LocalDate? To { get; init; }

    public AuditCursor? Before { get; init; }

    /// <summary>Something in the address could not be read, and is as if it were not there.</summary>
    public bool LeftOut { get; init; }

    public static AuditFilter Read(string? who, string? about, string? kind, string? from, string? to, string? before)
    {
        var filter = new AuditFilter
        {
            Who = FreeText.Query(who, MaxText),
            About = FreeText.Query(about, MaxText),
            Kind = kind is not null && (AuditKinds.All.Contains(kind) || AuditKinds.Families.Contains(kind)) ? kind : "",
            From = Day(from),
            To = Day(to),
            Before = AuditCursor.Read(before),
        };
        return filter with
        {
            LeftOut = IsLost(kind, filter.Kind.Length > 0) || IsLost(from, filter.From is not null) || IsLost(to, filter.To is not null)
                || IsLost(before, filter.Before is not null),
        };
    }

    /// <summary>In the address, without where a page begins.</summary>
    public string Query => QueryString.Create(new Dictionary<string, string?>
    {
        ["who"] = Who,
        ["about"] = About,
        ["kind"] = Kind,
        ["from"] = Written(From),
        ["to"] = Written(To),
    }.Where(p => !string.IsNullOrEmpty(p.Value))).Value ?? "";

    public string QueryBefore(AuditCursor row) => Query + (Query.Length == 0 ? '?' : '&') + $"before={row}";

    public static string? Written(LocalDate? day) => day is { } known ? LocalDatePattern.Iso.Format(known) : null;

    private static LocalDate? Day(string? text) =>
        LocalDatePattern.Iso.Parse(text ?? "") is { Success: true, Value: { Year: >= FirstYear and <= LastYear } day } ? day : null;

    private static bool IsLost(string? text, bool wasRead) => !string.IsNullOrEmpty(text) && !wasRead;
}

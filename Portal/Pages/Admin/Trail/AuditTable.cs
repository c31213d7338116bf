namespace Portal.Pages.Admin.Trail;

/// <param name="TimeZone">The reader's.</param>
/// <param name="LabelledBy">The heading above it.</param>
public sealed record AuditTable(IReadOnlyList<AuditLine> Lines, string TimeZone, string LabelledBy);

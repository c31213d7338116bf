using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Portal.Data;
using Portal.Pages.Admin.Mail;
using Portal.People;

namespace Portal.Pages.Admin.Trail;

/// <summary>The audit log; the filter stands in the address.</summary>
[Authorize(Roles = Roles.Admin)]
public sealed class IndexModel(AuditArchive archive, AuditWords words, PortalDbContext db) : PageModel
{
    public AuditFilter Filter { get; private set; } = new();

    public AuditPage Found { get; private set; } = AuditPage.Empty;

    public string TimeZone { get; private set; } = "";

    public AuditWords Words => words;

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await ReadAsync(cancellationToken);
        Found = await archive.ListAsync(Caller.From(User), Filter, TimeZone, AuditArchive.PageSize, cancellationToken);
    }

    /// <summary>A form's press and no link: it leaves a row, and no other site can have it pressed.</summary>
    public async Task<IActionResult> OnPostExportAsync(CancellationToken cancellationToken)
    {
        await ReadAsync(cancellationToken);
        Response.ContentType = "text/csv; charset=utf-8";
        Response.Headers.ContentDisposition = "attachment; filename=audit-log.csv";
        var lines = archive.ExportAsync(Caller.From(User), Filter, TimeZone, cancellationToken);
        await AuditCsv.WriteAsync(Response.Body, lines, cancellationToken);
        return new EmptyResult();
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        // One of several of a name counts: an address that says a thing twice is nobody's.
        string? From(string name) => Request.Query[name].FirstOrDefault();
        Filter = AuditFilter.Read(From("who"), From("about"), From("kind"), From("from"), From("to"), From("before"));
        TimeZone = await db.TimeZoneOfAsync(User, cancellationToken);
    }
}

using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using Portal.Sessions.Files;

namespace Portal.Pages.Sessions;

/// <summary>How much the form for files may send: the settings say so.</summary>
internal sealed class FilesPages(IOptions<FilesOptions> options) : IConfigureOptions<RazorPagesOptions>
{
    public void Configure(RazorPagesOptions pages) => pages.Conventions.AddPageApplicationModelConvention(
        "/Sessions/Files", page => page.EndpointMetadata.Add(new FilesLimit(options.Value.MaxRequest)));
}

/// <summary>As <see cref="Portal.Security.BodyLimit"/> reads it.</summary>
internal sealed record FilesLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;

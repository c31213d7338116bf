using Portal.Data;

namespace Portal.People.Accounts;

/// <summary>What a role brings with it, added to the unit of work that grants it; also to somebody who had the role before.</summary>
public sealed record RoleGrant(string Role, Func<PortalDbContext, Guid, CancellationToken, Task> GrantedAsync);

using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;
using Portal.AuditTrail;
using Portal.Data;

namespace Portal.Security;

/// <summary>
/// Wraps every stored key anew, under a new master key. Interrupted anywhere, everything can still be read, and running it once
/// more brings it to its end. Portals that are running find the new file by themselves.
/// </summary>
public sealed class MasterKeyRotation(PortalDbContext db, MasterKey master, TimeProvider clock)
{
    /// <summary>Returns how many keys were wrapped.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var next = master.PrepareNext();
        var known = master.All;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var stored = await db.DataProtectionKeys.ToListAsync(cancellationToken);
        var wrapped = 0;
        foreach (var key in stored)
        {
            var xml = XElement.Parse(key.Xml!);
            foreach (var element in xml.Descendants().Where(e => e.Name.LocalName == KeyWrap.Element))
            {
                element.Value = KeyWrap.Close(next, KeyWrap.Open(known, element.Value));
                wrapped++;
            }
            key.Xml = xml.ToString(SaveOptions.DisableFormatting);
        }
        Audit.Note(db, clock.GetUtcNow(), null, "keys.rotate-master", "master-key");
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        master.TakeNext();
        return wrapped;
    }
}

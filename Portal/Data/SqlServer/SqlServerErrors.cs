using System.Collections.Frozen;

namespace Portal.Data.SqlServer;

/// <summary>
/// Numbers of failures that pass by themselves. On Linux a connection that is refused, reset or cut has the number 0 and the
/// severity 20; the numbers below 20000 of sockets are those of Windows.
/// </summary>
internal static class SqlServerErrors
{
    public static readonly FrozenSet<int> Transient = FrozenSet.ToFrozenSet(
    [
        -2, 258, // the time is over
        -1, 2, 20, 53, 64, 121, 233, 10053, 10054, 10060, 10061, 11001, // the server is not reached, or the connection broke
        1205, // the victim of a deadlock
        4060, 6005, 18401, // the database is not open, or the server is about to stop
        976, 983, // an availability group is changing over
        4221, 10928, 10929, 40197, 40501, 40613, 49918, 49919, 49920, // Azure moves the database, or is too busy
    ]);
}

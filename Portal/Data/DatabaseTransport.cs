using System.Net;
using Microsoft.Data.SqlClient;
using Npgsql;

namespace Portal.Data;

/// <summary>How the way to the database is secured, read from the connection string.</summary>
public enum TransportSafety
{
    /// <summary>It does not leave this machine, or is encrypted to a server that shows who it is.</summary>
    Safe,

    /// <summary>Encrypted, but to whoever answers.</summary>
    Unproved,

    /// <summary>In the clear, or wherever the server likes.</summary>
    Clear,
}

public static class DatabaseTransport
{
    public static TransportSafety Of(DatabaseEngine engine, string connection) =>
        engine == DatabaseEngine.SqlServer
            ? Of(new SqlConnectionStringBuilder(connection)) : Of(new NpgsqlConnectionStringBuilder(connection));

    /// <summary>Refuses the start, or returns a warning.</summary>
    public static string? Check(DatabaseEngine engine, string connection, bool allowed) => Of(engine, connection) switch
    {
        TransportSafety.Clear when !allowed => throw new StartupException(
            "ConnectionStrings:Portal leads to a server elsewhere without encryption: add "
            + (engine == DatabaseEngine.SqlServer ? "Encrypt=true" : "SSL Mode=VerifyFull") + " to it, or set Database:AllowUnencrypted."),
        TransportSafety.Unproved => "The way to the database is encrypted, but nobody checks whose server answers: "
            + (engine == DatabaseEngine.SqlServer ? "take TrustServerCertificate out of" : "put SSL Mode=VerifyFull into")
            + " ConnectionStrings:Portal.",
        _ => null,
    };

    private static TransportSafety Of(NpgsqlConnectionStringBuilder set) =>
        (set.Host ?? "").Split(',').All(host => host is "" || host[0] is '/' or '@' || IsHere(host.Split(':')[0])) ? TransportSafety.Safe
            : set.SslMode switch
            {
                SslMode.VerifyCA or SslMode.VerifyFull => TransportSafety.Safe,
                SslMode.Require => TransportSafety.Unproved,
                _ => TransportSafety.Clear,
            };

    private static TransportSafety Of(SqlConnectionStringBuilder set)
    {
        var source = set.DataSource.Split(':')[^1];
        if (source is "" or "." || IsHere(source.Split(',', '\\')[0]))
            return TransportSafety.Safe;
        return set.Encrypt == SqlConnectionEncryptOption.Optional ? TransportSafety.Clear
            : set.TrustServerCertificate ? TransportSafety.Unproved : TransportSafety.Safe;
    }

    private static bool IsHere(string host) =>
        host is "." || host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.Equals("(local)", StringComparison.OrdinalIgnoreCase)
            || IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address);
}

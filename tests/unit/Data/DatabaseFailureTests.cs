using System.Net.Sockets;
using System.Reflection;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Portal.Data;
using Portal.Data.PostgreSql;
using Portal.Data.SqlServer;

namespace Tests.Data;

/// <summary>What the engines say, as EF hands it on: wrapped once, or twice.</summary>
public sealed class DatabaseFailureTests
{
    private static readonly PortalDbContext PostgreSql = PostgreSqlPortalDbContext.Open("Host=nowhere");
    private static readonly PortalDbContext SqlServer = SqlServerPortalDbContext.Open("Server=nowhere");

    [Theory]
    [InlineData(0, 20, true)] // on Linux: refused, reset and cut
    [InlineData(0, 11, false)]
    [InlineData(1205, 13, true)]
    [InlineData(11001, 11, true)]
    [InlineData(40613, 17, true)]
    [InlineData(983, 14, true)]
    [InlineData(18401, 14, true)]
    [InlineData(207, 16, false)] // no such column
    public void A_lost_connection_of_sql_server_is_known_by_its_severity_or_number(int number, byte severity, bool transient)
    {
        var failure = Of(number, severity);
        Assert.Equal(transient, SqlServer.IsTransient(failure));
        Assert.Equal(transient, SqlServer.IsTransient(Wrapped(failure)));
        Assert.Equal(number == 1205, SqlServer.IsDeadlock(Wrapped(failure)));
    }

    [Theory]
    [InlineData("40P01", true, true, false)]
    [InlineData("23505", false, false, true)]
    [InlineData("57P01", true, false, false)]
    [InlineData("42P01", false, false, false)]
    public void What_postgresql_says_is_found_however_it_is_wrapped(string state, bool transient, bool deadlock, bool duplicate)
    {
        var failure = Wrapped(new PostgresException("no", "ERROR", "ERROR", state));
        Assert.Equal(transient, PostgreSql.IsTransient(failure));
        Assert.Equal(deadlock, PostgreSql.IsDeadlock(failure));
        Assert.Equal(duplicate, PostgreSql.IsDuplicateKey(failure));
        Assert.Equal(duplicate, PostgreSql.IsConflict(failure));
    }

    [Fact]
    public void What_no_database_said_is_none_of_these()
    {
        Assert.Null(new InvalidOperationException("no", new IOException()).Database());
        Assert.False(PostgreSql.IsTransient(new IOException()));
        Assert.False(PostgreSql.IsTransient(new HttpRequestException("no", new SocketException())));
        Assert.True(PostgreSql.IsTransient(new SocketException()));
        Assert.True(PostgreSql.IsConflict(new DbUpdateConcurrencyException()));
    }

    private static InvalidOperationException Wrapped(Exception failure) =>
        new("An exception has been raised that is likely due to a transient failure.", new DbUpdateException("", failure));

    // SqlClient makes its own errors only.
    private static SqlException Of(int number, byte severity)
    {
        const BindingFlags any = BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public;
        var make = typeof(SqlError).GetConstructors(any).OrderBy(c => c.GetParameters().Length).First();
        var values = make.GetParameters().Select(p => p.Name switch
        {
            "infoNumber" => number,
            "errorClass" => severity,
            _ => p.ParameterType == typeof(string) ? "" : p.ParameterType.IsValueType ? Activator.CreateInstance(p.ParameterType) : null,
        }).ToArray();
        var errors = (SqlErrorCollection)typeof(SqlErrorCollection).GetConstructors(any)[0].Invoke([]);
        typeof(SqlErrorCollection).GetMethod("Add", any)!.Invoke(errors, [make.Invoke(values)]);
        var create = typeof(SqlException).GetMethods(any).First(m => m.Name == "CreateException" && m.GetParameters().Length == 2);
        return (SqlException)create.Invoke(null, [errors, ""])!;
    }
}

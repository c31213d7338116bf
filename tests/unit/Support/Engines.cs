using System.Reflection;
using Portal.Data;
using Xunit.Sdk;

namespace Tests.Support;

// A test on both engines is: [Theory, OnPostgreSql, OnSqlServer] public async Task Sentence(DatabaseEngine engine)

internal static class SqlServerForTests
{
    public static string? ConnectionString { get; } = Environment.GetEnvironmentVariable("PORTAL_TEST_SQLSERVER") is { Length: > 0 } set
        ? set : null;
}

/// <summary>Runs the theory on the PostgreSQL of the test run.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnPostgreSqlAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[DatabaseEngine.PostgreSql]];
}

/// <summary>Runs the theory on SQL Server too, where there is one; otherwise it is shown as skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnSqlServerAttribute : DataAttribute
{
    public OnSqlServerAttribute()
    {
        if (SqlServerForTests.ConnectionString is null)
            Skip = "On SQL Server: set PORTAL_TEST_SQLSERVER to a connection string (of a server where databases may be made).";
    }

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[DatabaseEngine.SqlServer]];
}

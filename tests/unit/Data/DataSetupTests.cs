using Microsoft.Extensions.Configuration;
using Npgsql;
using Portal.Data;

namespace Tests.Data;

public sealed class DataSetupTests
{
    [Theory]
    [InlineData("Host=db;Database=portal", 100)]
    [InlineData("Host=db;Database=portal;Max Auto Prepare=0", 0)] // behind a pooler
    [InlineData("host=db;max auto prepare=7;", 7)]
    public void Queries_are_prepared_unless_the_connection_string_says_otherwise(string set, int expected) =>
        Assert.Equal(expected, new NpgsqlConnectionStringBuilder(Connection(set, "PostgreSql")).MaxAutoPrepare);

    [Theory]
    [InlineData("Server=db;Database=portal", "SqlServer")]
    [InlineData("", "PostgreSql")]
    public void Otherwise_a_connection_string_is_left_as_it_is(string set, string engine) => Assert.Equal(set, Connection(set, engine));

    private static string Connection(string set, string engine) => new ConfigurationBuilder()
        .AddInMemoryCollection([new("ConnectionStrings:Portal", set), new("Database:Provider", engine)]).Build().PortalConnection();
}

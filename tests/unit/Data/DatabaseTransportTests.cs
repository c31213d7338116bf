using Portal;
using Portal.Data;

namespace Tests.Data;

public sealed class DatabaseTransportTests
{
    [Theory]
    [InlineData("Host=/tmp/majlis-x;Username=majlis", TransportSafety.Safe)]
    [InlineData("Host=localhost;Username=majlis", TransportSafety.Safe)]
    [InlineData("Host=127.0.0.1;Username=majlis;SSL Mode=Disable", TransportSafety.Safe)]
    [InlineData("Host=db;Username=majlis", TransportSafety.Clear)]
    [InlineData("Host=localhost,db;Username=majlis", TransportSafety.Clear)]
    [InlineData("Host=db:5433;Username=majlis;SSL Mode=Prefer", TransportSafety.Clear)]
    [InlineData("Host=10.0.0.5;Username=majlis;SSL Mode=Require", TransportSafety.Unproved)]
    [InlineData("Host=db;Username=majlis;SSL Mode=VerifyFull", TransportSafety.Safe)]
    public void The_way_to_PostgreSql(string connection, TransportSafety expected) =>
        Assert.Equal(expected, DatabaseTransport.Of(DatabaseEngine.PostgreSql, connection));

    [Theory]
    [InlineData("Server=.;Database=majlis", TransportSafety.Safe)]
    [InlineData("Server=(local)\\SQL;Database=majlis;Encrypt=false", TransportSafety.Safe)]
    [InlineData("Server=tcp:localhost,1433;Encrypt=false", TransportSafety.Safe)]
    [InlineData("Server=db;Database=majlis", TransportSafety.Safe)]
    [InlineData("Server=tcp:db,1433;Encrypt=false", TransportSafety.Clear)]
    [InlineData("Server=db;TrustServerCertificate=true", TransportSafety.Unproved)]
    public void The_way_to_SqlServer(string connection, TransportSafety expected) =>
        Assert.Equal(expected, DatabaseTransport.Of(DatabaseEngine.SqlServer, connection));

    [Fact]
    public void A_server_elsewhere_in_the_clear_stops_the_start_unless_a_setting_allows_it()
    {
        var refusal = Assert.Throws<StartupException>(() => DatabaseTransport.Check(DatabaseEngine.PostgreSql, "Host=db;Username=majlis", false));
        Assert.Contains("SSL Mode=VerifyFull", refusal.Message);
        Assert.Null(DatabaseTransport.Check(DatabaseEngine.PostgreSql, "Host=db;Username=majlis", true));
        Assert.Contains("nobody checks", DatabaseTransport.Check(DatabaseEngine.SqlServer, "Server=db;TrustServerCertificate=true", false));
    }
}

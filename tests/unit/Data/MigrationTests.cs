using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Portal.Data;
using Portal.Data.PostgreSql;
using Portal.Data.SqlServer;
using Tests.Support;

namespace Tests.Data;

public sealed class MigrationTests
{
    [Theory, InlineData(DatabaseEngine.PostgreSql), InlineData(DatabaseEngine.SqlServer)]
    public void The_migrations_make_what_the_model_says(DatabaseEngine engine)
    {
        using var context = WithoutServer(engine);
        Assert.False(context.Database.HasPendingModelChanges(),
            $"dotnet ef migrations add NAME --project Portal --context {context.GetType().Name}");
    }

    [Theory, InlineData(DatabaseEngine.PostgreSql), InlineData(DatabaseEngine.SqlServer)]
    public void Both_engines_have_migrations_of_the_same_names(DatabaseEngine engine)
    {
        using var context = WithoutServer(engine);
        using var postgres = WithoutServer(DatabaseEngine.PostgreSql);
        Assert.NotEmpty(Names(context));
        Assert.Equal(Names(postgres), Names(context));

        // "20261121035804_Initial": the times differ.
        static List<string> Names(PortalDbContext c) => [.. c.Database.GetMigrations().Select(m => m[(m.IndexOf('_') + 1)..])];
    }

    [Theory]
    [InlineData(DatabaseEngine.PostgreSql, "CREATE TABLE {0} (", "CREATE TABLE \"{0}\" (")]
    [InlineData(DatabaseEngine.SqlServer, "CREATE TABLE [{0}] (", "CREATE TABLE [{0}] (")]
    public void The_script_for_an_administrator_makes_every_table(DatabaseEngine engine, string plain, string quoted)
    {
        using var context = WithoutServer(engine);
        var script = context.GetService<IMigrator>().GenerateScript();
        var tables = context.Model.GetEntityTypes().Select(t => t.GetTableName()!).Distinct().ToList();

        Assert.True(tables.Count > 15);
        Assert.All(tables, table => Assert.True(
            script.Contains(string.Format(plain, table)) || script.Contains(string.Format(quoted, table)), table));
        Assert.Contains($"{QuartzSchema.Prefix}TRIGGERS", script);
    }

    [Theory, InlineData(DatabaseEngine.PostgreSql), InlineData(DatabaseEngine.SqlServer)]
    public void Every_name_in_the_database_is_in_snake_case(DatabaseEngine engine)
    {
        using var context = WithoutServer(engine);
        var types = context.Model.GetEntityTypes().ToList();
        var names = types.Select(t => t.GetTableName())
            .Concat(types.SelectMany(t => t.GetProperties()).Where(p => !p.DeclaringType.IsMappedToJson()).Select(p => p.GetColumnName()))
            .Concat(types.Select(t => t.GetContainerColumnName()))
            .Concat(types.SelectMany(t => t.GetKeys()).Select(k => k.GetName()))
            .Concat(types.SelectMany(t => t.GetIndexes()).Select(i => i.GetDatabaseName()))
            .Concat(types.SelectMany(t => t.GetForeignKeys()).Select(f => f.GetConstraintName()));
        Assert.All(names.OfType<string>(), name => Assert.Matches("^[a-z0-9_~]+$", name));
    }

    [Fact]
    public void The_script_for_sql_server_speaks_its_language()
    {
        using var context = WithoutServer(DatabaseEngine.SqlServer);
        var script = context.GetService<IMigrator>().GenerateScript();
        Assert.Contains("uniqueidentifier", script);
        Assert.Contains("datetimeoffset", script);
        Assert.Contains("nvarchar", script);
        Assert.DoesNotContain(" uuid", script);
        Assert.DoesNotContain("timestamp with time zone", script);
        Assert.DoesNotContain("ON CONFLICT", script);
    }

    [Theory, OnPostgreSql, OnSqlServer]
    public async Task A_new_database_has_all_migrations(DatabaseEngine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var context = database.Open();
        Assert.Equal(context.Database.GetMigrations(), await context.Database.GetAppliedMigrationsAsync());
    }

    private static PortalDbContext WithoutServer(DatabaseEngine engine) => engine == DatabaseEngine.PostgreSql
        ? PostgreSqlPortalDbContext.Open("Host=nowhere")
        : SqlServerPortalDbContext.Open("Server=nowhere");
}

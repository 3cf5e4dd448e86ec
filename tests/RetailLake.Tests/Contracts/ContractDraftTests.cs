using MySqlConnector;
using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;
using RetailLake.Local.Servers;
using RetailLake.Sources.MySql;
using RetailLake.Tests.Servers;

namespace RetailLake.Tests.Contracts;

/// <summary>Drafts from real tables on a real MariaDB.</summary>
public sealed class ContractDraftTests(MariaDbFixture fixture)
{
    [Theory]
    [InlineData("northwind", 20, "mysql_northwind/northwind.sql")]
    [InlineData("inventory", 6, "mysql_debezium_inventory/inventory.sql")]
    public async Task EveryTableOfASampleDatabase_GivesAContractThatPassesTheCheck(string database, int tables, string script)
    {
        var path = Path.Combine(Repository.Shared, "data", script);
        Assert.SkipUnless(File.Exists(path), $"Found no '{path}'; the sample databases are not part of the repository.");
        var server = await fixture.ServerAsync();
        await RunAsync(server, "", $"DROP DATABASE IF EXISTS {database}; CREATE DATABASE {database};");
        await RunAsync(server, database, Script(await File.ReadAllTextAsync(path)));
        var names = await NamesAsync(server, database);

        var drafts = new List<DraftedContract>();
        foreach (var name in names)
        {
            drafts.Add(await ContractDraft.WriteAsync(Request(server, database, name)));
        }

        names.Should().HaveCount(tables);
        drafts.SelectMany(draft => draft.Check.Problems.Select(problem => problem.ToString())).Should().BeEmpty();
        drafts.Should().OnlyContain(draft => draft.Check.Contracts.Count == 1);
    }

    [Fact]
    public async Task ManyTypes_AreAllFoundAndReviewed()
    {
        var server = await fixture.ServerAsync();
        await RunAsync(server, "", "DROP DATABASE IF EXISTS draft_types; CREATE DATABASE draft_types CHARACTER SET utf8mb4;");
        await RunAsync(server, "draft_types", """
            CREATE TABLE Everything (
              `Id` BIGINT UNSIGNED NOT NULL, part SMALLINT NOT NULL, `flag` TINYINT(1), small TINYINT UNSIGNED, amount DECIMAL(12,2) COMMENT 'it''s "gross"', huge DECIMAL(60,10),
              ratio DOUBLE, bits BIT(8), born DATE, seen DATETIME(3), clock TIME(6), y YEAR, kind ENUM('A','B','it''s, odd') NOT NULL, marks SET('x','y'),
              note TEXT CHARACTER SET latin1, code CHAR(3) CHARACTER SET ascii, doc JSON, raw VARBINARY(20), place POINT, `größe` INT,
              phone BIGINT, updated_at TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6), deleted_at TIMESTAMP NULL,
              PRIMARY KEY (part, `Id`)) COMMENT 'All kinds: of "things"';
            """);

        var draft = await ContractDraft.WriteAsync(Request(server, "draft_types", "Everything"));

        draft.Check.Problems.Select(problem => problem.ToString()).Should().BeEmpty();
        var contract = draft.Check.Contracts.Should().ContainSingle().Subject;
        contract.Id.Should().Be("draft_types.everything");
        contract.Extract.Deletes.Should().Be(DeletePolicy.Soft);
        var table = contract.Parent;
        table.SourceName.Should().Be("Everything");
        table.Key.Should().Equal("part", "id");
        (table.CursorColumn, table.SoftDeleteColumn).Should().Be(("updated_at", "deleted_at"));
        table.Columns.Select(column => $"{column.Name}:{column.Type.Kind}").Should().Equal(
            "id:Decimal", "part:Int32", "flag:Boolean", "small:Int32", "amount:Decimal", "huge:Text", "ratio:Double", "bits:Int64", "born:Date", "seen:Timestamp", "clock:Time",
            "y:Int32", "kind:Text", "marks:Text", "note:Text", "code:Text", "doc:Json", "raw:Binary", "place:Text", "phone:Int64", "updated_at:Timestamp", "deleted_at:Timestamp");
        table.Columns.Where(column => column.Personal).Select(column => column.Name).Should().Equal("note", "code", "doc", "raw", "place", "phone");
        table.Column("kind").Rules.Should().ContainSingle(rule => rule.Kind == "values").Which.Values.Should().Equal("A", "B", "it's, odd");
        table.Column("seen").Type.Zone.Should().Be("Asia/Kolkata");
        draft.Yaml.Should().Contain("# left out: \"größe\"").And.NotContain("secret");
    }

    [Fact]
    public async Task SeveralTables_BecomeParentAndChildrenByTheirForeignKeys()
    {
        var server = await fixture.ServerAsync();
        await RunAsync(server, "", "DROP DATABASE IF EXISTS draft_family; CREATE DATABASE draft_family;");
        await RunAsync(server, "draft_family", """
            CREATE TABLE bill (till INT NOT NULL, no INT NOT NULL, PRIMARY KEY (till, no));
            CREATE TABLE line (id INT NOT NULL PRIMARY KEY, bill_no INT NOT NULL, bill_till INT NOT NULL, FOREIGN KEY (bill_till, bill_no) REFERENCES bill (till, no));
            CREATE TABLE stranger (id INT NOT NULL PRIMARY KEY);
            """);

        var draft = await ContractDraft.WriteAsync(Request(server, "draft_family", "line", "bill"));
        var mixed = () => ContractDraft.WriteAsync(Request(server, "draft_family", "bill", "stranger"));
        var missing = () => ContractDraft.WriteAsync(Request(server, "draft_family", "bills' OR 1=1"));

        draft.Check.Problems.Should().BeEmpty();
        draft.Check.Contracts[0].Tables.Select(table => table.Name).Should().Equal("bill", "line");
        draft.Check.Contracts[0].Tables[1].ParentKey.Should().Equal("bill_till", "bill_no");
        (await mixed.Should().ThrowAsync<SourceSchemaException>()).Which.Remedy.Should().Contain("one contract per table");
        await missing.Should().ThrowAsync<SourceSchemaException>();
    }

    [Theory]
    [InlineData("mysql://me:p%40ss@db.example.in:3307/crm", "db.example.in", 3307, "p@ss")]
    [InlineData("mysql://me:x@localhost/crm", "localhost", 3306, "x")]
    public void AMySqlUri_IsTakenApart(string uri, string host, int port, string password)
    {
        var request = ContractDraftRequest.FromUri(uri, ["t"])!;

        (request.Host, request.Port, request.Database, request.User, request.Password).Should().Be((host, port, "crm", "me", password));
        request.ToString().Should().NotContain(password + "@");
    }

    [Theory]
    [InlineData("https://me:x@localhost/crm")]
    [InlineData("mysql://localhost/crm")]
    [InlineData("mysql://me:x@localhost/crm/more")]
    [InlineData("nonsense")]
    public void AnotherUri_IsRefused(string uri) => ContractDraftRequest.FromUri(uri, ["t"]).Should().BeNull();

    private static ContractDraftRequest Request(MariaDbServer server, string database, params string[] tables)
    {
        var reader = server.Reader(database);
        return new(reader.Server, server.Port, database, reader.UserID, reader.Password, tables);
    }

    /// <summary>The sample's own CREATE DATABASE and users are for another server.</summary>
    private static string Script(string sql) => string.Join('\n', sql.Split('\n').Where(line =>
        !line.StartsWith("CREATE USER", StringComparison.Ordinal) && !line.StartsWith("GRANT", StringComparison.Ordinal)
        && !line.StartsWith("CREATE DATABASE", StringComparison.Ordinal) && !line.StartsWith("DROP SCHEMA", StringComparison.Ordinal) && !line.StartsWith("CREATE SCHEMA", StringComparison.Ordinal)));

    private static async Task RunAsync(MariaDbServer server, string database, string sql)
    {
        await using var connection = new MySqlConnection(new MySqlConnectionStringBuilder(server.AdminConnectionString) { Database = database, AllowUserVariables = true }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new MySqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<List<string>> NamesAsync(MariaDbServer server, string database)
    {
        await using var connection = new MySqlConnection(server.AdminConnectionString);
        await connection.OpenAsync();
        await using var command = new MySqlCommand($"SELECT table_name FROM information_schema.tables WHERE table_schema = '{database}' AND table_type = 'BASE TABLE' ORDER BY 1", connection);
        await using var reader = await command.ExecuteReaderAsync();
        var names = new List<string>();
        while (await reader.ReadAsync())
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }
}

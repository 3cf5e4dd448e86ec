using MySqlConnector;
using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;
using RetailLake.Sources.MySql;
using RetailLake.Tests.Failures;
using RetailLake.Tests.Servers;

namespace RetailLake.Tests.Onboarding;

/// <summary>A database nobody here has seen is taken in with drafted contracts alone, unchanged: no line of C#, no entry in the template.</summary>
public sealed class OnboardingTests(MariaDbFixture fixture)
{
    [Theory]
    [InlineData("mysql_northwind", "northwind", 20, "employees.email_address", "northwind.sql", "northwind-data.sql")]
    [InlineData("mysql_debezium_inventory", "inventory", 6, "customers.email", "00_prelude_for_non_docker.sql", "inventory.sql")]
    public async Task UnseenDatabase_LoadsByDraftedContractsAlone(string folder, string itsName, int tables, string personal, params string[] scripts)
    {
        SampleDatabase.SkipUnlessThere(folder);
        await using var lake = await TestLake.CreateAsync(fixture);
        await using var source = await lake.AdminAsync(inDatabase: true);
        await SampleDatabase.LoadAsync(source, folder, scripts, itsName, lake.Database);
        var names = await NamesAsync(source, lake.Database);
        names.Should().HaveCount(tables);
        foreach (var name in names)
        {
            var draft = await DraftAsync(lake, name);
            draft.Check.Problems.Select(problem => problem.ToString()).Should().BeEmpty();
            lake.Write(draft.Source, draft.Feed, draft.Yaml);
        }

        await lake.OpenAsync();
        var outcomes = await lake.IngestAllAsync();

        outcomes.Select(outcome => $"{outcome.Contract}: {outcome.Status} {outcome.Cause}").Should().HaveCount(tables).And.OnlyContain(outcome => outcome.EndsWith(": SUCCEEDED ", StringComparison.Ordinal));
        outcomes.Where(outcome => outcome.Load is not null).Should().OnlyContain(outcome => outcome.Load!.Balances && outcome.Load.Hops["rejected"] == 0);
        foreach (var contract in lake.Host.Contracts.All)
        {
            var (expected, found) = await IndependentTotals.OfAsync(source, contract, lake.QueryAsync);
            found.Should().Equal(expected, contract.Id);
        }

        await UnreviewedDraft_HoldsTokensAsync(lake, source, personal.Split('.'));
    }

    /// <summary>Who does not review a draft has tokens, not persons, in the warehouse.</summary>
    private static async Task UnreviewedDraft_HoldsTokensAsync(TestLake lake, MySqlConnection source, string[] personal)
    {
        var contract = lake.Host.Contracts.Get($"{TestLake.Source}.{personal[0]}");
        contract.Parent.Column(personal[1]).Personal.Should().BeTrue();
        (await lake.ValueAsync($"SELECT COUNT(\"{personal[1]}\") > 0 FROM {TestLake.Source}.\"{personal[0]}\"")).Should().Be("True");
        foreach (var column in contract.Parent.Columns.Where(column => column.Personal))
        {
            var values = await TextsAsync(source, $"SELECT DISTINCT CAST(`{column.SourceName}` AS CHAR) FROM `{contract.Parent.SourceName}` WHERE `{column.SourceName}` IS NOT NULL");
            var tokens = await lake.QueryAsync($"SELECT DISTINCT \"{column.Name}\" FROM {TestLake.Source}.\"{contract.Parent.Name}\" WHERE \"{column.Name}\" IS NOT NULL");
            tokens.Should().HaveSameCount(values, column.Name).And.NotIntersectWith(values, column.Name);
            tokens.Where(token => token.Length != ColumnType.TokenBytes).Should().BeEmpty(column.Name);
        }
    }

    [Fact]
    public async Task GeometryAndOtherWonders_LoadAsTextFromADraft()
    {
        await using var lake = await TestLake.CreateAsync(fixture);
        await lake.SqlAsync("""
            CREATE TABLE site (`Site Id` INT, id INT PRIMARY KEY, place POINT, area POLYGON, ip INET6, tag UUID, doc JSON, `Größe` INT, at DATETIME, `order` INT);
            INSERT INTO site VALUES (1, 1, ST_GeomFromText('POINT(77.5 12.9)'), NULL, '::1', '123e4567-e89b-12d3-a456-426655440000', '{"a":1}', 3, '2026-11-21 10:00:00', 9);
            """);
        var draft = await DraftAsync(lake, "site");
        draft.Check.Problems.Should().BeEmpty();
        lake.Write(draft.Source, draft.Feed, draft.Yaml.Replace("classification: personal", "classification: internal", StringComparison.Ordinal));
        await lake.OpenAsync();

        var outcome = await lake.IngestAsync("site");

        outcome.Outcome.Should().Be("Loaded", outcome.Cause);
        (await lake.ValueAsync("SELECT id, place, area, ip, tag, doc, CAST(\"at\" AS VARCHAR), \"order\" FROM shop.site")).Should()
            .Be("1|POINT(77.5 12.9)||::1|123e4567-e89b-12d3-a456-426655440000|{\"a\":1}|2026-11-21 04:30:00|9");
    }

    [Fact]
    public async Task DraftedFamilyWithACursor_FollowsChangesAndDeletions()
    {
        await using var lake = await TestLake.CreateAsync(fixture);
        await lake.SqlAsync("""
            CREATE TABLE bill (till INT NOT NULL, no INT NOT NULL, total DECIMAL(12,2) NOT NULL, updated_at TIMESTAMP(6) NOT NULL, PRIMARY KEY (till, no));
            CREATE TABLE line (id INT NOT NULL PRIMARY KEY, bill_no INT NOT NULL, bill_till INT NOT NULL, amount DECIMAL(12,2) NOT NULL, FOREIGN KEY (bill_till, bill_no) REFERENCES bill (till, no));
            INSERT INTO bill SELECT seq MOD 3, seq, seq * 2, '2026-11-01 00:00:00' FROM seq_1_to_300;
            INSERT INTO line SELECT seq * 2 + n.seq0, seq, seq MOD 3, seq FROM seq_1_to_300, (SELECT 0 AS seq0 UNION SELECT 1) n;
            """);
        var draft = await DraftAsync(lake, "line", "bill");
        lake.Write(draft.Source, draft.Feed, draft.Yaml.Replace("deletes: sweep }", "deletes: sweep, lagSeconds: 1 }", StringComparison.Ordinal));
        await lake.OpenAsync();
        (await lake.IngestAsync("bill")).Outcome.Should().Be("Loaded");

        await lake.SqlAsync("""
            DELETE FROM line WHERE bill_no = 7; DELETE FROM bill WHERE no = 7;
            UPDATE line SET amount = 0 WHERE bill_no = 8; UPDATE bill SET total = 0, updated_at = NOW(6) WHERE no = 8;
            """);

        // The change is taken once the lag has passed it; each ingest until then sweeps keys only.
        var deadline = TimeProvider.System.GetUtcNow().AddSeconds(30);
        while (await lake.ValueAsync("SELECT CAST(SUM(total) AS INTEGER) FROM shop.bill WHERE no = 8") != "0" && TimeProvider.System.GetUtcNow() < deadline)
        {
            var outcome = await lake.IngestAsync("bill");
            outcome.Status.Should().Be("SUCCEEDED", outcome.Cause);
        }

        foreach (var (table, column) in new[] { ("bill", "total"), ("line", "amount") })
        {
            (await lake.ValueAsync($"SELECT CAST(COUNT(*) AS VARCHAR) || ' ' || CAST(SUM({column}) AS VARCHAR) FROM shop.{table}"))
                .Should().Be((string?)await lake.ScalarAsync($"SELECT CONCAT(COUNT(*), ' ', SUM({column})) FROM {table}"), table);
        }
    }

    [Fact]
    public async Task TableThatCannotBeKeptInStep_IsRefusedWithAReason()
    {
        await using var lake = await TestLake.CreateAsync(fixture);
        await lake.SqlAsync("CREATE TABLE heap (a INT, b INT); CREATE TABLE old (id INT PRIMARY KEY) ENGINE=MyISAM; INSERT INTO old VALUES (1)");
        var draft = await DraftAsync(lake, "old");
        lake.Write(draft.Source, draft.Feed, draft.Yaml);
        await lake.OpenAsync();

        var keyless = () => DraftAsync(lake, "heap");
        var old = await lake.IngestAsync("old");

        FailureText.MustBeFit((await keyless.Should().ThrowAsync<SourceSchemaException>()).Which.Message, lake);
        old.MustBeFit(lake, "SourceSchemaException");
        old.Cause.Should().Contain("'old' is stored by MyISAM");
    }

    private static Task<DraftedContract> DraftAsync(TestLake lake, params string[] tables)
    {
        var reader = lake.Server.Reader();
        return ContractDraft.WriteAsync(new(reader.Server, lake.Server.Port, lake.Database, reader.UserID, reader.Password, tables, TestLake.Source));
    }

    private static Task<List<string>> NamesAsync(MySqlConnection connection, string database) =>
        TextsAsync(connection, $"SELECT table_name FROM information_schema.tables WHERE table_schema = '{database}' AND table_type = 'BASE TABLE' ORDER BY table_name");

    private static async Task<List<string>> TextsAsync(MySqlConnection connection, string sql)
    {
        await using var reader = await new MySqlCommand(sql, connection).ExecuteReaderAsync();
        var texts = new List<string>();
        while (await reader.ReadAsync())
        {
            texts.Add(reader.GetString(0));
        }

        return texts;
    }
}

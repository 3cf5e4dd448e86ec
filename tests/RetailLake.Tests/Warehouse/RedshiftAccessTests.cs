using RetailLake.Core.Contracts;
using RetailLake.Core.Warehouse;
using RetailLake.Tests.Warehouse.Conformance;

namespace RetailLake.Tests.Warehouse;

/// <summary>Grants and masks, by the rules that Redshift has for them.</summary>
public sealed class RedshiftAccessTests
{
    private static readonly Contract Customer = Samples.Customer();
    private static readonly string[] Masks = ["retaillake_hidden_22 \"crm\".\"customer\".mobile public 10", "retaillake_shown_22 \"crm\".\"customer\".mobile role retaillake_loader 20"];

    [Fact]
    public async Task PersonalColumn_IsHiddenFromAllButTheLoader()
    {
        await using var site = (RedshiftSite)await WarehouseSite.OpenAsync("redshift-data", Customer, Samples.Store());

        site.Api.Access.Attached.Should().BeEquivalentTo(Masks);
    }

    [Fact]
    public async Task Reader_IsGrantedItsTablesAndNothingOfOps()
    {
        await using var site = (RedshiftSite)await WarehouseSite.OpenAsync("redshift-data", Customer, Samples.Store());

        site.Api.Access.Granted.Where(grant => grant.EndsWith("\"retaillake_reader_crm\"", StringComparison.Ordinal)).Should().Equal(
            "GRANT USAGE ON SCHEMA \"crm\" TO ROLE \"retaillake_reader_crm\"", "GRANT SELECT ON TABLE \"crm\".\"customer\" TO ROLE \"retaillake_reader_crm\"");
    }

    [Fact]
    public async Task Loader_IsGrantedEveryTableThatALoadTouches()
    {
        Contract[] contracts = [Customer, Samples.Order(), Samples.Store()];
        await using var site = (RedshiftSite)await WarehouseSite.OpenAsync("redshift-data", contracts);
        var tables = (await site.Warehouse.QueryAsync(site.Warehouse.Dialect.ExistingColumns, Bench.None)).Select(row => $"\"{row[0]}\".\"{row[1]}\"").Distinct();

        var written = site.Api.Access.Granted.Where(grant => grant.StartsWith("GRANT SELECT, INSERT, UPDATE, DELETE", StringComparison.Ordinal) && grant.EndsWith("\"retaillake_loader\"", StringComparison.Ordinal));

        tables.Should().OnlyContain(table => written.Any(grant => grant.Contains(table, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task MigratedAgain_NeitherCreatesNorAttachesAnew()
    {
        await using var site = (RedshiftSite)await WarehouseSite.OpenAsync("redshift-data", Customer);
        var before = site.Api.Requests.Count;

        await MigrationScript.RunAsync(site.Warehouse, [Customer], Bench.None);

        site.Api.Requests.Skip(before).Select(request => System.Text.Encoding.UTF8.GetString(request.Body)).Should().NotContain(body =>
            body.Contains("CREATE ROLE", StringComparison.Ordinal) || body.Contains("ATTACH MASKING", StringComparison.Ordinal) || body.Contains("DETACH", StringComparison.Ordinal));
        site.Api.Access.Attached.Should().BeEquivalentTo(Masks);
    }

    [Fact]
    public async Task CrashBetweenTwoStatements_NextRunConverges()
    {
        foreach (var left in new[] { 1, 7, 9, 11 })
        {
            await using var site = new RedshiftSite(Customer);
            foreach (var statement in MigrationScript.For([Customer], site.Warehouse.Dialect, []).SkipLast(left))
            {
                await site.Warehouse.ExecuteAsync([statement], Bench.None);
            }

            await MigrationScript.RunAsync(site.Warehouse, [Customer], Bench.None);

            site.Api.Access.Attached.Should().BeEquivalentTo(Masks, "{0} statements were left", left);
        }
    }

    [Fact]
    public async Task ColumnIsPersonalNoLonger_IsUnmaskedBeforeItIsWidened()
    {
        await using var site = (RedshiftSite)await WarehouseSite.OpenAsync("redshift-data", Customer);
        var open = With(Customer, column => column with { Personal = false });

        await MigrationScript.RunAsync(site.Warehouse, [open], Bench.None);

        site.Api.Access.Attached.Should().BeEmpty();
        (await site.Warehouse.QueryAsync(site.Warehouse.Dialect.ExistingColumns, Bench.None)).Single(row => (string)row[2]! == "mobile")[3].Should().Be("VARCHAR(160)");
    }

    [Fact]
    public async Task ColumnBecomesPersonal_IsMaskedInTheTypeThatItHas()
    {
        await using var site = (RedshiftSite)await WarehouseSite.OpenAsync("redshift-data", With(Customer, column => column with { Personal = false }));

        await MigrationScript.RunAsync(site.Warehouse, [Customer], Bench.None);

        site.Api.Access.Attached.Should().Contain("retaillake_hidden_160 \"crm\".\"customer\".mobile public 10");
    }

    [Fact]
    public async Task OtherContractsMigrated_LeaveTheMaskAlone()
    {
        await using var site = (RedshiftSite)await WarehouseSite.OpenAsync("redshift-data", Customer);

        await MigrationScript.RunAsync(site.Warehouse, [Samples.Store()], Bench.None);

        site.Api.Access.Attached.Should().BeEquivalentTo(Masks);
    }

    [Fact]
    public void NothingIsReadableBeforeItIsMasked()
    {
        var statements = MigrationScript.For([Customer], new RedshiftDialect("role"), []).ToList();

        statements.FindLastIndex(statement => statement.StartsWith("ATTACH", StringComparison.Ordinal)).Should().BeLessThan(
            statements.FindIndex(statement => statement.StartsWith("GRANT", StringComparison.Ordinal)));
    }

    private static Contract With(Contract contract, Func<ContractColumn, ContractColumn> change) =>
        contract with { Tables = [contract.Parent with { Columns = [.. contract.Parent.Columns.Select(column => column.Name == "mobile" ? change(column) : column)] }] };
}

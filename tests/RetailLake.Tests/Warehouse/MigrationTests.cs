using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;
using RetailLake.Core.Warehouse;

namespace RetailLake.Tests.Warehouse;

public sealed class MigrationTests
{
    private const string Shape = "SELECT table_schema, table_name, column_name, data_type, is_nullable FROM information_schema.columns ORDER BY ALL";
    private static readonly Contract[] Contracts = [Samples.Customer(), Samples.Order(), Samples.Store()];

    [Fact]
    public async Task CrashBetweenTwoStatements_NextRunConverges()
    {
        await using var whole = await Bench.MigratedAsync(Contracts);
        var expected = await whole.TextAsync(Shape);
        var statements = MigrationScript.For(Contracts, whole.Warehouse.Dialect, []);
        await using var bench = new Bench(Contracts);

        foreach (var count in new[] { 1, 4, statements.Count / 2, statements.Count - 1 })
        {
            foreach (var statement in statements.Take(count))
            {
                await bench.Warehouse.ExecuteAsync([statement], Bench.None);
            }
        }

        await MigrationScript.RunAsync(bench.Warehouse, Contracts, Bench.None);
        (await bench.TextAsync(Shape)).Should().Be(expected);
        (await bench.TextAsync("SELECT contract FROM ops.contract_lock ORDER BY 1")).Should().Be("crm.customer; erp.store; oms.order");
    }

    [Fact]
    public async Task NewColumn_IsAddedAndOldRowsStay()
    {
        var contract = Samples.Store();
        await using var bench = await Bench.MigratedAsync(contract);
        await bench.LoadAsync(contract, Bench.Plan(contract, 1), new Dictionary<string, string> { ["store"] = "('S1', 'One', NULL, NULL, NULL, NULL, NULL)" });
        var wider = contract with { Tables = [contract.Parent with { Columns = [.. contract.Parent.Columns, Samples.Column("manager", ColumnKind.Text, "varchar(40)")] }] };

        await MigrationScript.RunAsync(bench.Warehouse, [wider], Bench.None);

        (await bench.TextAsync("SELECT store_code, manager FROM erp.store")).Should().Be("S1,");
        await bench.LoadAsync(wider, Bench.Plan(wider, 2), new Dictionary<string, string> { ["store"] = "('S1', 'One', NULL, NULL, NULL, NULL, NULL, 'Asha')" });
        (await bench.TextAsync("SELECT store_code, manager FROM erp.store")).Should().Be("S1,Asha");
    }

    [Fact]
    public async Task ChangedType_IsRefusedWithBothTypes()
    {
        var contract = Samples.Store();
        await using var bench = await Bench.MigratedAsync(contract);
        var changed = contract with { Tables = [contract.Parent with { Columns = [.. contract.Parent.Columns.Select(column => column.Name == "opened" ? Samples.Column("opened", ColumnKind.Timestamp, "datetime") : column)] }] };

        var migrate = () => MigrationScript.RunAsync(bench.Warehouse, [changed], Bench.None);

        (await migrate.Should().ThrowAsync<ContractInvalidException>()).Which.Found.Should().Contain("\"opened\" is DATE, the contract needs TIMESTAMP");
    }

    [Fact]
    public void LongerText_IsWidenedInRedshiftAndShorterTextChangesNothing()
    {
        ExistingColumn[] existing = [new("erp", "store", "name", "VARCHAR(100)"), new("erp", "store", "store_code", "VARCHAR(400)")];

        var statements = MigrationScript.For([Samples.Store()], new RedshiftDialect("role"), existing);

        statements.Where(statement => statement.Contains("ALTER COLUMN", StringComparison.Ordinal)).Should().Equal("ALTER TABLE \"erp\".\"store\" ALTER COLUMN \"name\" TYPE VARCHAR(160)");
    }

    [Fact]
    public void TwoContractsWithOneTable_AreRefused()
    {
        var migrate = () => MigrationScript.For([Samples.Store(), Samples.Store() with { Feed = "shop", Id = "erp.shop" }], new DuckDbDialect(), []);

        migrate.Should().Throw<ContractInvalidException>().Which.Found.Should().Contain("erp.store");
    }

    [Fact]
    public void IdentifierWithAQuote_IsRefused()
    {
        var quote = () => new DuckDbDialect().Quote("x\" ; DROP TABLE y");

        quote.Should().Throw<ContractInvalidException>();
    }
}

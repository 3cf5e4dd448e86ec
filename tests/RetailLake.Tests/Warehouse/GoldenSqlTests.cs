using System.Runtime.CompilerServices;
using RetailLake.Core.Contracts;
using RetailLake.Core.Runs;
using RetailLake.Core.Warehouse;
using RetailLake.Tests.Streams.Loading;

namespace RetailLake.Tests.Warehouse;

/// <summary>The text that Redshift gets. GOLDEN=write writes the files again; read the difference before committing it.</summary>
public sealed class GoldenSqlTests
{
    private static readonly RedshiftDialect Redshift = new("arn:aws:iam::123456789012:role/retaillake-copy");

    public static TheoryData<string> Loads => [.. ByName.Keys];

    private static Dictionary<string, Contract> ByName { get; } = new()
    {
        ["window-customer"] = Samples.Customer(),
        ["unit-order"] = Samples.Order(),
        ["snapshot-store"] = Samples.Store(),
        ["drops-rows-price"] = DropSamples.Price(softDelete: true),
        ["drops-file-bill"] = DropSamples.Bill(DropScope.File),
        ["drops-columns-bill"] = DropSamples.Bill(DropScope.Columns),
        ["drops-told-bill"] = DropSamples.Bill(DropScope.Columns, isTold: true),
        ["stream-document-bill"] = StreamSamples.Bill(),
        ["stream-rows-points"] = StreamSamples.Points(),
        ["stream-held-sale"] = StreamSamples.Sale(),
    };

    [Theory]
    [MemberData(nameof(Loads))]
    public void Load_IsAsWritten(string name)
    {
        var contract = ByName[name];
        var plan = Bench.Plan(contract, 42, 0, 10);
        var sweeps = contract.Drop is null && contract.Stream is null && contract.Extract is { Mode: ExtractMode.Window, Deletes: DeletePolicy.Sweep };
        var audit = new AuditReport(plan.WorkId, [.. contract.Tables.Select(table => Table(table, sweeps && ReferenceEquals(table, contract.Parent)))], sweeps)
        {
            Drops = contract.Drop is null ? null : new(new("runs/drops.parquet", 99, "cd"), 5, 1_764_000_000_000_000, []),
            Partitions = contract.Stream is null ? [] :
            [
                new(new("pos.bill", 0, null, 5, 104), 100, 2, 0, 1_795_376_405_120, 1_795_376_409_000),
                new(new("pos.bill", 1, 40, 42, 50), 8, 0, 3, null, null),
            ],
        };

        var statements = LoadScript.For(contract, plan, audit, Redshift, new(key => $"s3://lake/{key}", Bench.Start));

        statements.Count.Should().BeLessThanOrEqualTo(LoadScript.MaxStatements);
        Compare($"load-{name}", statements);
    }

    [Fact]
    public void Migration_IsAsWritten() => Compare("migration", MigrationScript.For([.. ByName.Where(pair => pair.Key is not ("drops-file-bill" or "drops-told-bill")).Select(pair => pair.Value)], Redshift, []));

    [Fact]
    public void MigrationOfAnExistingTable_IsAsWritten() => Compare("migration-added", MigrationScript.For(
        [Samples.Store()], Redshift, [new("erp", "store", "store_code", "VARCHAR(160)"), new("erp", "store", "name", "VARCHAR(80)"), new("erp", "store", "opened", "DATE")]));

    [Fact]
    public void MigrationOfAColumnThatIsPersonalNoLonger_IsAsWritten()
    {
        var contract = Samples.Customer();
        var open = contract with { Tables = [contract.Parent with { Columns = [.. contract.Parent.Columns.Select(column => column with { Personal = false })] }] };
        ExistingAccess access = new(
            ["retaillake_loader", "retaillake_reader_crm"],
            [new("retaillake_shown_22", "crm", "customer", "mobile", "role retaillake_loader"), new("retaillake_hidden_22", "crm", "customer", "mobile", "public"), new("theirs", "crm", "customer", "mobile", "role analysts")]);

        Compare("migration-unmasked", MigrationScript.For([open], Redshift, [new("crm", "customer", "mobile", "VARCHAR(22)")], access));
    }

    [Fact]
    public void QuestionsToWhatIsHeld_AreAsWritten()
    {
        HeldSql held = new(StreamSamples.Sale(), Redshift);

        Compare("held-sale", [held.Count(Bench.Start), held.List(20)]);
    }

    [Fact]
    public void EveryForm_IsListedWithItsPage()
    {
        var list = Repository.Read("docs", "redshift-sql.md");
        var statements = Directory.GetFiles(Repository.Path("tests", "RetailLake.Tests", "Warehouse", "golden"), "*.sql")
            .SelectMany(file => File.ReadAllText(file).Split(";\n\n", StringSplitOptions.RemoveEmptyEntries));

        // The words that a statement begins with, up to its first name: 'CREATE MASKING POLICY IF NOT EXISTS'.
        var forms = statements.Select(statement => string.Join(' ', statement.Split([' ', '\n']).TakeWhile(word => word.Length > 0 && word.All(char.IsAsciiLetterUpper)))).Distinct().ToList();

        forms.Should().HaveCountGreaterThan(10).And.OnlyContain(form => list.Contains("`" + form, StringComparison.Ordinal));
    }

    [Fact]
    public void CopyManifest_ListsExactLengthsAndIsMandatory()
    {
        var contract = Samples.Store();
        var plan = Bench.Plan(contract, 42);
        var copy = CopyManifests.Of(contract, plan, new("w", [Table(contract.Parent, keys: false)], HasKeySweep: false)).Single();

        copy.Key.Should().Be("runs/erp.store/store-42/copy/store.manifest");
        System.Text.Encoding.UTF8.GetString(CopyManifests.ToBytes(copy, key => $"s3://lake/{key}")).Should().Be(
            """{"entries":[{"url":"s3://lake/curated/store.parquet","mandatory":true,"meta":{"content_length":1234}}]}""");
    }

    [Theory]
    [InlineData(4, 0)]
    [InlineData(5, 1)]
    public void ContractCheck_TakesFourTablesWithEverythingAndRefusesFive(int tables, int problems)
    {
        var order = Samples.Order();
        var contract = order with { Tables = [.. order.Tables, .. Enumerable.Range(4, tables - 3).Select(number => order.Tables[2] with { Name = $"extra_{number}" })] };

        LoadScript.Check(contract).Should().HaveCount(problems);
    }

    private static AuditedTable Table(ContractTable table, bool keys)
    {
        TableTotals totals = new(table.Name, 7, table.Columns.Where(column => column.ControlTotal).ToDictionary(column => column.Name, _ => 12.5m));
        TableTotals none = new(table.Name, 0, new Dictionary<string, decimal>());
        CuratedTable file = new(table.Name, SliceKind.Rows, new($"curated/{table.Name}.parquet", 1234, "ab"), 7);
        return new(table.Name, totals, totals, totals, none, [file], keys ? [file with { Kind = SliceKind.Keys }] : [], keys ? 7 : 0);
    }

    private static void Compare(string name, IReadOnlyList<string> statements, [CallerFilePath] string here = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(here)!, "golden", $"{name}.sql");
        var text = string.Concat(statements.Select(statement => statement + ";\n\n"));
        if (Environment.GetEnvironmentVariable("GOLDEN") == "write")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        text.Should().Be(File.ReadAllText(path));
    }
}

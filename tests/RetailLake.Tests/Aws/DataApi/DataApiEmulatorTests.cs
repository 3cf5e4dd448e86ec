using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;
using RetailLake.Core.Warehouse;
using RetailLake.Tests.Warehouse;
using RetailLake.Tests.Warehouse.Conformance;

namespace RetailLake.Tests.Aws.DataApi;

/// <summary>Where Redshift differs from DuckDB, the emulator does too; what it has in common is in the conformance suite.</summary>
public sealed class DataApiEmulatorTests : IAsyncDisposable
{
    private static readonly Contract Customer = Samples.Customer();
    private readonly RedshiftSite site = new(Customer);

    [Theory]
    [InlineData("abcde", true)]
    [InlineData("abcdef", false)]
    [InlineData("चा", false)]
    public async Task TextOfMoreBytesThanItsColumn_Fails(string text, bool fits)
    {
        var insert = () => site.Warehouse.ExecuteAsync(["CREATE TEMP TABLE \"t\" (\"a\" VARCHAR(5))", $"INSERT INTO \"t\" (\"a\") SELECT '{text}'"], Bench.None);

        if (fits)
        {
            await insert.Should().NotThrowAsync();
        }
        else
        {
            await insert.Should().ThrowAsync<LakeException>();
        }
    }

    [Fact]
    public async Task SameKeyTwice_IsThereTwice()
    {
        await MigrationScript.RunAsync(site.Warehouse, [Customer], Bench.None);

        await site.Warehouse.ExecuteAsync([.. Enumerable.Repeat("INSERT INTO \"crm\".\"customer\" (\"id\", \"_run\", \"_loaded_at\") SELECT 1, 1, TIMESTAMP '2026-11-21 05:00:00'", 2)], Bench.None);

        (await site.TextAsync("SELECT COUNT(*), COUNT(DISTINCT id) FROM crm.customer")).Should().Be("2,1");
    }

    [Theory]
    [InlineData("\"content_length\":", "\"content_length\":1")]
    [InlineData("\"mandatory\":true", "\"mandatory\":false")]
    public async Task ManifestThatDoesNotFitItsObjects_FailsTheLoadAndLeavesNothing(string written, string changed)
    {
        await MigrationScript.RunAsync(site.Warehouse, [Customer], Bench.None);
        var plan = Bench.Plan(Customer, 1);
        var script = site.Script(Customer, plan, site.Bench.Audit(Customer, plan, new Dictionary<string, string> { ["customer"] = "(1, 't1', 10, 'Pune', '2026-11-21 05:00:00', NULL)" }));
        var manifest = Directory.EnumerateFiles(site.Bench.Home, "*", SearchOption.AllDirectories).Single(file => Path.GetExtension(file) != ".parquet" && IsManifest(file));
        var text = await File.ReadAllTextAsync(manifest);
        await File.WriteAllTextAsync(manifest, text.Replace(": ", ":", StringComparison.Ordinal).Replace(written, changed, StringComparison.Ordinal));

        var load = () => site.Warehouse.ExecuteAsync(script, Bench.None);

        await load.Should().ThrowAsync<LakeException>();
        (await site.TextAsync("SELECT (SELECT COUNT(*) FROM crm.customer), (SELECT COUNT(*) FROM ops.load_ledger)")).Should().Be("0,0");
    }

    [Theory]
    [InlineData("VACUUM \"crm\".\"customer\"")]
    [InlineData("TRUNCATE \"crm\".\"customer\"")]
    [InlineData("PRAGMA version")]
    [InlineData("MERGE INTO \"crm\".\"customer\" USING \"x\" ON true WHEN MATCHED THEN DELETE")]
    public async Task FormThatNobodyKnows_IsRefused(string sql)
    {
        await MigrationScript.RunAsync(site.Warehouse, [Customer], Bench.None);

        var run = () => site.Warehouse.ExecuteAsync([sql], Bench.None);

        await run.Should().ThrowAsync<LakeException>();
    }

    public ValueTask DisposeAsync() => site.DisposeAsync();

    private static bool IsManifest(string file) => Path.GetExtension(file) is ".json" or ".manifest" && File.ReadAllText(file).Contains("content_length", StringComparison.Ordinal);
}

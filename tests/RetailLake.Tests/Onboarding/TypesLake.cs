using RetailLake.Tests.Failures;
using RetailLake.Tests.Servers;

namespace RetailLake.Tests.Onboarding;

/// <summary>All type cases, ingested once.</summary>
public sealed class TypesLake(MariaDbFixture fixture) : IAsyncLifetime
{
    internal TestLake Lake { get; private set; } = null!;

    /// <summary>Reason codes with their columns, by row.</summary>
    internal IReadOnlyDictionary<int, string> Rejects { get; private set; } = new Dictionary<int, string>();

    public async ValueTask InitializeAsync()
    {
        Lake = await TestLake.CreateAsync(fixture);
        await Lake.SqlAsync($"CREATE TABLE kinds (id INT PRIMARY KEY, {string.Join(", ", TypeCases.Columns.Select(column => $"`{column.Key}` {column.Value.Source} DEFAULT NULL"))})");
        foreach (var (index, one) in TypeCases.All.Index())
        {
            await Lake.SqlAsync($"INSERT INTO kinds (id, `{one.Column}`) VALUES ({index}, {one.Literal})");
        }

        Lake.Write(new ContractText(TestLake.Source, "kinds", Lake.Database,
            [ContractText.Key, .. TypeCases.Columns.Select(column => $"name: {column.Key}, {column.Value.Contract}, classification: internal")]) { RejectBudget = 100 });
        await Lake.OpenAsync();
        var outcome = await Lake.IngestAsync("kinds");
        outcome.Outcome.Should().Be("Loaded", outcome.Cause);
        outcome.Load!.Balances.Should().BeTrue();

        var run = (await Lake.Host.Quarantine.ListAsync(null, default)).Single();
        Rejects = await Lake.Host.Quarantine.ReadAsync(run, default).ToDictionaryAsync(
            reject => int.Parse(reject.Reject["key"]!["id"]!.ToString()),
            reject => string.Join(',', reject.Reject["reasons"]!.AsArray().Select(reason => $"{reason!["column"]}!{reason["code"]}")));
    }

    public ValueTask DisposeAsync() => Lake.DisposeAsync();
}

using System.Text;
using RetailLake.Tests.Onboarding;

namespace RetailLake.Tests.Drops.Chain;

/// <summary>A corrected file of a shop's day that has no row, or no valid one, through all steps: the day is empty, other days stay.</summary>
public sealed class EmptyDayTests
{
    private const string Feed = "gp.return";
    private const string Rows = "SELECT store_id, day, item FROM gp.return ORDER BY ALL";

    [Theory]
    [InlineData("")]
    [InlineData("D|7|many\nD|8|\n")]
    public async Task CorrectedFileWithoutAValidRow_EmptiesItsDay(string rows)
    {
        await using var lake = await OpenAsync();
        lake.Upload(Feed, "RET_4_20261121.txt", File(4, 21, "D|1|5\nD|2|6\n"));
        lake.Upload(Feed, "RET_4_20261122.txt", File(4, 22, "D|3|5\n"));
        lake.Upload(Feed, "RET_5_20261121.txt", File(5, 21, "D|4|5\n"));
        (await lake.IngestAsync(Feed)).Outcome.Should().Be("Loaded");
        lake.Upload(Feed, "RET_4_20261121_C1.txt", File(4, 21, rows), new DateTime(2026, 11, 23, 6, 0, 0, DateTimeKind.Utc));

        var outcome = await lake.IngestAsync(Feed);

        outcome.Outcome.Should().Be("Loaded");
        (await lake.QueryAsync(Rows)).Should().Equal("4|11/22/2026 00:00:00|3", "5|11/21/2026 00:00:00|4");
        (await lake.ValueAsync("SELECT SUM(swept) FROM ops.load_balance WHERE measure = 'rows'")).Should().Be("2");
        (await lake.ValueAsync("SELECT COUNT(*), COUNT(DISTINCT drop_id), MIN(outcome), MAX(outcome) FROM ops.drop_ledger")).Should().Be("4|4|loaded|loaded");
    }

    [Fact]
    public async Task RejectedRowOfAnotherShop_EmptiesNothing()
    {
        await using var lake = await OpenAsync(store: "3", header: "");
        lake.Upload(Feed, "monday.txt", "H|\nD|1|4|5\nD|2|5|6\nT|2\n"u8.ToArray());
        await lake.IngestAsync(Feed);
        lake.Upload(Feed, "tuesday.txt", "H|\nD|3|4|5\nD|9|5|many\nT|2\n"u8.ToArray(), new DateTime(2026, 11, 23, 6, 0, 0, DateTimeKind.Utc));

        await lake.IngestAsync(Feed);

        (await lake.QueryAsync("SELECT store_id, item FROM gp.return ORDER BY ALL")).Should().Equal("4|3", "5|2");
    }

    private static byte[] File(int store, int day, string rows) =>
        Encoding.UTF8.GetBytes($"H|{store:0000}|2026-11-{day}\n{rows}T|{rows.Count(character => character == '\n')}\n");

    private static async Task<FilesLake> OpenAsync(string store = "'header:2'", string header = "'header:3'")
    {
        var lake = new FilesLake();
        var quantity = header.Length > 0 ? 3 : 4;
        var day = header.Length == 0 ? "" : $"      - {{ name: day, logicalType: date, physicalType: date, required: true, classification: internal, customProperties: [ {{ property: retaillake.from, value: {header} }} ] }}";
        lake.Write("gp", "return", $$"""
            apiVersion: v3.1.0
            kind: DataContract
            id: gp.return
            version: 1.0.0
            status: active
            servers:
              - { server: gp, type: s3, location: s3://lake/drops/gp/return }
            customProperties:
              - { property: retaillake.rejectBudgetRows, value: 100 }
              - { property: retaillake.drop, value: { format: delimited, proof: trailer, version: modified, replaces: [ store_id{{(header.Length > 0 ? ", day" : "")}} ] } }
              - { property: retaillake.layout, value: { delimiter: '|', quote: none, header: false } }
              - { property: retaillake.records, value: { at: 1, header: H, trailer: T, totals: [ { at: 2, table: return } ] } }
            schema:
              - name: return
                physicalType: file
                customProperties: [ { property: retaillake.record, value: D } ]
                properties:
                  - { name: item, logicalType: integer, physicalType: int, primaryKey: true, classification: internal, customProperties: [ { property: retaillake.from, value: 2 } ] }
                  - { name: store_id, logicalType: integer, physicalType: int, required: true, classification: internal, customProperties: [ { property: retaillake.from, value: {{store}} }, { property: retaillake.format, value: { pad: '0' } } ] }
            {{day}}
                  - { name: quantity, logicalType: integer, physicalType: int, required: true, classification: internal, customProperties: [ { property: retaillake.from, value: {{quantity}} } ] }
            """);
        return await lake.OpenAsync();
    }
}

using System.Text;
using RetailLake.Tests.Onboarding;

namespace RetailLake.Tests.Quarantine;

/// <summary>Counted goods in files of records with a trailer; the contract can be wrong in two ways.</summary>
internal static class CountFeed
{
    public const string Feed = "gp.count";
    public const string Rows = "SELECT item, quantity, _version, _drop, _file FROM gp.count ORDER BY 1";

    /// <summary>The trailer counts rows; the comment is none.</summary>
    public static byte[] File(params IReadOnlyList<int> quantities) => Encoding.UTF8.GetBytes(
        "H|1\nC|counted by hand\n" + string.Concat(quantities.Select((quantity, index) => $"D|{index + 1}|{quantity}\n")) + $"T|{quantities.Count}\n");

    /// <param name="countsComments">Then every trailer is wrong by one, and every file refused.</param>
    /// <param name="minimum">0 rejects goods that were sent back.</param>
    public static void Write(FilesLake lake, bool countsComments = false, int minimum = -1000) => lake.Write("gp", "count", $$"""
        apiVersion: v3.1.0
        kind: DataContract
        id: gp.count
        version: 1.0.0
        status: active
        servers:
          - { server: gp, type: s3, location: s3://lake/drops/gp/count }
        customProperties:
          - { property: retaillake.rejectBudgetRows, value: 100 }
          - { property: retaillake.drop, value: { format: delimited, proof: trailer, replaces: file } }
          - { property: retaillake.layout, value: { delimiter: '|', quote: none, header: false } }
          - { property: retaillake.records, value: { at: 1, header: H, trailer: T, ignored: [C], totals: [ { at: 2{{(countsComments ? "" : ", table: count")}} } ] } }
        schema:
          - name: count
            physicalType: file
            customProperties: [ { property: retaillake.record, value: D } ]
            properties:
              - { name: item, logicalType: integer, physicalType: int, primaryKey: true, classification: internal, customProperties: [ { property: retaillake.from, value: 2 } ] }
              - { name: quantity, logicalType: integer, physicalType: int, required: true, classification: internal, logicalTypeOptions: { minimum: {{minimum}} }, customProperties: [ { property: retaillake.from, value: 3 }, { property: retaillake.controlTotal, value: true } ] }

        """);

    /// <summary>What a lake holds whose contract was right from the first.</summary>
    public static async Task<IReadOnlyList<string>> CleanAsync(params (string Name, byte[] Content)[] files)
    {
        await using var lake = new FilesLake();
        Write(lake);
        await lake.OpenAsync();
        foreach (var (name, content) in files)
        {
            lake.Upload(Feed, name, content);
        }

        (await lake.IngestAsync(Feed)).Outcome.Should().Be("Loaded");
        return await lake.QueryAsync(Rows);
    }
}

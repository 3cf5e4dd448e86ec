using System.Globalization;
using System.Text;
using RetailLake.Core.Contracts;
using RetailLake.Core.Lake;
using RetailLake.Core.Streams;
using RetailLake.Local.Home;
using RetailLake.Local.Running;

namespace RetailLake.Bench;

/// <summary>Generated change events of one table: three to a key, three in a hundred deletions, five in a hundred twice, out of order within a hundred.</summary>
internal static class BenchEvents
{
    public const int Partitions = 4;

    private const int SegmentRecords = 5_000;
    private const string Topic = "db.crm.loyalty_txn";

    public static Contract Contract { get; } = new()
    {
        Id = "crmlog.loyalty_txn",
        Source = "crmlog",
        Feed = "loyalty_txn",
        Version = "1.0.0",
        Sha256 = "00",
        Server = new("kafka", null, null, "", "sources/crmlog"),
        Extract = new() { Mode = ExtractMode.Window },
        Stream = new(Topic, StreamFormat.Debezium) { Encoding = new(DebeziumDecimals.String) },
        RejectBudgetPercent = 100,
        Tables =
        [
            new()
            {
                Name = "loyalty_txn",
                SourceName = "loyalty_txn",
                Key = ["id"],
                Columns =
                [
                    Column("id", "bigint", new(ColumnKind.Int64, "bigint")) with { Required = true },
                    Column("customer_id", "bigint", new(ColumnKind.Int64, "bigint")),
                    Column("store_id", "int", new(ColumnKind.Int32, "int")),
                    Column("kind", "varchar(10)", new(ColumnKind.Text, "varchar(10)") { MaxBytes = 40 }) with { Rules = [new("values", Values: ["EARN", "BURN", "EXPIRE"])] },
                    Column("points", "int", new(ColumnKind.Int32, "int")),
                    Column("amount", "decimal(12,2)", new(ColumnKind.Decimal, "decimal(12,2)") { Precision = 12, Scale = 2 }),
                    Column("at", "datetime(3)", new(ColumnKind.Timestamp, "datetime(3)") { Scale = 3 }),
                    Column("note", "varchar(80)", new(ColumnKind.Text, "varchar(80)") { MaxBytes = 320 }),
                ],
            },
        ],
    };

    /// <summary>Lands the events as segments, and writes them as lines for those who read files.</summary>
    /// <returns>Bytes of the events.</returns>
    public static async Task<long> LandAsync(LakeHome home, string lines, int events, bool withSchema)
    {
        SecretsFile.Ensure(home);
        var lander = new SegmentLander(new FileSystemLake(HostSettings.LakeUri(home)));
        await using var file = File.Create(lines);
        var bytes = 0L;
        foreach (var (batch, number) in Values(events, withSchema ? Schema : null).Chunk(SegmentRecords).Select((batch, number) => (batch, number)))
        {
            var first = number / Partitions * (long)SegmentRecords;
            await lander.LandAsync(Contract, new(Topic, number % Partitions), batch.Select((value, index) => new StreamRecord(first + index, 1_795_376_405_000 + index, TimestampKind.CreateTime, "{}"u8.ToArray(), [], value)), default);
            foreach (var value in batch)
            {
                await file.WriteAsync(value);
                file.WriteByte((byte)'\n');
                bytes += value.Length;
            }
        }

        return bytes;
    }

    private static IEnumerable<byte[]> Values(int events, string? schema)
    {
        var random = new Random(7);
        var positions = Enumerable.Range(1, events).ToArray();
        for (var from = 0; from + 100 <= events; from += 100)
        {
            random.Shuffle(positions.AsSpan(from, 100));
        }

        foreach (var position in positions)
        {
            var value = Value(position, events, schema);
            yield return value;
            if (random.Next(20) == 0)
            {
                yield return value;
            }
        }
    }

    /// <summary>All of an event follows from its position, so that the last one of a key is known.</summary>
    private static byte[] Value(int position, int events, string? schema)
    {
        var id = 1 + (int)((uint)position * 2_654_435_761u % (uint)Math.Max(1, events / 3));
        var row = string.Create(CultureInfo.InvariantCulture, $$"""
            {"id":{{id}},"customer_id":{{id % 9973}},"store_id":{{id % 50}},"kind":"{{(position % 3 == 0 ? "EARN" : position % 3 == 1 ? "BURN" : "EXPIRE")}}","points":{{position % 500}},"amount":"{{position % 10_000}}.{{position % 100:00}}","at":{{1_795_376_405_000 + position}},"note":"Bill {{position}} of till {{position % 9}} in the shop at the corner"}
            """);
        var isDelete = position % 33 == 0;
        var payload = $$"""{"before":{{(isDelete ? row : "null")}},"after":{{(isDelete ? "null" : row)}},"source":{"version":"3.3.0.Final","connector":"mysql","name":"db","ts_ms":{{1_795_376_405_000 + position}},"snapshot":"false","db":"crm","sequence":null,"table":"loyalty_txn","server_id":1,"gtid":null,"file":"mysql-bin.000003","pos":{{position}},"row":0,"thread":7,"query":null},"op":"{{(isDelete ? 'd' : position % 3 == 0 ? 'c' : 'u')}}","ts_ms":1795376405120,"transaction":null}""";
        return Encoding.UTF8.GetBytes(schema is null ? payload : $"{{\"schema\":{schema},\"payload\":{payload}}}");
    }

    private static string Schema { get; } = MakeSchema();

    private static string MakeSchema()
    {
        string[] columns = ["int64 id", "int64 customer_id", "int32 store_id", "string kind", "int32 points", "string amount", "int64 at", "string note"];
        var fields = string.Join(',', columns.Select(column => column.Split(' ')).Select(part => $"{{\"type\":\"{part[0]}\",\"optional\":true,{(part[1] == "at" ? "\"name\":\"io.debezium.time.Timestamp\",\"version\":1," : "")}\"field\":\"{part[1]}\"}}"));
        var source = string.Join(',', "version connector name ts_ms snapshot db sequence table server_id gtid file pos row thread query".Split(' ').Select(name => $"{{\"type\":\"string\",\"optional\":true,\"field\":\"{name}\"}}"));
        return $$"""{"type":"struct","fields":[{"type":"struct","fields":[{{fields}}],"optional":true,"name":"db.crm.loyalty_txn.Value","field":"before"},{"type":"struct","fields":[{{fields}}],"optional":true,"name":"db.crm.loyalty_txn.Value","field":"after"},{"type":"struct","fields":[{{source}}],"optional":false,"name":"io.debezium.connector.mysql.Source","field":"source"},{"type":"string","optional":false,"field":"op"},{"type":"int64","optional":true,"field":"ts_ms"}],"optional":false,"name":"db.crm.loyalty_txn.Envelope","version":2}""";
    }

    private static ContractColumn Column(string name, string source, ColumnType type) => new() { Name = name, SourceName = name, Type = type with { SourceType = source } };
}

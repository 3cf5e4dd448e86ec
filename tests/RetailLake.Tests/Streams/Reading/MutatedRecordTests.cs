using System.Text;
using RetailLake.Core.Contracts;
using RetailLake.Core.Streams;
using RetailLake.Tests.Scenarios;

namespace RetailLake.Tests.Streams.Reading;

/// <summary>Records cut, flipped, spliced and repeated anywhere: each is rows of its unit, one refused row or counted, and its neighbours are read as if it were not there.</summary>
public sealed class MutatedRecordTests(ITestOutputHelper output)
{
    private static readonly string[] Bills =
    [
        """{"bill_no":"a","revision":1,"sold_at":"2026-11-25T14:03:22.12+05:30","totals":{"net":"1.50"},"training":true,"extra":{"a":[1,{"b":null}]},"photo":"AQID","note":"x\u20b9\ud83d\ude00","lines":[{"sku":"A","taxes":[{"amount":1.5e1}]},{"sku":"B"}]}""",
        """{"lines":null,"bill_no":"b","revision":2,"net":0.5}""",
    ];

    private static readonly string[] Events =
    [
        ChangeFeed.Created("\"MDk=\""), ChangeFeed.WithSchema("\"type\":\"bytes\",\"name\":\"org.apache.kafka.connect.data.Decimal\",\"parameters\":{\"scale\":\"2\"}", "\"MDk=\""),
        """{"op":"d","before":{"id":1,"v":"AA=="},"source":{"file":"b.000001","pos":4,"snapshot":"last"},"ts_ms":5}""", """{"op":"t","source":{"file":"b.000001","pos":4}}""",
        """{"id":1,"v":"AA==","__op":"u","__deleted":"false","__source_file":"b.000001","__source_pos":4}""", """{"status":"END","id":"x","event_count":2}""",
    ];

    private static readonly string[] Splices = ["\"", "{", "}", "[", "]", ",", ":", "\\", "\\u", "\\ud800", "null", "-", "1e999", "\0", "\uFEFF", "é", "\"bill_no\":\"z\",", "\"op\":\"c\",", "\"payload\":", "\"after\":null,"];

    [Fact]
    public void Bills_AreReadWhateverTheirNeighboursAre() => Run(BillFeed.Contract, Segments.Of, Bills, Soak.Count(200_000, 6_000));

    [Fact]
    public void ChangeEvents_AreReadWhateverTheirNeighboursAre() => Run(ChangeFeed.OfType("logicalType: number, physicalType: 'decimal(12,2)'"), ChangeFeed.Of, Events, Soak.Count(200_000, 6_000));

    private void Run(Contract contract, TopicPartition of, string[] samples, int count)
    {
        const int Batch = 50;
        var random = Soak.Random(output);
        var good = samples[0];
        var expected = StreamRows.Read(contract, of, Segments.Record(0, good)).Select(row => row.Text).ToList();
        for (var done = 0; done < count; done += Batch)
        {
            var bad = Enumerable.Range(0, Batch).Select(_ => Mutated(random, samples)).ToList();
            var records = bad.SelectMany((value, index) => new[] { Segments.Record(2 * index) with { Value = value }, Segments.Record((2 * index) + 1, good) }).ToArray();

            var (rows, skipped) = StreamRows.ReadAll(contract, of, records);

            var byUnit = rows.ToLookup(row => row.Unit);
            for (var index = 0; index < Batch; index++)
            {
                byUnit[(2 * index) + 2].Select(Shown).Should().Equal(expected, "the record behind '{0}'", Convert.ToHexString(bad[index]));
                var own = byUnit[(2 * index) + 1].ToList();
                (own.Count == 1 || own.All(row => row.Refusal is null)).Should().BeTrue("a refused record is one row");
            }

            (skipped.Values.Sum() + byUnit.Count).Should().Be(2 * Batch, "each record is rows or counted");
        }
    }

    /// <summary>Where a record stands is no part of its values here.</summary>
    private static string Shown(StreamRow row) => System.Text.RegularExpressions.Regex.Replace(System.Text.RegularExpressions.Regex.Replace(row.Text, "record_offset=[0-9]+", "record_offset=0"), "record_at=[0-9: .-]+", "record_at=2026-11-22 19:40:05.120000");

    private static byte[] Mutated(Random random, string[] samples)
    {
        var bytes = Encoding.UTF8.GetBytes(samples[random.Next(samples.Length)]).ToList();
        for (var times = random.Next(1, 4); times > 0 && bytes.Count > 0; times--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes.RemoveRange(at, random.Next(Math.Min(12, bytes.Count - at) + 1));
                    break;
                case 1:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Splices[random.Next(Splices.Length)]));
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(at, random.Next(bytes.Count - at)).ToArray());
                    break;
                default:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }

        return [.. bytes];
    }
}

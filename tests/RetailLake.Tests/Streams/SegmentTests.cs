using RetailLake.Core.Errors;
using RetailLake.Core.Rows.Landing;
using RetailLake.Core.Streams;
using RetailLake.Tests.Scenarios;

namespace RetailLake.Tests.Streams;

public sealed class SegmentTests(ITestOutputHelper output)
{
    [Fact]
    public void AnyRecords_AreReadBackAsTheyWere()
    {
        var random = Soak.Random(output);
        for (var round = 0; round < Soak.Count(2_000, 200); round++)
        {
            var offset = random.NextInt64(0, long.MaxValue / 2);
            var records = Enumerable.Range(0, random.Next(1, 60)).Select(_ => Segments.Any(random, offset += random.Next(1, 4))).ToList();

            var read = Segments.Read(Segments.Write(records.OrderBy(_ => random.Next())));

            read.Select(Segments.Text).Should().Equal(records.Select(Segments.Text));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_533)]
    [InlineData(65_536)]
    [InlineData(6 * 1024 * 1024)]
    public void RecordOfAnySize_IsReadBack(int bytes)
    {
        var value = new byte[bytes];
        new Random(7).NextBytes(value);
        StreamRecord[] records = [Segments.Record(5), Segments.Record(6) with { Value = value }, Segments.Record(7, null)];

        var read = Segments.Read(Segments.Write(records));

        read.Should().HaveCount(3);
        read[1].Value!.Value.Span.SequenceEqual(value).Should().BeTrue();
        read[2].Value.Should().BeNull();
    }

    [Fact]
    public void FirstAndLastOffsetsThatThereAre_AreReadBack() =>
        Segments.Read(Segments.Write([Segments.Record(0), Segments.Record(long.MaxValue)])).Select(record => record.Offset).Should().Equal(0, long.MaxValue);

    [Fact]
    public void SameRecordsInAnyOrder_AreTheSameBytes()
    {
        StreamRecord[] records = [Segments.Record(3, "a"), Segments.Record(4, null, null), Segments.Record(9, "c")];

        Segments.Write(records.Reverse().Append(records[1])).Should().Equal(Segments.Write(records));
    }

    [Fact]
    public void TwoRecordsOfOneOffset_AreRefused()
    {
        var writing = () => Segments.Write([Segments.Record(3, "a"), Segments.Record(3, "b")]);

        writing.Should().Throw<StreamConflictException>().Which.Message.Should().Contain("offset 3 of 'pos.bill-0'").And.EndWith(".");
    }

    [Fact]
    public void FrameCutAnywhere_IsAnErrorAndNeverAWrongRecord()
    {
        var random = Soak.Random(output);
        var records = Enumerable.Range(0, 40).Select(index => Segments.Any(random, index * 2)).ToList();
        var whole = Segments.Write(records);
        var expected = records.Select(Segments.Text).ToList();

        for (var length = 0; length < whole.Length; length++)
        {
            ReadUntilError(whole[..length], expected);
        }
    }

    [Fact]
    public void ContentCutOrLengthened_IsAnErrorAndNeverAWrongRecord()
    {
        var random = Soak.Random(output);
        var records = Enumerable.Range(0, 12).Select(index => Segments.Any(random, index)).ToList();
        var content = Content(Segments.Write(records));
        var expected = records.Select(Segments.Text).ToList();

        for (var length = 0; length < content.Length; length++)
        {
            ReadUntilError(Frame(content[..length]), expected);
        }

        ReadUntilError(Frame([.. content, 0]), expected);
        ReadUntilError([.. Frame(content), 0], expected);
        ReadUntilError([.. Frame(content), .. Frame(content)], expected);
    }

    [Fact]
    public void ContentWithAnotherByte_IsReadToItsEndOrRefused()
    {
        var random = Soak.Random(output);
        var content = Content(Segments.Write(Enumerable.Range(0, 12).Select(index => Segments.Any(random, index))));
        for (var index = 0; index < content.Length; index++)
        {
            var changed = content.ToArray();
            changed[index] ^= (byte)(1 << random.Next(8));
            try
            {
                _ = Segments.Read(Frame(changed));
            }
            catch (ObjectDamagedException exception)
            {
                exception.Message.Should().Contain("landing/x.segment");
            }
        }
    }

    [Fact]
    public void FrameWithAnotherByte_IsRefused()
    {
        var random = Soak.Random(output);
        var whole = Segments.Write(Enumerable.Range(0, 30).Select(index => Segments.Any(random, index)));
        var before = Segments.Read(whole).Select(Segments.Text).ToList();
        for (var index = 0; index < whole.Length; index++)
        {
            var changed = whole.ToArray();
            changed[index] ^= (byte)(1 << random.Next(8));
            try
            {
                // A few bits of Zstandard's head mean nothing for the content.
                Segments.Read(changed).Select(Segments.Text).Should().Equal(before);
            }
            catch (ObjectDamagedException exception)
            {
                exception.Remedy.Should().EndWith(".");
            }
        }
    }

    [Fact]
    public void ReadingRecords_AllocatesNothing()
    {
        const int Count = 50_000;
        var segment = Segments.Write(Enumerable.Range(0, Count).Select(index => Segments.Record(index, $"{{\"bill\":{index}}}", $"{index}", new StreamHeader(new byte[5], new byte[index % 9]))));
        using var reader = SegmentReader.Open(new MemoryStream(segment), "s");
        var (before, bytes) = (0L, 0L);
        while (reader.Read())
        {
            if (reader.RecordNumber == 5_000)
            {
                before = GC.GetAllocatedBytesForCurrentThread();
            }

            bytes += reader.Key!.Value.Length + reader.Value!.Value.Length;
            foreach (var header in reader.Headers)
            {
                bytes += header.Name.Length + header.Value!.Value.Length;
            }
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(Count / 100, "a decompressor may, a record may not");
        (reader.RecordNumber, bytes > Count).Should().Be((Count, true));
    }

    /// <summary>What was read must be the first of the expected records; the end must be an error.</summary>
    private static void ReadUntilError(byte[] segment, List<string> expected)
    {
        var count = 0;
        var reading = () =>
        {
            using var reader = SegmentReader.Open(new MemoryStream(segment), "s");
            while (reader.Read())
            {
                Segments.Text(Segments.Current(reader)).Should().Be(expected[count++]);
            }
        };

        reading.Should().Throw<ObjectDamagedException>();
    }

    private static byte[] Content(byte[] segment)
    {
        using var content = new MemoryStream();
        using var frame = LandingCompression.Decompress(new MemoryStream(segment));
        frame.CopyTo(content);
        return content.ToArray();
    }

    private static byte[] Frame(byte[] content)
    {
        using var stored = new MemoryStream();
        using (var frame = LandingCompression.Compress(stored))
        {
            frame.Write(content);
        }

        return stored.ToArray();
    }
}

using System.Text;
using RetailLake.Core.Errors;
using RetailLake.Core.Rows.Landing;

namespace RetailLake.Tests.Rows;

public sealed class TabTextTests
{
    [Fact]
    public async Task AnyBytes_RoundTrip()
    {
        var random = new Random(4);
        var special = "\\\t\n\0Nrab"u8.ToArray();
        var rows = Enumerable.Range(0, 3_000).Select(_ => Enumerable.Range(0, 5).Select(_ => random.Next(8) == 0
            ? null
            : Enumerable.Range(0, random.Next(random.Next(50) == 0 ? 20_000 : 40)).Select(_ => special[random.Next(special.Length)]).ToArray()).ToArray()).ToList();
        using var stored = new MemoryStream();
        await using (var writer = new TabWriter(stored))
        {
            foreach (var row in rows)
            {
                foreach (var field in row)
                {
                    if (field is null)
                    {
                        writer.WriteNull();
                    }
                    else
                    {
                        field.CopyTo(writer.GetFieldSpan(field.Length + 10));
                        writer.EndField(field.Length);
                    }
                }

                await writer.EndRowAsync(default);
            }

            await writer.CompleteAsync(default);
            writer.Rows.Should().Be(rows.Count);
        }

        stored.Position = 0;
        using var reader = TabReader.OverLanded(stored, 5, "test");
        foreach (var row in rows)
        {
            reader.Read().Should().BeTrue();
            for (var index = 0; index < row.Length; index++)
            {
                reader.IsNull(index).Should().Be(row[index] is null);
                reader.Field(index).SequenceEqual(row[index] ?? []).Should().BeTrue();
            }
        }

        reader.Read().Should().BeFalse();
    }

    [Fact]
    public void MySqlSpellings_AreRead()
    {
        // SELECT INTO OUTFILE writes a backslash before the tab or line feed itself.
        using var reader = new TabReader(new MemoryStream("a\\\tb\tc\\\nd\te\\Zf\\bg\\rh\t\\N\n\t\\\\N\tN\t\\Na\n"u8.ToArray()), 4, "test");

        reader.Read().Should().BeTrue();
        Encoding.UTF8.GetString(reader.Field(0)).Should().Be("a\tb");
        Encoding.UTF8.GetString(reader.Field(1)).Should().Be("c\nd");
        Encoding.UTF8.GetString(reader.Field(2)).Should().Be("e\u001af\bg\rh");
        reader.IsNull(3).Should().BeTrue();
        reader.Read().Should().BeTrue();
        reader.Field(0).Length.Should().Be(0);
        reader.IsNull(0).Should().BeFalse();
        Encoding.UTF8.GetString(reader.Field(1)).Should().Be("\\N");
        reader.IsNull(1).Should().BeFalse();
        reader.IsNull(3).Should().BeFalse();
        Encoding.UTF8.GetString(reader.Field(3)).Should().Be("Na");
        reader.Read().Should().BeFalse();
    }

    [Theory]
    [InlineData("a\tb\nc\n", "Found 1 columns on row 2 of 'test'; the contract expects 2.")]
    [InlineData("a\tb\tc\n", "Found 3 columns on row 1 of 'test'; the contract expects 2.")]
    [InlineData("a\tb\n\n", "Found 1 columns on row 2")]
    [InlineData("a\tb\nc\td", "Found 3 bytes after row 1 without a line end")]
    [InlineData("a\tb\nc\td\\\n", "Found 5 bytes after row 1 without a line end")]
    public void WrongShape_IsAnError(string text, string message)
    {
        using var reader = new TabReader(new MemoryStream(Encoding.UTF8.GetBytes(text)), 2, "test");

        reader.Invoking(it =>
        {
            while (it.Read())
            {
            }
        }).Should().Throw<ObjectDamagedException>().WithMessage(message + "*");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(64)]
    public void SmallReadsAndBuffers_GiveTheSameRows(int chunk)
    {
        var text = string.Concat(Enumerable.Range(0, 500).Select(row => $"{row}\t{new string('x', row)}\\t\t\\N\n"));
        using var reader = new TabReader(new ChunkedStream(Encoding.UTF8.GetBytes(text), chunk), 3, "test", bufferBytes: 16);

        for (var row = 0; row < 500; row++)
        {
            reader.Read().Should().BeTrue();
            Encoding.UTF8.GetString(reader.Field(0)).Should().Be(row.ToString());
            Encoding.UTF8.GetString(reader.Field(1)).Should().Be(new string('x', row) + "\t");
            reader.IsNull(2).Should().BeTrue();
            reader.RowNumber.Should().Be(row + 1);
        }

        reader.Read().Should().BeFalse();
    }

    [Fact]
    public void RowBeyondTheLimit_IsAClearError()
    {
        using var reader = new TabReader(new MemoryStream(new byte[100_000]), 1, "test", bufferBytes: 64, maximumRowBytes: 10_000);

        reader.Invoking(it => it.Read()).Should().Throw<NotSupportedByLakeException>().WithMessage("Found more than 10,000 bytes in row 1 of 'test'*");
    }

    [Fact]
    public void TruncatedFrame_AlwaysFails()
    {
        using var stored = new MemoryStream();
        using (var frame = LandingCompression.Compress(stored))
        {
            var random = new Random(5);
            frame.Write(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 20_000).Select(row => $"{row}\t{random.Next()}\n"))));
        }

        var bytes = stored.ToArray();
        for (var cut = 0; cut < bytes.Length; cut += cut < 40 || cut > bytes.Length - 40 ? 1 : 997)
        {
            var length = cut;
            FluentActions.Invoking(() => SliceFixture.ReadAll(bytes[..length], 2)).Should().Throw<ObjectDamagedException>($"cut at {cut} of {bytes.Length}");
        }

        SliceFixture.ReadAll(bytes, 2).Should().HaveCount(20_000);
    }

    [Fact]
    public void FlippedBit_AlwaysFails()
    {
        using var stored = new MemoryStream();
        using (var frame = LandingCompression.Compress(stored))
        {
            frame.Write(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 2_000).Select(row => $"{row}\t{row * 7919 % 10_007}\n"))));
        }

        var bytes = stored.ToArray();
        var random = new Random(6);
        for (var turn = 0; turn < 300; turn++)
        {
            var damaged = bytes.ToArray();
            var bit = random.Next(8 * bytes.Length);
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));

            FluentActions.Invoking(() => SliceFixture.ReadAll(damaged, 2)).Should().Throw<ObjectDamagedException>($"bit {bit} is another");
        }
    }

    private sealed class ChunkedStream(byte[] bytes, int chunk) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, chunk));
    }
}

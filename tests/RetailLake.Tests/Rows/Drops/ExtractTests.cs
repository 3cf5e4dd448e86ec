using System.Globalization;
using System.Text;
using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;
using RetailLake.Core.Lake;
using RetailLake.Core.Rows.Drops;
using RetailLake.Core.Runs;

namespace RetailLake.Tests.Rows.Drops;

/// <summary>What landing extracts gives the later steps the very rows that the drops themselves give.</summary>
public sealed class ExtractTests : IDisposable
{
    private static readonly Contract BillsAndLines = DropFixture.Contract(DropFixture.Bills, DropFixture.Lines);

    private readonly DropFixture drops = new();

    [Fact]
    public async Task Extract_GivesWhatTheDropsGive()
    {
        var (first, refused, second) = (
            await drops.DropAsync("a", DropFixture.Lined("-", "bill|1|10.00|9876543210", "line|1|1|4.00|", "line|2|1|6.00|~", "-", "bill|2|!x|~", "line|3|2|1.00|é", "-", "line|4|9|1.00|orphan")),
            await drops.DropAsync("b", DropFixture.Lined("-", "bill|7|1.00|~", "line|9|7|1.00|lost", "x torn")),
            await drops.DropAsync("c", DropFixture.Lined("-", "?bill|no fields", "-", "bill|3|0.50|123", "-", "line|5|4|0.25|before its bill", $"bill|4|0.25|~", $"line|6|4|0.00|{new string('w', 400_000)}")));
        var landed = LakeJson.FromBytes<LandedManifest>(LakeJson.ToBytes(await drops.LandAsync(BillsAndLines, first, refused, second)));
        landed.Drops!.Select(drop => drop.Refused is null).Should().Equal(true, false, true);
        landed.Extract.Should().NotBeNull();

        var extracted = await ReadAsync(landed);

        var read = await ReadAsync(landed with { Extract = null });
        extracted.Should().HaveCount(11);
        extracted.SequenceEqual(read, StringComparer.Ordinal).Should().BeTrue();
        extracted.Should().NotContain(row => row.Contains("lost", StringComparison.Ordinal));
    }

    /// <summary>What repeats is not written again, and is there when the reader's buffer has long moved on.</summary>
    [Fact]
    public async Task FieldsThatRepeat_AreKeptWhileOthersPass()
    {
        var name = new string('n', 30_000);
        string[] lines = [.. Enumerable.Range(0, 400).Select(line => $"line|{line}|1|{line / 100}.00|{(line is > 100 and < 300 ? name : $"{line % 7}{new string('w', line % 3 * 20_000)}")}")];
        var landed = await drops.LandAsync(BillsAndLines, await drops.DropAsync("a", DropFixture.Lined(["-", "bill|1|1.00|~", .. lines, "-", "bill|2|1.00|~", "line|500|2|9.00|~"])));

        var extracted = await ReadAsync(landed);

        extracted.Should().HaveCount(403).And.Equal(await ReadAsync(landed with { Extract = null }));
        landed.Extract!.Bytes.Should().BeLessThan(lines.Sum(line => (long)line.Length) - (190 * name.Length));
    }

    /// <summary>An extract of a release that wrote every field of every row.</summary>
    [Fact]
    public async Task ExtractWithoutRepeats_IsReadAsItWas()
    {
        byte[] rows = [.. Row(1, 0, "1", "1.00", "98"), .. Row(5, 0, "7", "1", "4", "n"), .. Row(5, 0, "8", "1", "4", "n")];

        (await ReadAsync(await ExtractOfAsync(rows, lines: 2))).Should().Equal(
            "0 0 1 1  '1' |'1.00' |'98' ", "1 0 1 1  '7' |'1' |'4' |'n' ", "1 0 2 2  '8' |'1' |'4' |'n' ");
    }

    [Theory]
    [InlineData(0b1110)]
    [InlineData(0)]
    [InlineData(0b10001)]
    public async Task RepeatsThatNoRowBeforeHas_AreFound(byte repeats)
    {
        byte[] first = repeats == 0b1110 ? [] : Row(5, 1, "7", "1", "4", "n");
        byte[] again = [3 << 2 | 1, 0, repeats, 2, (byte)'8'];

        var act = async () => await ReadAsync(await ExtractOfAsync([.. first, .. BitConverter.GetBytes(again.Length), .. again], lines: first.Length == 0 ? 1 : 2));

        await act.Should().ThrowAsync<ObjectDamagedException>().WithMessage("Found fields said to repeat that no row before has at byte*");
    }

    [Fact]
    public async Task DropsLeftOut_AreProvenWithTheRest()
    {
        var landed = await drops.LandAsync(BillsAndLines, await drops.DropAsync("a", DropFixture.Lined("-", "bill|1|1.00|~")), await drops.DropAsync("b", DropFixture.Lined("-", "bill|2|2.00|~")));
        var slice = new DropSlice(drops.Lake, drops.Readers, BillsAndLines, landed);
        using var pass = await slice.BeginPassAsync(default);
        using (var cursor = await pass.OpenAsync(slice.Taken[1], default))
        {
            cursor.Read(default).Should().BeTrue();
            Encoding.UTF8.GetString(cursor.Row.Field(0)).Should().Be("2");
            cursor.Row.SliceNumber.Should().Be(2);
            cursor.Read(default).Should().BeFalse();
            cursor.Finish();
        }

        pass.Finish();
    }

    [Fact]
    public async Task AnyOtherByte_IsFound()
    {
        var landed = await drops.LandAsync(BillsAndLines, await drops.DropAsync("a", DropFixture.Lined("-", "bill|1|1.00|98", "line|1|1|!4|n", "?line|no", "line|2|1|4|n", "line|3|1|4|~")));
        var path = drops.Lake.Locate(landed.Extract!.Key);
        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        for (var at = 0; at < bytes.Length; at++)
        {
            foreach (var bit in (byte[])[1, 0x80])
            {
                bytes[at] ^= bit;
                await ReplaceAsync(path, bytes);
                await FluentActions.Awaiting(() => ReadAsync(landed)).Should().ThrowAsync<LakeException>($"bit {bit} of byte {at} is another");
                bytes[at] ^= bit;
            }

            await ReplaceAsync(path, bytes[..at]);
            await FluentActions.Awaiting(() => ReadAsync(landed)).Should().ThrowAsync<ObjectDamagedException>($"it ends at byte {at}");
        }

        await ReplaceAsync(path, bytes);
        (await ReadAsync(landed)).Should().HaveCount(5);
    }

    [Fact]
    public async Task DropsWithoutRows_LeaveNoObject()
    {
        var landed = await drops.LandAsync(BillsAndLines, await drops.DropAsync("a", "x torn\n"), await drops.DropAsync("b", "-\n"));

        landed.Extract.Should().BeNull();
        (await ReadAsync(landed)).Should().BeEmpty();
        (await drops.ValidateAsync(BillsAndLines, landed)).Tables.Should().OnlyContain(table => table.LandedRows == 0);
    }

    [Fact]
    public async Task FlatFile_IsReadItself()
    {
        var contract = DropFixture.Contract(DropFixture.Bills);

        (await drops.LandAsync(contract, await drops.DropAsync("a", "bill|1|1.00|~\n"))).Extract.Should().BeNull();
    }

    [Fact]
    public async Task Object_IsProvenByEitherSum()
    {
        await using var writer = await drops.Lake.CreateAsync("a/b", default);
        await writer.Stream.WriteAsync("hello"u8.ToArray(), TestContext.Current.CancellationToken);
        var stored = await writer.CommitAsync(default);

        await drops.Lake.VerifyAsync(stored, default);
        await drops.Lake.VerifyAsync(stored with { Xxh128 = null }, default);
        await FluentActions.Awaiting(() => drops.Lake.VerifyAsync(stored with { Xxh128 = new('0', 32) }, default)).Should().ThrowAsync<ObjectDamagedException>().WithMessage("*XXH128*");
        await FluentActions.Awaiting(() => drops.Lake.VerifyAsync(stored with { Xxh128 = null, Sha256 = new('0', 64) }, default)).Should().ThrowAsync<ObjectDamagedException>().WithMessage("*SHA-256*");
    }

    public void Dispose() => drops.Dispose();

    /// <param name="head">Table × 4 + 1, of plain ASCII.</param>
    private static byte[] Row(byte head, byte step, params string[] fields)
    {
        byte[] row = [head, step, .. fields.Select(field => (byte)(field.Length + 1)), .. fields.SelectMany(Encoding.ASCII.GetBytes)];
        return [.. BitConverter.GetBytes(row.Length), .. row];
    }

    /// <summary>A manifest of one drop whose rows are these.</summary>
    private async Task<LandedManifest> ExtractOfAsync(byte[] rows, int lines)
    {
        var landed = await drops.LandAsync(BillsAndLines, await drops.DropAsync("a", DropFixture.Lined(["-", "bill|1|1.00|98", .. Enumerable.Range(7, lines).Select(line => $"line|{line}|1|4|n")])));
        await using var writer = await drops.Lake.CreateAsync("a/rows", default);
        await writer.Stream.WriteAsync(rows, TestContext.Current.CancellationToken);
        return landed with { Extract = await writer.CommitAsync(default), Drops = [landed.Drops![0] with { Extract = new(0, rows.Length) }] };
    }

    private static Task ReplaceAsync(string path, byte[] bytes)
    {
        File.Delete(path);
        return File.WriteAllBytesAsync(path, bytes);
    }

    /// <summary>Every row with all that is known of it.</summary>
    private async Task<List<string>> ReadAsync(LandedManifest landed)
    {
        List<string> rows = [];
        var slice = new DropSlice(drops.Lake, drops.Readers, BillsAndLines, landed);
        using var pass = await slice.BeginPassAsync(default);
        foreach (var drop in slice.Taken)
        {
            using var cursor = await pass.OpenAsync(drop, default);
            while (cursor.Read(default))
            {
                rows.Add(Show(cursor, BillsAndLines.Tables[cursor.TableIndex].Columns.Count));
            }

            cursor.Finish();
        }

        pass.Finish();
        return rows;
    }

    private static string Show(DropCursor cursor, int columns)
    {
        var row = cursor.Row;
        var fields = Enumerable.Range(0, columns).Select(index => row.IsNull(index) ? "NULL" : $"'{Encoding.UTF8.GetString(row.Field(index))}' {row.Refusal(index)}");
        return string.Create(CultureInfo.InvariantCulture, $"{cursor.TableIndex} {cursor.UnitNumber} {row.Number} {row.SliceNumber} {row.RowRefusal} {string.Join('|', fields)}");
    }
}

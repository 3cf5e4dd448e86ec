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
        var landed = await drops.LandAsync(BillsAndLines, await drops.DropAsync("a", DropFixture.Lined("-", "bill|1|1.00|98", "line|1|1|!4|n", "?line|no")));
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
        (await ReadAsync(landed)).Should().HaveCount(3);
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

using RetailLake.Local.Demo.Pos;
using RetailLake.Tests.Local;

namespace RetailLake.Tests.Demo.Pos;

public sealed class TillLogTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string File => Path.Combine(folder.Path, "0.log");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Records_AreReadBackByOffset_AlsoByTheNextProcess()
    {
        List<TillRecord> records = [.. Enumerable.Range(0, 50).Select(Record)];
        using (TillLog log = new(File))
        {
            log.Append(records[..20]);
            log.Read(0, 7).Should().BeEquivalentTo(records[7]);
            log.Append(records[20..]);
        }

        using TillLog again = new(File);
        again.Count.Should().Be(50);
        Enumerable.Range(0, 50).Select(offset => again.Read(0, offset)).Should().BeEquivalentTo(records, options => options.WithStrictOrdering());
    }

    [Fact]
    public void TornEnd_IsCutOffWhereverItIsTorn()
    {
        List<TillRecord> records = [.. Enumerable.Range(0, 3).Select(Record)];
        using (TillLog log = new(File))
        {
            log.Append(records);
        }

        var bytes = System.IO.File.ReadAllBytes(File);
        for (var length = bytes.Length - 1; length >= 0; length--)
        {
            System.IO.File.WriteAllBytes(File, bytes[..length]);
            using (TillLog torn = new(File))
            {
                torn.Count.Should().BeLessThan(3);
                torn.Append(records[(int)torn.Count..]);
            }

            System.IO.File.ReadAllBytes(File).Should().Equal(bytes);
        }
    }

    private static TillRecord Record(int offset) => new(0, 1_000 + offset, [.. Enumerable.Range(0, offset % 5).Select(index => (byte)index)], [.. Enumerable.Range(0, offset * 7 % 40).Select(index => (byte)(index * 3))]);
}

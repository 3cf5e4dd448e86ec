using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace RetailLake.Tests.Failures;

/// <summary>What the receiver has, judged from its bytes alone: the control file's word for the data file is proved, not believed.</summary>
internal sealed class ReceivedExport
{
    private ReceivedExport(string control)
    {
        Stated = File.ReadAllLines(control).Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        DataPath = Path.Combine(Path.GetDirectoryName(control)!, Stated["file"]);
        Data = File.ReadAllBytes(DataPath);
        using var reader = new StreamReader(new GZipStream(new MemoryStream(Data), CompressionMode.Decompress), Encoding.UTF8);
        var lines = reader.ReadToEnd().Split('\n');
        lines[^1].Should().BeEmpty("each line ends with a line feed");
        Header = lines[0].Split('|');
        Rows = [.. lines[1..^1].Select(line => line.Split('|'))];
    }

    public IReadOnlyDictionary<string, string> Stated { get; }

    public string DataPath { get; }

    public byte[] Data { get; }

    public string[] Header { get; }

    public IReadOnlyList<string[]> Rows { get; }

    public long Sequence => long.Parse(Stated["sequence"], CultureInfo.InvariantCulture);

    /// <summary>In sequence.</summary>
    public static IReadOnlyList<ReceivedExport> In(string folder) => !Directory.Exists(folder) ? [] :
        [.. Directory.GetFiles(folder, "*.ctl").Select(control => new ReceivedExport(control)).OrderBy(export => export.Sequence)];

    public void MustBeAsStated(params string[] totals)
    {
        Stated["rows"].Should().Be(Rows.Count.ToString(CultureInfo.InvariantCulture));
        Stated["bytes"].Should().Be(Data.Length.ToString(CultureInfo.InvariantCulture));
        Stated["sha256"].Should().Be(Convert.ToHexStringLower(SHA256.HashData(Data)));
        foreach (var total in totals)
        {
            var column = Array.IndexOf(Header, total);
            decimal.Parse(Stated[$"total_{total}"], CultureInfo.InvariantCulture).Should().Be(Rows.Sum(row => decimal.Parse(row[column], CultureInfo.InvariantCulture)), total);
        }
    }
}

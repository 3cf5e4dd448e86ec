using System.Globalization;

namespace RetailLake.Local.Running;

/// <summary>The home's log: what functions log, and faults of the host. Kept to two files of 20 MB.</summary>
internal sealed class LogFile(string path, TimeProvider time) : IDisposable
{
    private const long Largest = 20L << 20;

    private readonly Lock gate = new();
    private StreamWriter? writer;

    public void Write(string line)
    {
        lock (gate)
        {
            writer ??= Open();
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {line.ReplaceLineEndings(" ⏎ ")}"));
            if (writer.BaseStream.Position > Largest)
            {
                writer.Dispose();
                writer = null;
                File.Move(path, path + ".1", overwrite: true);
            }
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            writer?.Dispose();
        }
    }

    private StreamWriter Open() => new(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite)) { AutoFlush = true };
}

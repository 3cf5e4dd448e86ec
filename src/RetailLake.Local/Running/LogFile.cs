using System.Globalization;

namespace RetailLake.Local.Running;

/// <summary>The home's log: what functions log, and faults of the host. Kept to two files of 20 MB.</summary>
internal sealed class LogFile(string path, TimeProvider time) : IDisposable
{
    private const long Largest = 20L << 20;

    private readonly Lock gate = new();
    private StreamWriter? writer;

    /// <summary>A line that the disk does not take goes to standard error: whoever tells of a fault must not fail at it.</summary>
    public void Write(string line)
    {
        var told = string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {line.ReplaceLineEndings(" ⏎ ")}");
        lock (gate)
        {
            try
            {
                Append(told);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Console.Error.WriteLine($"{told} (not in {path}: {e.Message})");
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

    private void Append(string line)
    {
        writer ??= Open();
        writer.WriteLine(line);
        if (writer.BaseStream.Position > Largest)
        {
            writer.Dispose();
            writer = null;
            File.Move(path, path + ".1", overwrite: true);
        }
    }

    private StreamWriter Open() => new(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite)) { AutoFlush = true };
}

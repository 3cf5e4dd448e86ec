namespace RetailLake.StatesLanguage.Journal;

/// <summary>
/// The append-only journal of one execution. Each record is handed to the operating system before the engine acts on it,
/// which survives the death of the process; it is not forced to the disk, so a power cut may cost the last records.
/// </summary>
internal sealed class JournalFile : IDisposable
{
    private readonly FileStream stream;

    private JournalFile(FileStream stream) => this.stream = stream;

    public static JournalFile Create(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return new JournalFile(Open(path, FileMode.CreateNew));
    }

    /// <summary>Cuts a torn last record off, so that the next one starts on a line of its own.</summary>
    public static JournalFile Reopen(string path, long goodBytes)
    {
        var file = new JournalFile(Open(path, FileMode.Open));
        file.stream.SetLength(goodBytes);
        file.stream.Seek(0, SeekOrigin.End);
        return file;
    }

    public void Append(byte[] line) => stream.Write(line);

    public void Dispose() => stream.Dispose();

    // No buffer of our own: a write is a system call, and what the kernel has outlives us.
    private static FileStream Open(string path, FileMode mode) => new(path, mode, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
}

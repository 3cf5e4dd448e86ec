using System.Buffers.Binary;

namespace RetailLake.Local.Demo.Pos;

/// <summary>
/// A producer's own log of one partition: every record it ever sent, in order, so that the n-th is the partition's offset n. A broker that lost everything gets
/// everything again. An entry that a crash tore is cut off: it was never sent.
/// </summary>
internal sealed class TillLog : IDisposable
{
    private const int HeadBytes = 16;

    private readonly FileStream file;
    private readonly List<long> starts = [];
    private readonly Lock gate = new();
    private long end;

    public TillLog(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        file = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, 1 << 16);
        Span<byte> head = stackalloc byte[HeadBytes];
        while (TryHead(end, head, out var length))
        {
            starts.Add(end);
            end += HeadBytes + length;
        }

        file.SetLength(end);
    }

    public long Count
    {
        get
        {
            lock (gate)
            {
                return starts.Count;
            }
        }
    }

    /// <summary>On disk when it returns; a power cut may take the last ones, a kill of the process none.</summary>
    public void Append(IReadOnlyList<TillRecord> records)
    {
        lock (gate)
        {
            file.Position = end;
            Span<byte> head = stackalloc byte[HeadBytes];
            foreach (var record in records)
            {
                BinaryPrimitives.WriteInt64LittleEndian(head, record.Timestamp);
                BinaryPrimitives.WriteInt32LittleEndian(head[8..], record.Key.Length);
                BinaryPrimitives.WriteInt32LittleEndian(head[12..], record.Value.Length);
                file.Write(head);
                file.Write(record.Key);
                file.Write(record.Value);
                starts.Add(end);
                end += HeadBytes + record.Key.Length + record.Value.Length;
            }

            file.Flush();
        }
    }

    public TillRecord Read(int partition, long offset)
    {
        lock (gate)
        {
            Span<byte> head = stackalloc byte[HeadBytes];
            file.Position = starts[(int)offset];
            file.ReadExactly(head);
            var key = new byte[BinaryPrimitives.ReadInt32LittleEndian(head[8..])];
            var value = new byte[BinaryPrimitives.ReadInt32LittleEndian(head[12..])];
            file.ReadExactly(key);
            file.ReadExactly(value);
            return new(partition, BinaryPrimitives.ReadInt64LittleEndian(head), key, value);
        }
    }

    public void Dispose() => file.Dispose();

    private bool TryHead(long at, Span<byte> head, out long length)
    {
        length = 0;
        file.Position = at;
        if (file.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false) < HeadBytes)
        {
            return false;
        }

        length = (long)BinaryPrimitives.ReadInt32LittleEndian(head[8..]) + BinaryPrimitives.ReadInt32LittleEndian(head[12..]);
        return at + HeadBytes + length <= file.Length;
    }
}

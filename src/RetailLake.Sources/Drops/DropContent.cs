using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;

namespace RetailLake.Sources.Drops;

/// <summary>
/// A drop's stored bytes as its plain documents: itself, what was compressed by gzip, or each file of a zip archive in the order of
/// their names. Nothing is unpacked to a file; an archive, which must be read in any order, is kept compressed in a temporary one without a name.
/// </summary>
/// <remarks>
/// Documents are read one after the other: <see cref="Next"/> proves the one before it. What is wrong throws <see cref="DropRefusedException"/>
/// from <see cref="Next"/> or from reading: <c>torn</c>, <c>damaged</c>, <c>format</c> (not compressed as the contract says), <c>too_large</c>.
/// </remarks>
public sealed class DropContent : IDisposable
{
    private readonly Stream stored;
    private readonly long storedBytes;
    private readonly DropSpec spec;
    private readonly ByteBudget budget;
    private FileStream? archive;
    private IReadOnlyList<(ZipEntry Entry, long Content)> entries = [];
    private int opened;

    /// <param name="stored">The landed bytes; not closed.</param>
    public DropContent(Contract contract, DropRef drop, Stream stored)
    {
        ArgumentNullException.ThrowIfNull(contract);
        ArgumentNullException.ThrowIfNull(drop);
        this.stored = stored;
        storedBytes = drop.Object.Bytes;
        Faults = new DropFaults(contract, drop);
        spec = contract.Drop ?? throw Faults.Contract("Found no 'retaillake.drop'");
        budget = new ByteBudget(spec.MaxBytes, Faults);
    }

    public DropFaults Faults { get; }

    /// <summary>What the file system of temporary files can hold; full or not: that it is full now is no archive's fault.</summary>
    internal Func<long> TemporaryBytes { get; init; } = () => new DriveInfo(Path.GetTempPath()).TotalSize;

    /// <summary>The document's bytes as the sender wrote them; closed by the next <see cref="Next"/>.</summary>
    public Stream Document { get; private set; } = Stream.Null;

    /// <returns>False after the last document.</returns>
    public bool Next()
    {
        Prove();
        if (opened == 0)
        {
            OpenFirst();
        }
        else if (opened < entries.Count)
        {
            OpenEntry();
        }
        else
        {
            Document = Stream.Null;
            return false;
        }

        opened++;
        return true;
    }

    public void Dispose()
    {
        Document.Dispose();
        archive?.Dispose();
    }

    /// <summary>Reads what the reader left unread: checksums stand at the end.</summary>
    private void Prove()
    {
        Span<byte> rest = stackalloc byte[4096];
        while (Document.Read(rest) > 0)
        {
        }

        Document.Dispose();
    }

    private void OpenFirst()
    {
        var peeked = new PeekedStream(stored, 4);
        CheckMagic(peeked.Head);
        if (spec.Compression == DropCompression.Zip)
        {
            RequireSpace();
            archive = Spool(peeked);
            entries = new ZipDirectory(archive, Faults).Read();
            OpenEntry();
        }
        else
        {
            Document = budget.Meter(spec.Compression == DropCompression.Gzip ? new GzipDocument(peeked, Faults) : peeked);
        }
    }

    private void OpenEntry()
    {
        var (entry, content) = entries[opened];
        Faults.Enter(entry.ShownName);
        Document = budget.Meter(new ZipDocument(archive!, entry, content, Faults));
    }

    /// <summary>Otherwise the copy would end at a full disk, at each attempt, and the feed with it.</summary>
    private void RequireSpace()
    {
        // A sixteenth is the file system's own.
        var whole = TemporaryBytes();
        var fits = whole - (whole / 16);
        if (storedBytes > fits)
        {
            throw Faults.NoRoom($"Found an archive of {storedBytes:N0} bytes in {Faults.Where}; temporary files can have {fits:N0} here.");
        }
    }

    private static FileStream Spool(Stream from)
    {
        var file = OpenNameless();
        try
        {
            from.CopyTo(file);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Of the owner alone, and gone whatever becomes of the process: Unix removes the name at once, Windows the file with its last handle.</summary>
    private static FileStream OpenNameless()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (OperatingSystem.IsWindows())
        {
            options.Options = FileOptions.DeleteOnClose;
            return new FileStream(path, options);
        }

        options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(path, options);
        File.Delete(path);
        return file;
    }

    private void CheckMagic(ReadOnlySpan<byte> head)
    {
        var found = head switch
        {
            [0x1F, 0x8B, ..] => DropCompression.Gzip,
            [(byte)'P', (byte)'K', 3, 4] or [(byte)'P', (byte)'K', 5, 6] => DropCompression.Zip,
            _ => DropCompression.None,
        };
        if (found == spec.Compression)
        {
            return;
        }

        throw spec.Compression == DropCompression.None ? Faults.Format($"Found a {found} file in {Faults.Where}; the contract says that it is not compressed.")
            : head.Length < 4 ? Faults.Torn($"Found {head.Length} bytes in {Faults.Where}; a {spec.Compression} file is longer.")
            : Faults.Format($"Found no {spec.Compression} file in {Faults.Where}; the contract says that it is one.");
    }
}

using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace RetailLake.Core.Lake;

/// <summary>A lake in a folder (<c>file:///dir</c>), with S3's promises: whole objects, first writer wins, keys in ordinal order.</summary>
public sealed class FileSystemLake : ILake
{
    /// <summary>In the same file system as the objects, so that publishing is a link and never a copy.</summary>
    internal const string TemporaryFolder = ".tmp";

    private readonly string root;

    public FileSystemLake(string uri)
    {
        ArgumentNullException.ThrowIfNull(uri);
        if (!System.Uri.TryCreate(uri, UriKind.Absolute, out var parsed) || !parsed.IsFile || !string.IsNullOrEmpty(parsed.Host))
        {
            throw new ArgumentException(
                $"Found the lake URI '{uri}'; a lake on this machine is 'file:///folder'. Nothing was opened. Correct LAKE_URI.", nameof(uri));
        }

        Directory.CreateDirectory(parsed.LocalPath);
        var folder = new DirectoryInfo(parsed.LocalPath);
        root = Path.TrimEndingDirectorySeparator((folder.ResolveLinkTarget(returnFinalTarget: true) ?? folder).FullName);
        Directory.CreateDirectory(Path.Combine(root, TemporaryFolder));
        Uri = uri.TrimEnd('/');
    }

    public string Uri { get; }

    public string Locate(string key)
    {
        LakeKey.Check(key);
        if (key.StartsWith(TemporaryFolder + "/", StringComparison.Ordinal) || key == TemporaryFolder)
        {
            throw new ArgumentException($"Found the key '{key}'; '{TemporaryFolder}' holds unfinished objects. Nothing was touched. Take keys from RunKeys.", nameof(key));
        }

        for (var slash = key.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = key.IndexOf('/', slash + 1))
        {
            RefuseLink(key[..slash], key);
        }

        RefuseLink(key, key);
        return Path.Join(root, key);
    }

    public Task<LakeWriter> CreateAsync(string key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<LakeWriter>(new FileSystemLakeWriter(key, Locate(key), Temporary()));
    }

    public async Task<bool> PutIfAbsentAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var target = Locate(key);
        if (File.Exists(target))
        {
            return false;
        }

        await using var writer = new FileSystemLakeWriter(key, target, Temporary());
        await writer.Stream.WriteAsync(content, cancellationToken);
        return await writer.TryPublishAsync(cancellationToken) is not null;
    }

    public Task<Stream?> OpenReadAsync(string key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var path = Locate(key);
        try
        {
            // No buffer: readers bring large ones of their own.
            return Task.FromResult<Stream?>(new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.Open,
                Access = FileAccess.Read,
                Share = FileShare.Read | FileShare.Delete,
                BufferSize = 0,
                Options = FileOptions.SequentialScan,
            }));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<Stream?>(null);
        }
        catch (UnauthorizedAccessException) when (Directory.Exists(path))
        {
            return Task.FromResult<Stream?>(null);
        }
    }

    public Task<long?> LengthAsync(string key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var file = new FileInfo(Locate(key));
        return Task.FromResult<long?>(file.Exists ? file.Length : null);
    }

    public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken) => ListAsync(prefix, after: "", cancellationToken);

    public async IAsyncEnumerable<string> ListAsync(string prefix, string after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        ArgumentNullException.ThrowIfNull(after);
        LakeKey.CheckPrefix(prefix);
        await Task.CompletedTask;
        var folder = prefix[..(prefix.LastIndexOf('/') + 1)];
        foreach (var key in FolderListing.Keys(root, folder, prefix, after))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return key;
        }
    }

    public Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var path = Locate(key);
        if (Directory.Exists(Path.GetDirectoryName(path)))
        {
            File.Delete(path);
        }

        return Task.CompletedTask;
    }

    private string Temporary() => Path.Join(root, TemporaryFolder, RandomNumberGenerator.GetHexString(32, lowercase: true));

    private void RefuseLink(string part, string key)
    {
        if (new FileInfo(Path.Join(root, part)).LinkTarget is not null)
        {
            throw new ArgumentException(
                $"Found a symbolic link at '{part}' on the way to '{key}'; a link could lead out of the lake. Nothing was touched. Remove the link.", nameof(key));
        }
    }
}

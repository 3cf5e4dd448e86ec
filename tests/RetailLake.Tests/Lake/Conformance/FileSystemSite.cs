using RetailLake.Core.Drops.Intake;
using RetailLake.Core.Lake;

namespace RetailLake.Tests.Lake.Conformance;

internal sealed class FileSystemSite : ILakeSite
{
    private readonly string folder = Directory.CreateTempSubdirectory("lake-").FullName;

    public FileSystemSite()
    {
        Lake = new FileSystemLake(new Uri(folder).AbsoluteUri);
        Uploads = new FileSystemUploads(Lake, TimeProvider.System);
    }

    public ILake Lake { get; }

    public IUploads Uploads { get; }

    public Task UploadAsync(string source, string feed, string name, byte[] content)
    {
        var place = Directory.CreateDirectory(Path.Join(folder, "drops", source, feed)).FullName;
        return File.WriteAllBytesAsync(Path.Join(place, name), content);
    }

    public Task<int> LeftoversAsync() => Task.FromResult(Directory.GetFiles(Path.Join(folder, ".tmp")).Length);

    public ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}

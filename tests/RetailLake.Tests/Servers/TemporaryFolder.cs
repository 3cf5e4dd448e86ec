namespace RetailLake.Tests.Servers;

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("lake-test-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

namespace RetailLake.Tests.Failures;

internal static class Folders
{
    /// <summary>The database engine may still be putting its last file away when its host is gone.</summary>
    public static async Task DeleteAsync(string folder)
    {
        var deadline = TimeProvider.System.GetUtcNow().AddSeconds(10);
        while (Directory.Exists(folder))
        {
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (IOException) when (TimeProvider.System.GetUtcNow() < deadline)
            {
                await Task.Delay(20);
            }
        }
    }
}

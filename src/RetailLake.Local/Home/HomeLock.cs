namespace RetailLake.Local.Home;

/// <summary>The exclusive lock of a home. The system releases it when the process dies, however it dies.</summary>
public sealed class HomeLock : IDisposable
{
    private readonly FileStream file;

    private HomeLock(FileStream file) => this.file = file;

    /// <returns>Null when another process owns the home.</returns>
    public static HomeLock? TryTake(LakeHome home)
    {
        ArgumentNullException.ThrowIfNull(home);
        try
        {
            return new(new FileStream(home.Create().LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1));
        }
        catch (IOException e) when (e.GetType() == typeof(IOException))
        {
            return null;
        }
    }

    public void Dispose() => file.Dispose();
}

using RetailLake.Core.Lake;

namespace RetailLake.Core.Rows;

public static class LakeRuntime
{
    private const string StrictValidation = "System.IO.Compression.UseStrictValidation";
    private const string PurgeDelay = "MIMALLOC_PURGE_DELAY";
    private const string Milliseconds = "1";

    /// <summary>Without the switch .NET reads a truncated .gz to its torn end and says nothing (300 of 300 cut files passed).</summary>
    public static void AssertStrictGzip()
    {
        if (!AppContext.TryGetSwitch(StrictValidation, out var on) || !on)
        {
            throw new InvalidOperationException(
                $"Found the switch '{StrictValidation}' off; a truncated gzip object would lose rows in silence. Nothing was read. Set it in the host's csproj with RuntimeHostConfigurationOption.");
        }
    }

    /// <summary>
    /// Has the Parquet encoder's allocator give back within a millisecond what is free, where it kept 47 MB of 218 MB. At once would save 15 MB more and cost
    /// a third of the encoding: most of it is wanted again within that millisecond. It reads this when its library is loaded, so it must be said before the
    /// first use; what the environment says already counts.
    /// </summary>
    public static void GiveBackFreeMemory()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        // Not Environment.SetEnvironmentVariable: native code does not see that.
        if (Posix.SetEnvironment(PurgeDelay, Milliseconds, overwrite: 0) != 0)
        {
            throw new InvalidOperationException($"Found no room in the environment for '{PurgeDelay}'. Nothing was read. Start the process with a smaller environment.");
        }
    }
}

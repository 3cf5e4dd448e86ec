using RetailLake.Core.Lake;

namespace RetailLake.Core.Rows;

public static class LakeRuntime
{
    private const string StrictValidation = "System.IO.Compression.UseStrictValidation";
    private const string PurgeDelay = "MIMALLOC_PURGE_DELAY";
    private const string HugePages = "MIMALLOC_ALLOW_THP";

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
    /// Has the Parquet encoder's allocator give back what was free for a millisecond, where it kept 47 MB of 218 MB, and in pages of 4 KB: in those of 2 MB one value
    /// keeps the rest. At once would cost a third of the encoder's CPU in page faults. It reads this when its library is loaded, so it must be said before
    /// the first use; what the environment says already counts.
    /// </summary>
    public static void GiveBackFreeMemory()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        // Not Environment.SetEnvironmentVariable: native code does not see that.
        if (Posix.SetEnvironment(PurgeDelay, "1", overwrite: 0) != 0 || Posix.SetEnvironment(HugePages, "0", overwrite: 0) != 0)
        {
            throw new InvalidOperationException($"Found no room in the environment for '{PurgeDelay}' and '{HugePages}'. Nothing was read. Start the process with a smaller environment.");
        }
    }
}

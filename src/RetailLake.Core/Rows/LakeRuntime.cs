namespace RetailLake.Core.Rows;

public static class LakeRuntime
{
    private const string StrictValidation = "System.IO.Compression.UseStrictValidation";

    /// <summary>Without the switch .NET reads a truncated .gz to its torn end and says nothing (300 of 300 cut files passed).</summary>
    public static void AssertStrictGzip()
    {
        if (!AppContext.TryGetSwitch(StrictValidation, out var on) || !on)
        {
            throw new InvalidOperationException(
                $"Found the switch '{StrictValidation}' off; a truncated gzip object would lose rows in silence. Nothing was read. Set it in the host's csproj with RuntimeHostConfigurationOption.");
        }
    }
}

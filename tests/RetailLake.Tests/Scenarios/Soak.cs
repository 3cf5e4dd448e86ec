namespace RetailLake.Tests.Scenarios;

/// <summary>LAKE_SOAK=1 asks for the full counts; without it a test does about a tenth.</summary>
internal static class Soak
{
    public static bool IsOn { get; } = Environment.GetEnvironmentVariable("LAKE_SOAK") == "1";

    public static int Count(int full, int few) => IsOn ? full : few;

    /// <summary>LAKE_SEED repeats a run; the seed is printed with the test's output.</summary>
    public static Random Random(ITestOutputHelper output)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("LAKE_SEED"), out var given) ? given : Environment.TickCount;
        output.WriteLine($"LAKE_SEED={seed}");
        return new(seed);
    }
}

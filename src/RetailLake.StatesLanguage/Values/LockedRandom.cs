namespace RetailLake.StatesLanguage.Values;

/// <summary>A seeded Random yields zeros for ever once two threads have met in it; executions do meet.</summary>
internal sealed class LockedRandom(Random inner) : Random
{
    private readonly Lock gate = new();

    public override double NextDouble()
    {
        lock (gate)
        {
            return inner.NextDouble();
        }
    }

    public override long NextInt64(long minValue, long maxValue)
    {
        lock (gate)
        {
            return inner.NextInt64(minValue, maxValue);
        }
    }

    public override void NextBytes(byte[] buffer)
    {
        lock (gate)
        {
            inner.NextBytes(buffer);
        }
    }
}

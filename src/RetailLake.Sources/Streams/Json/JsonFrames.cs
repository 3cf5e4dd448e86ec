namespace RetailLake.Sources.Streams.Json;

/// <summary>The values of one record: a frame for its object and for each wanted element of an array, in the record's order. Reused from record to record.</summary>
internal sealed class JsonFrames
{
    private JsonValue[] values = new JsonValue[64];
    private Frame[] frames = new Frame[16];
    private int used;

    public int Count { get; private set; }

    public void Clear() => (Count, used) = (0, 0);

    /// <param name="parent">−1 for the record's own object.</param>
    /// <param name="number">1-based in its array.</param>
    public int Add(JsonScope scope, int parent, int number)
    {
        if (used + scope.Slots > values.Length)
        {
            Array.Resize(ref values, Math.Max(used + scope.Slots, 2 * values.Length));
        }

        if (Count == frames.Length)
        {
            Array.Resize(ref frames, 2 * frames.Length);
        }

        values.AsSpan(used, scope.Slots).Clear();
        frames[Count] = new(scope.Table, parent, number, used);
        used += scope.Slots;
        return Count++;
    }

    public int Table(int frame) => frames[frame].Table;

    public int Number(int frame) => frames[frame].Number;

    public ref JsonValue this[int frame, int slot] => ref values[frames[frame].First + slot];

    /// <param name="hops">Arrays to leave.</param>
    public int Up(int frame, int hops)
    {
        for (; hops > 0; hops--)
        {
            frame = frames[frame].Parent;
        }

        return frame;
    }

    private readonly record struct Frame(int Table, int Parent, int Number, int First);
}

namespace RetailLake.Core.Drops.Pulls;

/// <summary>How long a look may take. One folder, or one feed of many files, must not use up the time of the others, nor that in which the list is written.</summary>
/// <param name="left">Zero or less: it is over.</param>
public sealed class PullTime(Func<TimeSpan> left)
{
    public static PullTime Unlimited { get; } = new(() => TimeSpan.MaxValue);

    public bool IsOver => left() <= TimeSpan.Zero;

    /// <summary>The first of so many parts of what is left; what it does not use is the others'.</summary>
    public PullTime Share(int parts)
    {
        var now = left();
        var others = now - (now / parts);
        return new(() => left() - others);
    }
}

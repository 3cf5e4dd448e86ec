namespace RetailLake.Core.Drops.Pulls;

/// <summary>What a poll found in a folder, counted; every name is in exactly one of the numbers, or no file of the feed.</summary>
public sealed class PullFindings
{
    public List<PullItem> Ready { get; } = [];

    /// <summary>Without proof yet; a later poll looks again.</summary>
    public int Waiting { get; set; }

    /// <summary>Taken before, unchanged since.</summary>
    public int Known { get; set; }

    /// <summary>Names that cannot be asked for without risk, or that read like another's.</summary>
    public int RefusedNames { get; set; }

    /// <summary>Control files that are listed and that their server does not give to us; what they speak of waits.</summary>
    public HashSet<UnreadableFile> Unreadable { get; } = [];

    /// <summary>Until the last of the settling files has settled; zero when none is.</summary>
    public TimeSpan SettlesIn { get; private set; }

    public void Settle(string feed, string file, TimeSpan left)
    {
        if (left <= TimeSpan.Zero)
        {
            Ready.Add(new(feed, file));
            return;
        }

        Waiting++;
        SettlesIn = left > SettlesIn ? left : SettlesIn;
    }

    public void Add(PullFindings others)
    {
        ArgumentNullException.ThrowIfNull(others);
        Ready.AddRange(others.Ready);
        Unreadable.UnionWith(others.Unreadable);
        (Waiting, Known, RefusedNames) = (Waiting + others.Waiting, Known + others.Known, RefusedNames + others.RefusedNames);
        SettlesIn = others.SettlesIn > SettlesIn ? others.SettlesIn : SettlesIn;
    }
}

/// <summary>One file to fetch, as the Map's list has it.</summary>
/// <param name="File">Key of its <see cref="NoticedFile"/>.</param>
public sealed record PullItem(string Feed, string File);

/// <param name="Name">For people.</param>
public sealed record UnreadableFile(string Feed, string Name);

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

    /// <summary>Another pull that runs has them on its list.</summary>
    public int InHand { get; set; }

    /// <summary>Not looked at, since the time was over; a later poll begins elsewhere.</summary>
    public int Postponed { get; set; }

    /// <summary>Files with more bytes than the contract, or an object of the lake, may have; never fetched.</summary>
    public List<OversizedFile> Oversized { get; } = [];

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
        Oversized.AddRange(others.Oversized);
        (InHand, Postponed) = (InHand + others.InHand, Postponed + others.Postponed);
        (Waiting, Known, RefusedNames) = (Waiting + others.Waiting, Known + others.Known, RefusedNames + others.RefusedNames);
        SettlesIn = others.SettlesIn > SettlesIn ? others.SettlesIn : SettlesIn;
    }
}

/// <summary>One file to fetch, as the Map's list has it.</summary>
/// <param name="File">Key of its <see cref="NoticedFile"/>.</param>
public sealed record PullItem(string Feed, string File);

/// <param name="Name">For people.</param>
public sealed record UnreadableFile(string Feed, string Name);

/// <param name="Name">For people.</param>
/// <param name="Most">Bytes that it may have.</param>
public sealed record OversizedFile(string Feed, string Name, long Bytes, long Most);

namespace RetailLake.Sources.Xml.Scanning;

/// <summary>
/// What stands behind a tag's name, as it was last read: a machine that writes documents writes few variants of it, and equal bytes are equal
/// attributes. Names whose attributes are ever others are given up.
/// </summary>
internal sealed class XmlKnownTags
{
    private const int Variants = 4;
    private const int MostMisses = 32;

    /// <summary>Of the names that come first; with these the variants take 1 MB at most.</summary>
    private const int MostNames = 512;

    private readonly XmlKnownTag[] variants = new XmlKnownTag[MostNames * Variants];
    private readonly byte[] misses = new byte[MostNames];
    private readonly byte[] turns = new byte[MostNames];

    /// <param name="rest">The window from behind the name.</param>
    /// <returns>Null: nothing known stands there, as far as the window goes.</returns>
    public XmlKnownTag? Find(int name, ReadOnlySpan<byte> rest)
    {
        if (name >= MostNames || misses[name] == MostMisses)
        {
            return null;
        }

        for (var index = name * Variants; index < (name + 1) * Variants && variants[index] is { } variant; index++)
        {
            if (rest.StartsWith(variant.Rest))
            {
                misses[name] = 0;
                return variant;
            }
        }

        return null;
    }

    /// <param name="tag">Just read in full. One that declares namespaces means something else elsewhere.</param>
    /// <param name="rest">From behind the name to the end of the tag.</param>
    /// <param name="from">Of the rest, in the window.</param>
    public void Keep(XmlTag tag, ReadOnlySpan<byte> rest, int from)
    {
        var name = tag.Name;
        if (name < MostNames && misses[name] < MostMisses && tag.Count is > 0 and <= XmlKnownTag.MostAttributes && !tag.Declares && rest.Length <= XmlKnownTag.LongestRest)
        {
            misses[name]++;
            ref var variant = ref variants[(name * Variants) + turns[name]];
            (variant ??= new()).Set(tag, rest, from);
            turns[name] = (byte)((turns[name] + 1) % Variants);
        }
    }
}

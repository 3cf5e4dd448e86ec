namespace RetailLake.Sources.Xml.Scanning;

/// <summary>One variant of what stands behind a tag's name. Filled again in place, so that nothing is allocated per tag.</summary>
internal sealed class XmlKnownTag
{
    public const int LongestRest = 256;
    public const int MostAttributes = 8;

    private readonly byte[] rest = new byte[LongestRest];
    private readonly XmlTagAttribute[] attributes = new XmlTagAttribute[MostAttributes];
    private int length;
    private int count;

    /// <summary>The bytes, to the end of the tag.</summary>
    public ReadOnlySpan<byte> Rest => rest.AsSpan(0, length);

    /// <summary>Their places are counted from the end of the tag's name.</summary>
    public ReadOnlySpan<XmlTagAttribute> Attributes => attributes.AsSpan(0, count);

    /// <inheritdoc cref="XmlTag.Prefixed"/>
    public int Prefixed { get; private set; }

    /// <inheritdoc cref="XmlTag.IsEmpty"/>
    public bool IsEmpty { get; private set; }

    /// <param name="from">Of the rest, in the window.</param>
    public void Set(XmlTag tag, ReadOnlySpan<byte> bytes, int from)
    {
        bytes.CopyTo(rest);
        (length, count, Prefixed, IsEmpty) = (bytes.Length, tag.Count, tag.Prefixed, tag.IsEmpty);
        for (var index = 0; index < count; index++)
        {
            ref readonly var attribute = ref tag.Attributes[index];
            attributes[index] = attribute with { Start = attribute.Start - from };
        }
    }
}

namespace RetailLake.Sources.Xml.Scanning;

/// <summary>One start tag: its name and where its attributes stand in the window. Nothing is decoded here.</summary>
internal sealed class XmlTag(XmlNameTable names, XmlPosition position)
{
    private const int MostAttributes = 1_024;

    private readonly XmlKnownTags known = new();
    private XmlTagAttribute[] attributes = new XmlTagAttribute[16];
    private long[] lastTag = new long[256];
    private long tag;
    private int last;

    public int Name { get; private set; }

    public ReadOnlySpan<XmlTagAttribute> Attributes => attributes.AsSpan(0, Count);

    public int Count { get; private set; }

    /// <summary>Attributes with a prefix, declarations of prefixes among them.</summary>
    public int Prefixed { get; private set; }

    /// <summary>There are declarations of namespaces among the attributes.</summary>
    public bool Declares { get; private set; }

    /// <summary>It closes itself.</summary>
    public bool IsEmpty { get; private set; }

    /// <summary>Behind the tag.</summary>
    public int End { get; private set; }

    /// <param name="at">Of the <c>&lt;</c>.</param>
    /// <returns>False: it goes on behind the window.</returns>
    public bool TryRead(byte[] window, int at, int filled)
    {
        var from = at + 1;
        var name = names.ExpectedTag(window, from, Name, out var to);
        if (name < 0)
        {
            to = Bytes.NameEnd(window, from);
            if (to >= filled)
            {
                return false;
            }

            name = Named(window, from, to);
            names.ExpectTag(name, after: Name);
        }

        Name = name;
        (Count, Prefixed, Declares, last) = (0, 0, false, name);
        if (window[to] == '>')
        {
            (IsEmpty, End) = (false, to + 1);
            return true;
        }

        if (known.Find(name, window.AsSpan(to, filled - to)) is { } variant)
        {
            Take(variant, to);
            return true;
        }

        var behindName = to;
        if (!TryReadAttributes(window, to, filled))
        {
            return false;
        }

        known.Keep(this, window.AsSpan(behindName, End - behindName), behindName);
        return true;
    }

    /// <summary>Elements were read without it, the last one of that name.</summary>
    public void Pass(int name) => Name = name;

    private void Take(XmlKnownTag variant, int from)
    {
        (Count, Prefixed, IsEmpty, End) = (variant.Attributes.Length, variant.Prefixed, variant.IsEmpty, from + variant.Rest.Length);
        for (var index = 0; index < Count; index++)
        {
            ref readonly var attribute = ref variant.Attributes[index];
            attributes[index] = attribute with { Start = from + attribute.Start };
        }
    }

    private bool TryReadAttributes(byte[] window, int to, int filled)
    {
        tag++;
        while (true)
        {
            switch (window[to])
            {
                case (byte)'>':
                    (IsEmpty, End) = (false, to + 1);
                    return true;
                case (byte)'/' when window[to + 1] == '>':
                    (IsEmpty, End) = (true, to + 2);
                    return true;
                case (byte)'/' when to + 1 >= filled:
                    return false;
            }

            var from = Bytes.SkipBlanks(window, to);
            if (from >= filled)
            {
                return false;
            }

            if (window[from] is (byte)'>' or (byte)'/' && from > to)
            {
                to = from;
                continue;
            }

            if (from == to)
            {
                throw position.NotWellFormed("something in a start tag that is neither blank nor attribute");
            }

            to = ReadAttribute(window, from, filled);
            if (to < 0)
            {
                return false;
            }
        }
    }

    /// <returns>Behind the attribute; -1: it goes on behind the window.</returns>
    private int ReadAttribute(byte[] window, int from, int filled)
    {
        var name = names.ExpectedAttribute(window, from, last, out var to);
        if (name < 0)
        {
            to = Bytes.NameEnd(window, from);
            if (to >= filled)
            {
                return -1;
            }

            name = Named(window, from, to);
            names.ExpectAttribute(name, after: last);
        }

        last = name;
        var equals = Bytes.SkipBlanks(window, to);
        var quote = window[equals] == '=' ? Bytes.SkipBlanks(window, equals + 1) : equals;
        if (quote >= filled)
        {
            return -1;
        }

        if (quote == equals || window[quote] is not ((byte)'"' or (byte)'\''))
        {
            throw position.NotWellFormed("an attribute without '=' or quotes");
        }

        var hasReferences = false;
        for (to = quote + 1; ; to++)
        {
            to = Bytes.IndexOfAny(window, to, filled, window[quote], (byte)'<', (byte)'&');
            if (to >= filled)
            {
                return -1;
            }

            if (window[to] == window[quote])
            {
                break;
            }

            if (window[to] == '<' || !XmlReference.TryRead(window.AsSpan(to, filled - to), out _, out var length))
            {
                throw position.NotWellFormed("'<' or an unknown reference in an attribute's value");
            }

            if (length == 0)
            {
                return -1;
            }

            hasReferences = true;
            to += length - 1;
        }

        Add(new XmlTagAttribute(name, quote + 1, to - quote - 1, hasReferences));
        return to + 1;
    }

    private int Named(byte[] window, int from, int to) =>
        to > from ? names.Of(window, from, to) : throw position.NotWellFormed("a tag or attribute without a name");

    private void Add(XmlTagAttribute attribute)
    {
        if (lastTag.Length < names.Count)
        {
            Array.Resize(ref lastTag, 2 * names.Count);
        }

        if (lastTag[attribute.Name] == tag)
        {
            throw position.NotWellFormed("an attribute twice in one tag");
        }

        lastTag[attribute.Name] = tag;
        if (Count == attributes.Length)
        {
            if (Count >= MostAttributes)
            {
                throw position.TooLarge($"more than {MostAttributes:N0} attributes of one element");
            }

            Array.Resize(ref attributes, 2 * Count);
        }

        attributes[Count++] = attribute;
        ref readonly var name = ref names[attribute.Name];
        Declares |= attribute.Name == XmlNameTable.XmlnsPrefix || name.Prefix == XmlNameTable.XmlnsPrefix;
        Prefixed += name.Prefix == XmlNameTable.NoPrefix ? 0 : 1;
    }
}

/// <param name="Start">Of the value, as it is written, in the window.</param>
internal readonly record struct XmlTagAttribute(int Name, int Start, int Length, bool HasReferences);

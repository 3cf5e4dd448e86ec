using RetailLake.Sources.Xml.Units;

namespace RetailLake.Sources.Xml.Scanning;

/// <summary>What a start tag's attributes mean: which namespaces they declare, whether two of them are one, which of them are values.</summary>
internal sealed class XmlAttributes(XmlInput input, XmlTag tag, XmlNameTable names, XmlNamespaces namespaces, XmlText text, XmlPosition position)
{
    /// <summary>Declarations of namespaces first, wherever they stand in the tag: they hold for all of it.</summary>
    public void Check(int depth)
    {
        if (tag.Declares)
        {
            foreach (ref readonly var attribute in tag.Attributes)
            {
                ref readonly var name = ref names[attribute.Name];
                if (attribute.Name == XmlNameTable.XmlnsPrefix || name.Prefix == XmlNameTable.XmlnsPrefix)
                {
                    var prefix = name.Prefix == XmlNameTable.XmlnsPrefix ? name.Local : XmlNameTable.NoPrefix;
                    namespaces.Declare(prefix, ValueOf(in attribute), depth);
                }
            }
        }

        if (tag.Prefixed > 0)
        {
            CheckPrefixes();
        }
    }

    /// <summary>Those that some path mentions, and that have no prefix or one of an accepted namespace.</summary>
    public void TellTo(XmlUnits units)
    {
        foreach (ref readonly var attribute in tag.Attributes)
        {
            ref readonly var name = ref names[attribute.Name];
            if (name.Symbol < 0 || name.Prefix == XmlNameTable.XmlnsPrefix || attribute.Name == XmlNameTable.XmlnsPrefix)
            {
                continue;
            }

            var isPrefixed = name.Prefix != XmlNameTable.NoPrefix;
            if (!isPrefixed || namespaces.IsAccepted(namespaces.Of(name.Prefix)))
            {
                units.Attribute(name.Symbol, isPrefixed, ValueOf(in attribute));
            }
        }
    }

    private void CheckPrefixes()
    {
        var attributes = tag.Attributes;
        for (var index = 0; index < attributes.Length; index++)
        {
            ref readonly var name = ref names[attributes[index].Name];
            if (name.Prefix == XmlNameTable.NoPrefix)
            {
                continue;
            }

            var own = namespaces.Of(name.Prefix);
            for (var other = 0; other < index && tag.Prefixed > 1; other++)
            {
                ref readonly var before = ref names[attributes[other].Name];
                if (before.Local == name.Local && before.Prefix != XmlNameTable.NoPrefix && namespaces.Of(before.Prefix) == own)
                {
                    throw position.NotWellFormed("an attribute twice in one tag, under two prefixes of one namespace");
                }
            }

            if (name.Prefix == XmlNameTable.XmlPrefix && names.Local(attributes[index].Name).SequenceEqual("space"u8)
                && !(ValueOf(in attributes[index]).Trim(" \t\r\n"u8) is var space && (space.SequenceEqual("default"u8) || space.SequenceEqual("preserve"u8))))
            {
                throw position.NotWellFormed("an xml:space that is neither 'default' nor 'preserve'");
            }
        }
    }

    private ReadOnlySpan<byte> ValueOf(in XmlTagAttribute attribute) =>
        text.Attribute(input.Buffer.AsSpan(attribute.Start, attribute.Length), attribute.HasReferences);
}

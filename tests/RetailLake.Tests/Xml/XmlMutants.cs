using System.Text;

namespace RetailLake.Tests.Xml;

/// <summary>Random documents around a small contract, and ways of breaking them.</summary>
internal sealed class XmlMutants(Random random)
{
    private static readonly string[] Names =
    [
        "u", "u", "a", "b", "c", "h", "x", "p:a", "q:b", "p:u", "é", "a.b-c_1", "xml",
        "ab", "a-name-of-sixteen", "a-name-of-sixteen-1", "a-name-of-sixteen-2", "a-name-of-sixteen-1-and-2", "a-name-of-more-than-thirty-two-bytes-1",
    ];

    private static readonly string[] AttributeNames = ["k", "t", "p:k", "q:k", "z", "kk", "an-attribute-of-sixteen", "an-attribute-of-sixteen-1", "xml:lang", "xml:space", "xmlns:q", "xmlns", "xmlns:p"];
    private static readonly string[] Values = ["A", "B", "", " A ", "a&amp;b", "&#x41;", "\t\r\n", "urn:p", "urn:q", "default", "preserve", "ü", "'", "\"", "&#13;&#10;"];

    private static readonly string[] Pieces =
    [
        "x", "1.25", " ", "\n", "\r\n", "\r", "\r\r\n", "&lt;", "&gt;", "&amp;", "&quot;", "&apos;", "&#65;", "&#x1F600;", "é", "\U0001F600", "]", "]]", "]] >", ">", "<!-- c - c -->",
        "<?pi data?>", "<?pi?>", "<![CDATA[]]>", "<![CDATA[ <x>&amp;]] \r\n ]]>", "long text that goes on for more than sixteen bytes, and on",
    ];

    private static readonly string[] Intruders =
    [
        "<", ">", "&", ";", "\"", "'", "=", "/", "?", "!", "-", "--", "[", "]", "]]>", ":", "::", " ", "\t", "\r", "\n", "\r\n", "\0", "\u0001", "\u001F", "\u007F", "\u0085", "\u2028", "#", "x",
        "<!--", "-->", "--->", "<![CDATA[", "<![cdata[", "<!", "<?", "?>", "<?xml?>", "<?xml version='1.0'?>", "<?XML x?>", "<?a:b?>", "<?a b", "&#0;", "&#xD800;", "&#x110000;", "&#xFFFE;", "&#X41;",
        "&#;", "&#x;", "&nbsp;", "&lt", "&#00000000065;", "\uFEFF", "\uFFFE", "\uFFFF", "\uFFFD", "é", "\u0300", "\U0001F600", "\U00010400", "\u3007", "<!DOCTYPE r>", "<!ELEMENT r>", " xmlns:p=''",
        " xmlns=''", " xmlns:p='urn:q'", " xmlns:xml='urn:x'", " xmlns:xml='http://www.w3.org/XML/1998/namespace'", " xmlns:xmlns='urn:x'", " xmlns='http://www.w3.org/2000/xmlns/'",
        " xmlns:k='http://www.w3.org/XML/1998/namespace'", " xml:space='x'", " xml:space=' default '", " k='1'", " p:k='1'", " q:k='1'", " k = '1'", " k", "<a", "</a>", "<a/>", "<a />", "< a>", "</ a>", "</a >",
        "<a b='<'/>", "<p:a/>", "<n:a/>", "<:a/>", "<a:/>", "<a:b:c/>", "<xmlns:a/>", "<xml:a/>", "<1a/>", "<-a/>", "<é/>", "<·a/>", "<a·/>",
    ];

    private readonly StringBuilder text = new();

    public byte[] Document()
    {
        text.Clear();
        text.Append(random.Next(6) switch
        {
            0 => "<?xml version=\"1.0\"?>",
            1 => "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\r\n",
            2 => "\uFEFF<?xml version=\"1.0\" encoding=\"utf-8\"?>",
            3 => " \n<!-- first --><?pi?>",
            _ => "",
        });
        text.Append("<r xmlns:p=\"urn:p\" xmlns:q='urn:q'").Append(random.Next(3) == 0 ? " xmlns='urn:p'" : "").Append('>');
        if (random.Next(3) == 0)
        {
            text.Append("<h k='1'><s>store</s></h>");
        }

        for (var unit = random.Next(5); unit > 0; unit--)
        {
            Element("u", 4);
            Pad();
        }

        text.Append("</r>").Append(random.Next(4) == 0 ? "\r\n<!-- last --><?pi last?> " : "");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    public byte[] Mutant(byte[] document)
    {
        var bytes = document.ToList();
        for (var count = 1 + random.Next(3); count > 0 && bytes.Count > 0; count--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(8))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes.RemoveRange(at, Math.Min(bytes.Count - at, 1 + random.Next(random.Next(4) == 0 ? 40 : 3)));
                    break;
                case 3:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 4:
                    bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, Math.Min(bytes.Count - at, random.Next(30))));
                    break;
                default:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Intruders[random.Next(Intruders.Length)]));
                    break;
            }
        }

        return [.. bytes];
    }

    private void Element(string name, int depth)
    {
        text.Append('<').Append(name);
        foreach (var attribute in AttributeNames.Where(_ => random.Next(8) == 0))
        {
            var value = random.Next(10) == 0 ? Values[random.Next(Values.Length)] : attribute == "xml:space" ? "preserve" : attribute.StartsWith("xmlns", StringComparison.Ordinal) ? "urn:q" : Values[random.Next(Values.Length)];
            var quote = value.Contains('"') ? '\'' : value.Contains('\'') || random.Next(2) == 0 ? '"' : '\'';
            Pad();
            text.Append(random.Next(5) == 0 ? "\n" : " ").Append(attribute).Append(random.Next(8) == 0 ? " = " : "=").Append(quote).Append(value).Append(quote);
        }

        if (random.Next(6) == 0)
        {
            text.Append(random.Next(2) == 0 ? " />" : "/>");
            return;
        }

        text.Append(random.Next(8) == 0 ? "\t>" : ">");
        for (var count = random.Next(5); count > 0; count--)
        {
            if (depth > 0 && random.Next(2) == 0)
            {
                Element(Names[random.Next(Names.Length)], depth - 1);
            }
            else
            {
                text.Append(Pieces[random.Next(Pieces.Length)]);
            }
        }

        text.Append("</").Append(name).Append(random.Next(8) == 0 ? " >" : ">");
    }

    private void Pad()
    {
        if (random.Next(3) == 0)
        {
            text.Append(random.Next(2) == 0 ? "\r\n" : " ");
        }
    }
}

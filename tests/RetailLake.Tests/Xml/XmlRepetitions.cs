using System.Text;

namespace RetailLake.Tests.Xml;

/// <summary>Random documents as machines write them: the same tags again and again around other texts, here where other names are open and other prefixes declared each time.</summary>
internal sealed class XmlRepetitions(Random random)
{
    private const char Place = '\u0001';

    private static readonly string[] Names = ["a", "b", "c", "x", "y", "p:a", "p:x", "q:b", "n:a", "n:x", "a-name-of-more-than-thirty-two-bytes-1", "a-name-of-more-than-thirty-two-bytes-2"];
    private static readonly string[] Attributes = ["", "", "", "", " k='A'", " k=\"&#x41;\"", " p:k='B'", " n:k='B'", " xmlns:n='urn:q'", " xmlns='urn:q'", " k='A' t='B>'"];
    private static readonly string[] Texts = ["x", "1.25", "", "", " ", "4711", "long text that goes on for more than sixteen bytes, and on", "\r\n", "é", "&amp;", "]", "<!-- c -->", "<![CDATA[<]]>", "<b>1</b>"];

    private static readonly (string Start, string End)[] Around =
    [
        ("<u>", "</u>"), ("<u>", "</u>"), ("<u k='A'><x>", "</x></u>"), ("<u><x><y>", "</y></x></u>"), ("<u><a>", "</a></u>"), ("<u xmlns='urn:q'>", "</u>"), ("<u><x xmlns='urn:q'>", "</x></u>"),
        ("<u xmlns:n='urn:p'>", "</u>"), ("<u><a xmlns:n='urn:q'>", "</a></u>"), ("<u xmlns:p='urn:q'>", "</u>"), ("<x>", "</x>"), ("<p:u>", "</p:u>"),
    ];

    public byte[] Document()
    {
        var body = Body(3);
        var text = new StringBuilder("<r xmlns:p=\"urn:p\" xmlns:q='urn:q'").Append(random.Next(8) == 0 ? "" : " xmlns:n='urn:p'").Append('>');
        for (var count = 2 + random.Next(6); count > 0; count--)
        {
            var (start, end) = Around[random.Next(random.Next(3) == 0 ? Around.Length : 2)];
            text.Append(start).Append(Filled(body)).Append(end).Append(random.Next(2) == 0 ? "\n" : "");
        }

        return Encoding.UTF8.GetBytes(text.Append("</r>").ToString());
    }

    private string Body(int depth)
    {
        var blanks = random.Next(3) switch { 0 => "", 1 => "\n ", _ => new string(' ', random.Next(12)) };
        var text = new StringBuilder();
        for (var count = 1 + random.Next(5); count > 0; count--)
        {
            var name = Names[random.Next(random.Next(2) == 0 ? Names.Length : 5)];
            var attributes = Attributes[random.Next(Attributes.Length)];
            var inside = depth > 0 && random.Next(3) == 0 ? $"{blanks}{Body(depth - 1)}{blanks}" : Place.ToString();
            text.Append(random.Next(16) == 0 ? $"<{name}{attributes}/>" : $"<{name}{attributes}>{inside}</{name}>").Append(blanks);
        }

        return text.ToString();
    }

    private string Filled(string body)
    {
        var parts = body.Split(Place);
        var text = new StringBuilder(parts[0]);
        foreach (var part in parts.Skip(1))
        {
            text.Append(Texts[random.Next(random.Next(4) == 0 ? Texts.Length : 7)]).Append(part);
        }

        return text.ToString();
    }
}

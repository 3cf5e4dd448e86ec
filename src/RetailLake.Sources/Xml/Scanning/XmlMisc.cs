namespace RetailLake.Sources.Xml.Scanning;

/// <summary>What carries no data: the XML declaration, comments, processing instructions; and the document types that are refused.</summary>
internal sealed class XmlMisc(XmlInput input, XmlNameTable names, XmlPosition position)
{
    private static ReadOnlySpan<byte> CdataStart => "<![CDATA["u8;

    public void SkipXmlDeclaration(ref int at)
    {
        input.Fill(ref at);
        if (!input.From(at).StartsWith("<?xml"u8) || !Bytes.IsBlank(input.Buffer[at + 5]))
        {
            return;
        }

        int length;
        while ((length = input.From(at).IndexOf("?>"u8)) < 0)
        {
            input.Require(ref at);
        }

        if (!XmlDeclaration.IsSound(input.From(at)[5..length]))
        {
            throw position.NotWellFormed("an XML declaration of another form than version=\"1.0\", encoding, standalone");
        }

        at += length + 2;
    }

    public void SkipInstruction(ref int at)
    {
        int end;
        while ((end = Bytes.NameEnd(input.Buffer, at + 2)) >= input.Filled)
        {
            input.Require(ref at);
        }

        var target = input.Buffer.AsSpan(at + 2, end - at - 2);
        var mark = target.IndexOf((byte)'?');
        target = mark < 0 ? target : target[..mark];
        if (target.IsEmpty || names[names.Of(input.Buffer, at + 2, at + 2 + target.Length)].Prefix != XmlNameTable.NoPrefix || target.Contains((byte)':'))
        {
            throw position.NotWellFormed("a processing instruction without a good name");
        }

        if (target.Length == 3 && System.Text.Ascii.EqualsIgnoreCase(target, "xml"u8))
        {
            throw position.NotWellFormed("an XML declaration that does not stand at the very beginning");
        }

        at += 2 + target.Length;
        if (mark >= 0 ? input.Buffer[at + 1] != '>' : !Bytes.IsBlank(input.Buffer[at]))
        {
            throw position.NotWellFormed("a processing instruction without a blank behind its name");
        }

        SkipTo("?>"u8, ref at);
    }

    /// <returns>Whether a CDATA section begins; then <paramref name="at"/> is behind its beginning.</returns>
    public bool IsCdata(ref int at)
    {
        while (true)
        {
            var window = input.From(at);
            var common = window.CommonPrefixLength(CdataStart);
            if (common == CdataStart.Length)
            {
                at += common;
                return true;
            }

            if (common < window.Length)
            {
                return false;
            }

            input.Require(ref at);
        }
    }

    /// <summary>What begins with <c>&lt;!</c> and is no CDATA section.</summary>
    public void SkipComment(ref int at)
    {
        while (input.Filled - at < 9 && input.Fill(ref at))
        {
        }

        var window = input.From(at);
        if (!window.StartsWith("<!--"u8))
        {
            throw window.StartsWith("<!DOCTYPE"u8) ? position.DocumentType()
                : "<!DOCTYPE"u8.StartsWith(window) || "<!--"u8.StartsWith(window) ? position.Torn()
                : position.NotWellFormed("'<!' that begins neither a comment nor a CDATA section");
        }

        at += 4;
        SkipTo("--"u8, ref at);
        while (at >= input.Filled)
        {
            input.Require(ref at);
        }

        if (input.Buffer[at++] != '>')
        {
            throw position.NotWellFormed("'--' in a comment");
        }
    }

    /// <summary>Behind the next such text, keeping no more of what lies between than fits the window.</summary>
    private void SkipTo(ReadOnlySpan<byte> end, ref int at)
    {
        int found;
        while ((found = input.From(at).IndexOf(end)) < 0)
        {
            at = Math.Max(at, input.Filled - end.Length + 1);
            input.Require(ref at);
        }

        at += found + end.Length;
    }
}

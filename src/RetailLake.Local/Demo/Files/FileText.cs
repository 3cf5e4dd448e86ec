using System.Security;
using System.Text;

namespace RetailLake.Local.Demo.Files;

/// <summary>One text in the encodings and escapes of the feeds. What an encoding lacks becomes a question mark there, as with real senders.</summary>
internal sealed class FileText
{
    private static readonly Encoding Ansi = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    public FileText(string text)
    {
        Utf8 = Encoding.UTF8.GetBytes(text);
        Xml = Encoding.UTF8.GetBytes(SecurityElement.Escape(text));
        Quoted = Encoding.UTF8.GetBytes(text.Replace("\"", "\"\"", StringComparison.Ordinal));
        Windows1252 = Ansi.GetBytes(text);
        Latin1 = Encoding.Latin1.GetBytes(text);
    }

    public byte[] Utf8 { get; }

    /// <summary>UTF-8, escaped for elements and attributes.</summary>
    public byte[] Xml { get; }

    /// <summary>UTF-8, quotes doubled.</summary>
    public byte[] Quoted { get; }

    public byte[] Windows1252 { get; }

    public byte[] Latin1 { get; }

    public static FileText[] All(IEnumerable<string> texts) => [.. texts.Select(text => new FileText(text))];
}

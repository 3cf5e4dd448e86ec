using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using RetailLake.Sources.Xml.Units;

namespace RetailLake.Sources.Xml.Scanning;

/// <summary>Which namespace each prefix stands for, as elements begin and end. Namespaces are numbers; two of equal text have the same one.</summary>
internal sealed class XmlNamespaces : IDisposable
{
    /// <summary>The number of "in no namespace".</summary>
    public const int None = 0;

    private const int Undeclared = -1;
    private const int Xml = 1;
    private const int Xmlns = 2;
    private const int Most = 4_096;
    private const int MostBytes = 1024 * 1024;

    private readonly XmlPosition position;
    private readonly HashSet<string> wanted;
    private readonly Dictionary<string, int> numbers = [];
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup;
    private readonly List<bool> accepted = [];
    private readonly PooledList<Declaration> declarations = new(64);
    private int[] bindings = new int[64];
    private int textBytes;
    private int deepest;

    public XmlNamespaces(IReadOnlyList<string> accepted, XmlPosition position)
    {
        this.position = position;
        wanted = [.. accepted];
        lookup = numbers.GetAlternateLookup<ReadOnlySpan<char>>();
        Array.Fill(bindings, Undeclared);
        Add("");
        Add("http://www.w3.org/XML/1998/namespace");
        Add("http://www.w3.org/2000/xmlns/");
        (bindings[XmlNameTable.NoPrefix], bindings[XmlNameTable.XmlPrefix], bindings[XmlNameTable.XmlnsPrefix]) = (None, Xml, Xmlns);
    }

    /// <summary>Whether elements of that namespace are the contract's.</summary>
    public bool IsAccepted(int number) => accepted[number];

    /// <param name="prefix">Number of the prefix as a name.</param>
    public int Of(int prefix)
    {
        var number = prefix < bindings.Length ? bindings[prefix] : Undeclared;
        return number >= 0 ? number : throw position.NotWellFormed("a prefix that is not declared");
    }

    /// <param name="prefix">Number of the prefix as a name.</param>
    public bool IsDeclared(int prefix) => prefix < bindings.Length && bindings[prefix] >= 0;

    /// <summary>Whether an open element deeper than that declares anything.</summary>
    public bool HasBelow(int depth) => deepest > depth;

    /// <param name="prefix">As a name; <see cref="XmlNameTable.NoPrefix"/> for the default.</param>
    /// <param name="uri">The attribute's value.</param>
    public void Declare(int prefix, ReadOnlySpan<byte> uri, int depth)
    {
        if (uri.IsEmpty && prefix != XmlNameTable.NoPrefix)
        {
            throw position.NotWellFormed("a prefix that is declared as nothing");
        }

        var number = NumberOf(uri);
        if (number == Xmlns || prefix == XmlNameTable.XmlnsPrefix || (number == Xml) != (prefix == XmlNameTable.XmlPrefix))
        {
            throw position.NotWellFormed("another meaning for the prefixes 'xml' or 'xmlns', or another prefix for theirs");
        }

        if (prefix >= bindings.Length)
        {
            var had = bindings.Length;
            Array.Resize(ref bindings, Math.Max(2 * had, prefix + 1));
            bindings.AsSpan(had).Fill(Undeclared);
        }

        declarations.Add(1)[0] = new Declaration(prefix, bindings[prefix], depth);
        deepest = depth;
        bindings[prefix] = number;
    }

    /// <summary>An element of that depth has ended.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void End(int depth)
    {
        if (depth == deepest)
        {
            Undo(depth);
        }
    }

    public void Dispose() => declarations.Dispose();

    private void Undo(int depth)
    {
        deepest = 0;
        while (declarations.Count > 0)
        {
            var last = declarations[declarations.Count - 1];
            if (last.Depth != depth)
            {
                deepest = last.Depth;
                return;
            }

            bindings[last.Prefix] = last.Before;
            declarations.Cut(declarations.Count - 1);
        }
    }

    private int NumberOf(ReadOnlySpan<byte> uri)
    {
        Span<char> characters = uri.Length <= 256 ? stackalloc char[256] : new char[uri.Length];
        characters = characters[..Encoding.UTF8.GetChars(uri, characters)];
        return lookup.TryGetValue(characters, out var known) ? known : Add(characters.ToString());
    }

    private int Add(string uri)
    {
        textBytes += uri.Length;
        if (numbers.Count == Most || textBytes > MostBytes)
        {
            throw position.TooLarge($"more than {Most:N0} different namespaces");
        }

        accepted.Add(wanted.Count == 0 || wanted.Contains(uri));
        numbers.Add(uri, accepted.Count - 1);
        return accepted.Count - 1;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Declaration(int Prefix, int Before, int Depth);
}

using System.Text;

namespace RetailLake.Sources.Xml.Units;

/// <summary>
/// Counts what makes no row. A unit without rows is named after its first child that no path mentions and that has elements of its own (a
/// control transaction's <c>ControlTransaction</c>), else after its first child that no path mentions, else after itself.
/// </summary>
internal sealed class SkippedElements
{
    private const int MostNames = 64;
    private const string Rest = "other elements";

    private readonly List<Entry> entries = [];
    private readonly LocalName first = new();
    private readonly LocalName last = new();
    private bool hasFirst;
    private bool isNamed;
    private long rest;
    private byte[] unit = [];

    public IReadOnlyDictionary<string, long> Counts
    {
        get
        {
            var counts = entries.ToDictionary(entry => Encoding.UTF8.GetString(entry.Name) + entry.Suffix, entry => entry.Count);
            if (rest > 0)
            {
                counts.Add(Rest, rest);
            }

            return counts;
        }
    }

    public void BeginUnit(byte[] unitName) => (unit, hasFirst, isNamed) = (unitName, false, false);

    /// <summary>A child of the unit that no path mentions.</summary>
    public void Unread(ReadOnlySpan<byte> localName)
    {
        if (isNamed)
        {
            return;
        }

        last.Set(localName);
        if (!hasFirst)
        {
            first.Set(localName);
            hasFirst = true;
        }
    }

    /// <summary>The child that <see cref="Unread"/> last named has an element of its own.</summary>
    public void HasElements()
    {
        if (!isNamed)
        {
            first.Set(last.Bytes);
            isNamed = true;
        }
    }

    public void CountUnit() => Count(hasFirst ? first.Bytes : unit, "");

    /// <summary>An element whose local name fits a path and whose namespace is none of the contract's.</summary>
    public void OtherNamespace(ReadOnlySpan<byte> localName) => Count(localName, " in another namespace");

    private void Count(ReadOnlySpan<byte> name, string suffix)
    {
        foreach (var entry in entries)
        {
            if (name.SequenceEqual(entry.Name) && ReferenceEquals(suffix, entry.Suffix))
            {
                entry.Count++;
                return;
            }
        }

        if (entries.Count < MostNames)
        {
            entries.Add(new Entry(name.ToArray(), suffix) { Count = 1 });
        }
        else
        {
            rest++;
        }
    }

    private sealed class Entry(byte[] name, string suffix)
    {
        public byte[] Name => name;

        public string Suffix => suffix;

        public long Count { get; set; }
    }

    private sealed class LocalName
    {
        private byte[] bytes = new byte[64];
        private int length;

        public ReadOnlySpan<byte> Bytes => bytes.AsSpan(0, length);

        public void Set(ReadOnlySpan<byte> name)
        {
            if (bytes.Length < name.Length)
            {
                bytes = new byte[name.Length];
            }

            name.CopyTo(bytes);
            length = name.Length;
        }
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using RetailLake.Sources.Xml.Plan;
using RetailLake.Sources.Xml.Units;

namespace RetailLake.Sources.Xml.Scanning;

/// <summary>
/// Every name of the document once: checked for its characters, split at its prefix, and matched with the plan when it is first seen. After
/// that a name is a number, found by its bytes without a string. Hashes are keyed, so no document can be made to collide.
/// </summary>
internal sealed class XmlNameTable : IDisposable
{
    private const int MostNames = 16 * 1024;
    private const int LongestName = 1_000;

    /// <summary>Longer ones are not expected anywhere: to compare them would read beyond the zeros behind the window.</summary>
    private const int LongestExpected = 2 * 16;

    private static readonly ulong Key = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8));
    private static readonly ulong OtherKey = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8));

    /// <summary>Read from 16 - n, it keeps the first n bytes.</summary>
    private static readonly byte[] Masks = [.. Enumerable.Repeat((byte)0xFF, 16), .. new byte[16]];

    private readonly XmlPlan plan;
    private readonly XmlPosition position;
    private readonly PooledList<byte> text = new(8 * 1024);
    private XmlName[] names = new XmlName[256];
    private int[] buckets = new int[1024];
    private int count;

    public XmlNameTable(XmlPlan plan, XmlPosition position)
    {
        (this.plan, this.position) = (plan, position);

        // Names 0 to 2: no prefix, and the two prefixes that need no declaration.
        Intern(default);
        Intern("xml"u8);
        Intern("xmlns"u8);
        (names[XmlPrefix].Symbol, names[XmlnsPrefix].Symbol) = (plan.SymbolOf("xml"), plan.SymbolOf("xmlns"));
    }

    public const int NoPrefix = 0;
    public const int XmlPrefix = 1;
    public const int XmlnsPrefix = 2;

    public int Count => count;

    public ref readonly XmlName this[int name] => ref names[name];

    public ReadOnlySpan<byte> Text(int name) => text.Items.AsSpan(names[name].Start, names[name].Length);

    /// <summary>The part behind the prefix.</summary>
    public ReadOnlySpan<byte> Local(int name) => Text(names[name].Local);

    /// <param name="window">Goes on for sixteen bytes behind the name.</param>
    /// <param name="from">The name is not empty; it ends before a blank, <c>/</c>, <c>&gt;</c>, <c>=</c> or <c>?</c>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Of(byte[] window, int from, int to)
    {
        if (to - from > Vector128<byte>.Count)
        {
            return OfLong(window.AsSpan(from, to - from));
        }

        // No name holds a NUL, so what is masked away cannot make two names equal.
        var head = Head(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(window), from), to - from);
        var hash = Mix(head);
        for (var bucket = (int)hash & (buckets.Length - 1); ; bucket = (bucket + 1) & (buckets.Length - 1))
        {
            var found = buckets[bucket] - 1;
            if (found < 0)
            {
                return Add(window.AsSpan(from, to - from));
            }

            ref var known = ref names[found];
            if (known.Hash == hash && known.Head == head && known.Length <= Vector128<byte>.Count)
            {
                return found;
            }
        }
    }

    /// <summary>
    /// The name of a tag or attribute. What followed a name once mostly follows it again, so that name is compared before any end is looked for
    /// and any hash is made.
    /// </summary>
    /// <param name="after">The start tag before this one.</param>
    /// <param name="to">Behind the name.</param>
    /// <returns>-1: another name stands there, or this one with something unusual behind it.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int ExpectedTag(byte[] window, int from, int after, out int to) =>
        Expected(window, from, names[after].NextTag, (byte)'>', (byte)' ', out to);

    /// <param name="after">The attribute before this one, or the tag's name.</param>
    /// <inheritdoc cref="ExpectedTag"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int ExpectedAttribute(byte[] window, int from, int after, out int to) =>
        Expected(window, from, names[after].NextAttribute, (byte)'=', (byte)'=', out to);

    public void ExpectTag(int name, int after) => names[after].NextTag = name;

    public void ExpectAttribute(int name, int after) => names[after].NextAttribute = name;

    /// <summary>Whether the name stands there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsAt(byte[] window, int at, int name)
    {
        ref readonly var known = ref names[name];
        return known.Length <= LongestExpected ? StandsAt(window, at, in known)
            : window.AsSpan(at, known.Length).SequenceEqual(text.Items.AsSpan(known.Start, known.Length));
    }

    public void Dispose() => text.Dispose();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Expected(byte[] window, int from, int name, byte end, byte otherEnd, out int to)
    {
        ref readonly var known = ref names[name];
        to = from + known.Length;
        return name > XmlnsPrefix && known.Length <= LongestExpected && StandsAt(window, from, in known) && (window[to] == end || window[to] == otherEnd) ? name : -1;
    }

    /// <param name="known">Of at most <see cref="LongestExpected"/> bytes: fewer than the window goes on with zeros.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool StandsAt(byte[] window, int at, in XmlName known)
    {
        ref var start = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(window), at);
        return known.Length <= Vector128<byte>.Count
            ? Head(ref start, known.Length) == known.Head
            : Vector128.LoadUnsafe(ref start) == known.Head && Vector128.LoadUnsafe(ref start, (nuint)(known.Length - Vector128<byte>.Count)) == known.Tail;
    }

    /// <summary>The name's first sixteen bytes, zeros behind it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Head(ref byte start, int length) =>
        Vector128.LoadUnsafe(ref start) & Vector128.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(Masks), (nuint)(Vector128<byte>.Count - length));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Mix(Vector128<byte> head)
    {
        var halves = head.AsUInt64();
        var high = Math.BigMul(halves.GetElement(0) ^ Key, halves.GetElement(1) ^ OtherKey, out var low);
        var mixed = high ^ low;
        return (uint)(mixed ^ (mixed >> 32));
    }

    private static uint HashLong(ReadOnlySpan<byte> name)
    {
        var hash = Key ^ (ulong)name.Length;
        for (var at = 0; at < name.Length; at += 16)
        {
            // The last sixteen bytes overlap those before them.
            var block = Vector128.Create(name.Slice(Math.Min(at, name.Length - 16), 16)).AsUInt64();
            var high = Math.BigMul(block.GetElement(0) ^ hash, block.GetElement(1) ^ OtherKey, out var low);
            hash = high ^ low;
        }

        return (uint)(hash ^ (hash >> 32));
    }

    private int OfLong(ReadOnlySpan<byte> name)
    {
        var hash = HashLong(name);
        for (var bucket = (int)hash & (buckets.Length - 1); ; bucket = (bucket + 1) & (buckets.Length - 1))
        {
            var found = buckets[bucket] - 1;
            if (found < 0)
            {
                return Add(name);
            }

            ref var known = ref names[found];
            if (known.Hash == hash && name.SequenceEqual(text.Items.AsSpan(known.Start, known.Length)))
            {
                return found;
            }
        }
    }

    private int Add(ReadOnlySpan<byte> name)
    {
        if (name.Length > LongestName)
        {
            throw position.TooLarge($"a name of more than {LongestName:N0} bytes");
        }

        var colon = name.IndexOf((byte)':');
        if (!IsName(name[(colon + 1)..]) || (colon >= 0 && !IsName(name[..colon])))
        {
            throw position.NotWellFormed("a name with a character that names do not have, or with an empty part beside its colon");
        }

        // The parts first: they are names of their own, so that equal local names have equal numbers.
        var prefix = colon < 0 ? NoPrefix : Part(name[..colon]);
        var local = colon < 0 ? -1 : Part(name[(colon + 1)..]);
        var added = Intern(name);
        ref var entry = ref names[added];
        (entry.Prefix, entry.Local) = (prefix, local < 0 ? added : local);
        entry.Symbol = plan.SymbolOf(Encoding.UTF8.GetString(name[(colon + 1)..]));
        return added;
    }

    private int Part(ReadOnlySpan<byte> name)
    {
        var padded = new byte[name.Length + Vector128<byte>.Count];
        name.CopyTo(padded);
        return Of(padded, 0, name.Length);
    }

    private int Intern(ReadOnlySpan<byte> name)
    {
        if (count == MostNames)
        {
            throw position.TooLarge($"more than {MostNames:N0} different names of elements and attributes");
        }

        if (2 * count >= buckets.Length)
        {
            Rehash();
        }

        if (count == names.Length)
        {
            Array.Resize(ref names, 2 * count);
        }

        Span<byte> padded = stackalloc byte[Vector128<byte>.Count];
        name[..Math.Min(name.Length, padded.Length)].CopyTo(padded);
        var head = Vector128.Create<byte>(padded);
        var tail = name.Length > Vector128<byte>.Count ? Vector128.Create(name[^Vector128<byte>.Count..]) : head;
        var hash = name.Length > Vector128<byte>.Count ? HashLong(name) : Mix(head);
        names[count] = new XmlName { Head = head, Tail = tail, Hash = hash, Start = text.Count, Length = name.Length, Prefix = NoPrefix, Local = count, Symbol = -1 };
        text.Add(name);
        Place(count);
        return count++;
    }

    private void Rehash()
    {
        buckets = new int[2 * buckets.Length];
        for (var name = 0; name < count; name++)
        {
            Place(name);
        }
    }

    private void Place(int name)
    {
        var bucket = (int)names[name].Hash & (buckets.Length - 1);
        while (buckets[bucket] != 0)
        {
            bucket = (bucket + 1) & (buckets.Length - 1);
        }

        buckets[bucket] = name + 1;
    }

    /// <summary>XML 1.0's names as XmlReader has them: no character beyond U+FFFF.</summary>
    private static bool IsName(ReadOnlySpan<byte> name)
    {
        Span<char> characters = stackalloc char[LongestName];
        var length = Encoding.UTF8.GetChars(name, characters);
        for (var index = 0; index < length; index++)
        {
            if (!(index == 0 ? XmlConvert.IsStartNCNameChar(characters[index]) : XmlConvert.IsNCNameChar(characters[index])))
            {
                return false;
            }
        }

        return length > 0;
    }
}

/// <summary>A name as it stands, with its prefix.</summary>
internal struct XmlName
{
    /// <summary>The first sixteen bytes, zeros behind them.</summary>
    public Vector128<byte> Head;

    /// <summary>Of a longer name the last sixteen bytes.</summary>
    public Vector128<byte> Tail;
    public uint Hash;
    public int Start;
    public int Length;

    /// <summary>Number of the prefix as a name.</summary>
    public int Prefix;

    /// <summary>Number of the local part as a name; its own number without a prefix.</summary>
    public int Local;

    /// <summary>The plan's number of the local part, or -1.</summary>
    public int Symbol;

    /// <summary>Name of the start tag that last came after a start tag of this name.</summary>
    public int NextTag;

    /// <summary>Name of the attribute that last came after an attribute, or in a tag, of this name.</summary>
    public int NextAttribute;
}

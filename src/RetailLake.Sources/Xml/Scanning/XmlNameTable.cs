using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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

    private static readonly ulong Key = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)) | 1;

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

    /// <param name="name">Not empty; what stands before a blank, <c>/</c>, <c>&gt;</c>, <c>=</c> or <c>?</c>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Of(ReadOnlySpan<byte> name)
    {
        var hash = Hash(name);
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

    public void Dispose() => text.Dispose();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Hash(ReadOnlySpan<byte> name)
    {
        ref var start = ref MemoryMarshal.GetReference(name);
        ulong first, last;
        if (name.Length >= 8)
        {
            if (name.Length > 16)
            {
                return HashLong(name);
            }

            first = Unsafe.ReadUnaligned<ulong>(ref start);
            last = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, name.Length - 8));
        }
        else if (name.Length >= 4)
        {
            first = Unsafe.ReadUnaligned<uint>(ref start);
            last = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref start, name.Length - 4));
        }
        else
        {
            first = last = 0;
            foreach (var one in name)
            {
                first = (first << 8) | one;
            }
        }

        return Mix(first ^ Key, last ^ (Key * (ulong)name.Length));
    }

    private static uint HashLong(ReadOnlySpan<byte> name)
    {
        var hash = Key * (ulong)name.Length;
        ref var start = ref MemoryMarshal.GetReference(name);
        for (var at = 0; at + 8 <= name.Length; at += 8)
        {
            hash = Fold(hash ^ Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, at)));
        }

        return Mix(hash, Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, name.Length - 8)) ^ Key);
    }

    private static ulong Fold(ulong value)
    {
        var high = Math.BigMul(value, 0x9E37_79B9_7F4A_7C15, out var low);
        return high ^ low;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Mix(ulong left, ulong right)
    {
        var high = Math.BigMul(left, BitOperations.RotateLeft(right, 29) ^ 0x9E37_79B9_7F4A_7C15, out var low);
        var mixed = high ^ low;
        return (uint)(mixed ^ (mixed >> 32));
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
        var prefix = colon < 0 ? NoPrefix : Of(name[..colon]);
        var local = colon < 0 ? -1 : Of(name[(colon + 1)..]);
        var added = Intern(name);
        ref var entry = ref names[added];
        (entry.Prefix, entry.Local) = (prefix, local < 0 ? added : local);
        entry.Symbol = plan.SymbolOf(Encoding.UTF8.GetString(name[(colon + 1)..]));
        return added;
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

        names[count] = new XmlName { Hash = Hash(name), Start = text.Count, Length = name.Length, Prefix = NoPrefix, Local = count, Symbol = -1 };
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
    public uint Hash;
    public int Start;
    public int Length;

    /// <summary>Number of the prefix as a name.</summary>
    public int Prefix;

    /// <summary>Number of the local part as a name; its own number without a prefix.</summary>
    public int Local;

    /// <summary>The plan's number of the local part, or -1.</summary>
    public int Symbol;
}

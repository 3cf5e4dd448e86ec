using System.Buffers.Binary;
using System.Security.Cryptography;
using RetailLake.Core.Rows.Validation;

namespace RetailLake.Core.Rows.Drops;

/// <summary>
/// The rows of the unit being read, as a range of numbers for each table: a bad row rejects all of them. A child whose key no parent row of
/// the unit has is an orphan.
/// </summary>
/// <remarks>
/// Parents may stand behind their children: some documents end with the head. With one parent row, as usual, one key is held and nothing is hashed.
/// </remarks>
internal sealed class DropUnit
{
    /// <summary>Runs of children of one key that wait for their parent: 12 MB of them, whatever a file puts into one unit.</summary>
    private const int MostWaiting = 250_000;

    private readonly IReadOnlyList<TableValidation> tables;
    private readonly int mostWaiting;
    private readonly UnitKey[] keys;
    private readonly UnitKey lastParent;
    private readonly ulong[] keyColumns;
    private readonly bool[] hadParentsKey;
    private readonly long[] firsts;
    private readonly long[] lasts;
    private readonly bool findsOrphans;
    private readonly HashSet<UInt128> earlierParents = [];
    private readonly List<Waiting> waiting = [];
    private bool hasParent;
    private bool hasUnreadableParent;
    private bool isValid = true;

    /// <param name="findsOrphans">False where a unit is one row of any table, and its parent comes by itself.</param>
    public DropUnit(IReadOnlyList<TableValidation> tables, bool findsOrphans = true, int mostWaiting = MostWaiting)
    {
        this.tables = tables;
        this.mostWaiting = mostWaiting;
        this.findsOrphans = findsOrphans && tables.Count > 1;
        var (parent, children) = UnitKey.For(tables[0].Table, [.. tables.Skip(1).Select(table => table.Table)]);
        keys = [parent, .. children];
        lastParent = parent.Empty();
        keyColumns = [.. keys.Select(key => key.Columns)];
        hadParentsKey = new bool[tables.Count];
        firsts = new long[tables.Count];
        lasts = new long[tables.Count];
    }

    /// <summary>Adds the row that its table has just judged.</summary>
    public void Add(int table, in DropRow row, bool valid)
    {
        var number = row.SliceNumber;
        firsts[table] = firsts[table] == 0 ? number : firsts[table];
        lasts[table] = number;
        isValid &= valid;
        if (!findsOrphans || row.Change != RowChange.Upsert)
        {
            return;
        }

        if (hadParentsKey[table] && (row.Repeats & keyColumns[table]) == keyColumns[table])
        {
            return;
        }

        hadParentsKey[table] = false;
        var key = keys[table];
        if (!key.TrySet(row, tables[table].All.Cells))
        {
            hasUnreadableParent |= table == 0;
        }
        else if (table == 0)
        {
            AddParent(key);
        }
        else if (!hasParent || !lastParent.Bytes.SequenceEqual(key.Bytes))
        {
            AddWaiting(table, number, Hash(key));
        }
        else
        {
            hadParentsKey[table] = keyColumns[table] != 0;
        }
    }

    /// <summary>After the unit's last row.</summary>
    public void End()
    {
        // Children of a parent whose key cannot be read are rejected with it, and are no orphans.
        if (waiting.Count > 0 && !hasUnreadableParent)
        {
            MarkOrphans();
        }

        for (var table = 0; table < firsts.Length; table++)
        {
            if (!isValid && firsts[table] > 0)
            {
                tables[table].Withdraw(firsts[table], lasts[table]);
            }

            firsts[table] = 0;
        }

        earlierParents.Clear();
        waiting.Clear();
        Array.Clear(hadParentsKey);
        (hasParent, hasUnreadableParent, isValid) = (false, false, true);
    }

    private void AddParent(UnitKey key)
    {
        if (hasParent && !lastParent.Bytes.SequenceEqual(key.Bytes))
        {
            earlierParents.Add(Hash(lastParent));
        }

        lastParent.CopyFrom(key);
        hasParent = true;
        Array.Clear(hadParentsKey);
    }

    private void AddWaiting(int table, long number, UInt128 key)
    {
        if (earlierParents.Contains(key))
        {
            return;
        }

        if (waiting.Count > 0 && waiting[^1] is var last && last.Table == table && last.Key == key && last.LastNumber == number - 1)
        {
            waiting[^1] = last with { LastNumber = number };
        }
        else
        {
            if (waiting.Count == mostWaiting)
            {
                // A parent that stands so far behind its children is taken for none: they are orphans, and said to be.
                MarkOrphans();
                waiting.Clear();
            }

            waiting.Add(new(table, number, number, key));
        }
    }

    private void MarkOrphans()
    {
        if (hasParent)
        {
            earlierParents.Add(Hash(lastParent));
        }

        foreach (var child in waiting)
        {
            if (!earlierParents.Contains(child.Key))
            {
                tables[child.Table].MarkOrphans(child.FirstNumber, child.LastNumber);
                isValid = false;
            }
        }
    }

    private static UInt128 Hash(UnitKey key)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(key.Bytes, hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    private readonly record struct Waiting(int Table, long FirstNumber, long LastNumber, UInt128 Key);
}

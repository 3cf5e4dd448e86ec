using System.Text;
using RetailLake.Core.Contracts;

namespace RetailLake.Sources.FlatFile;

/// <summary>The fields of a header or parent record that later rows take a value from, kept beyond the record itself.</summary>
internal sealed class SavedRecord
{
    /// <summary>No column takes more, and what is saved is copied into every row.</summary>
    public const int LongestField = ColumnType.WidestText;

    private readonly List<int> slots = [];
    private int[] starts = [0];
    private bool[] quoted = [];
    private byte[] bytes = [];

    /// <summary>Whether there is a record, and it has all the fields.</summary>
    public bool IsThere { get; private set; }

    /// <summary>Grows when the fields may be others.</summary>
    public long Version { get; private set; }

    /// <summary>Bytes of the field that was longer than <see cref="LongestField"/>; 0: none was.</summary>
    public int TooLong { get; private set; }

    public bool IsPlainAscii { get; private set; } = true;

    /// <returns>The field's index here.</returns>
    public int Keep(int slot)
    {
        if (!slots.Contains(slot))
        {
            slots.Add(slot);
            (starts, quoted) = (new int[slots.Count + 1], new bool[slots.Count]);
        }

        return slots.IndexOf(slot);
    }

    public ReadOnlySpan<byte> Field(int index) => bytes.AsSpan(starts[index], starts[index + 1] - starts[index]);

    public bool IsQuoted(int index) => quoted[index];

    public void Clear()
    {
        IsThere = false;
        Version++;
    }

    /// <param name="whole">A field that the record cuts is a missing one; a table's own record may cut a text that is trimmed.</param>
    /// <returns>False when a field is missing or longer than <see cref="LongestField"/>.</returns>
    public bool Take(RecordScanner scanner, bool whole)
    {
        (IsThere, TooLong) = (false, 0);
        Version++;
        for (var index = 0; index < slots.Count; index++)
        {
            if (!(whole ? scanner.HasWhole(slots[index]) : scanner.Has(slots[index])))
            {
                return false;
            }

            var field = scanner.Field(slots[index]);
            if (field.Length > LongestField)
            {
                TooLong = field.Length;
                return false;
            }

            if (starts[index] + field.Length > bytes.Length)
            {
                Array.Resize(ref bytes, 2 * (starts[index] + field.Length));
            }

            field.CopyTo(bytes.AsSpan(starts[index]));
            starts[index + 1] = starts[index] + field.Length;
            quoted[index] = scanner.Quoted[slots[index]];
        }

        var used = bytes.AsSpan(0, starts[slots.Count]);
        (IsThere, IsPlainAscii) = (true, Ascii.IsValid(used) && !used.Contains((byte)0));
        return true;
    }
}

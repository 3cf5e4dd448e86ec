using System.Text;
using RetailLake.Core.Contracts;

namespace RetailLake.Sources.FlatFile;

internal enum RecordRole
{
    Unknown,
    Header,
    Trailer,
    Ignored,
    Row,
}

/// <summary>Tells the records of a file apart by the field that holds their type.</summary>
internal sealed class RecordKinds
{
    private const int ShownType = 4;

    private readonly List<(byte[] Type, RecordRole Role, int Index)> kinds = [];
    private readonly int slot;

    public RecordKinds(RecordTypes records, IReadOnlyList<ContractTable> tables, FlatLayout layout)
    {
        slot = layout.SlotOf(records.At);
        Add(records.Header, RecordRole.Header, 0);
        Add(records.Trailer, RecordRole.Trailer, 0);
        for (var index = 0; index < records.Ignored.Count; index++)
        {
            Add(records.Ignored[index], RecordRole.Ignored, index);
        }

        for (var index = 0; index < tables.Count; index++)
        {
            Add(tables[index].Record ?? throw layout.Faults.Contract($"Found no record type of table '{tables[index].Name}'"), RecordRole.Row, index);
        }

        if (kinds.Select(kind => Encoding.UTF8.GetString(kind.Type)).Distinct(StringComparer.Ordinal).Count() != kinds.Count)
        {
            throw layout.Faults.Contract("Found one record type for two kinds of records");
        }
    }

    /// <returns>The record's role, and the index of its table or ignored type.</returns>
    public (RecordRole Role, int Index) Of(RecordScanner scanner)
    {
        if (scanner.HasWhole(slot))
        {
            var type = scanner.Field(slot).TrimEnd((byte)' ');
            foreach (var kind in kinds)
            {
                if (type.SequenceEqual(kind.Type))
                {
                    return (kind.Role, kind.Index);
                }
            }
        }

        return (RecordRole.Unknown, 0);
    }

    /// <summary>The type for messages, if it looks like one: in a file of another layout a person's name may stand there.</summary>
    public string Show(RecordScanner scanner)
    {
        var type = scanner.HasWhole(slot) ? scanner.Field(slot).TrimEnd((byte)' ') : default;
        return type.Length is 0 or > ShownType || !Ascii.IsValid(type) || type.ContainsAnyExceptInRange((byte)'0', (byte)'z') ? "" : $" '{Encoding.ASCII.GetString(type)}'";
    }

    private void Add(string? type, RecordRole role, int index)
    {
        if (type is not null)
        {
            kinds.Add((Encoding.UTF8.GetBytes(type.TrimEnd(' ')), role, index));
        }
    }
}

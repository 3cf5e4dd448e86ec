using System.Text;
using RetailLake.Sources.Drops;

namespace RetailLake.Sources.FlatFile;

/// <summary>
/// The field names in a delimited document's first record, without blanks around them, in upper and lower case as written. Names that the contract
/// does not have are allowed: senders add columns. Names are not shown when they are not the contract's: without a header they would be values.
/// </summary>
internal sealed class HeaderRow
{
    private readonly Dictionary<string, int> slots = new(StringComparer.Ordinal);

    private HeaderRow(int width) => Width = width;

    public int Width { get; }

    /// <exception cref="Core.Drops.DropRefusedException">A name is missing or stands there twice.</exception>
    public static HeaderRow Read(RecordScanner scanner, IReadOnlyCollection<string> needed, DropFaults faults)
    {
        if (scanner.Refusal is not null)
        {
            throw faults.Format($"Found quotes within a name in the header of {faults.Where}.");
        }

        var header = new HeaderRow(scanner.Width);
        List<string> twice = [];
        for (var slot = 0; slot < scanner.Slots; slot++)
        {
            var name = Encoding.UTF8.GetString(scanner.Field(slot)).Trim(' ', '\t');
            if (name.Length > 0 && !header.slots.TryAdd(name, slot))
            {
                twice.Add(needed.Contains(name) ? $"'{name}'" : $"{header.slots[name] + 1:N0} and {slot + 1:N0}");
            }
        }

        var missing = needed.Where(name => !header.slots.ContainsKey(name)).Select(name => $"'{name}'").ToList();
        return missing.Count > 0 ? throw faults.Format(
                $"Found a header of {header.Width:N0} names without {string.Join(", ", missing)} in {faults.Where}; the contract names {(missing.Count == 1 ? "it" : "them")}.")
            : twice.Count > 0 ? throw faults.Format($"Found columns of one name in the header of {faults.Where}: {string.Join(", ", twice)}.")
            : header;
    }

    public int SlotOf(string name) => slots[name];
}

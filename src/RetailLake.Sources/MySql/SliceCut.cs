using MySqlConnector;
using RetailLake.Core.Runs;

namespace RetailLake.Sources.MySql;

/// <summary>Cuts the parent's rows into ranges of the first key column, about SliceRows each. Ranges are disjoint and cover everything: the outer ends are open.</summary>
internal sealed class SliceCut(SourceSession session, SourceSchema schema)
{
    private readonly SourceColumn key = schema.Parent.UnitKey[0];
    private readonly int wanted = Math.Max(schema.Contract.Extract.SliceRows, 1);

    /// <summary>A window's slices; none when nothing changed.</summary>
    public async Task<List<PlanSlice>> OfWindowAsync(WorkWindow window, CancellationToken cancellationToken)
    {
        var keys = new Selection(schema, window).Keys();
        var rows = await session.CountAsync(keys.Wrap("SELECT COUNT(*) FROM (", ") s"), cancellationToken);
        if (rows == 0)
        {
            return [];
        }

        // A selection is in no index's order, so it is sorted once and its keys are counted off here.
        var slices = KeyLiteral.CanCut(key) ? (int)Math.Ceiling(rows / (double)wanted) : 1;
        List<string> bounds = [];
        if (slices > 1)
        {
            var each = (rows + slices - 1) / slices;
            var at = 0L;
            await session.QueryAsync(keys.Wrap($"SELECT {KeyLiteral.TextOf(key, "s.k0")} FROM (", ") s ORDER BY s.k0"), reader => Take(reader, at++, each), cancellationToken);
            return Slices(bounds, each, rows);
        }

        return Slices(bounds, rows, rows);

        bool Take(MySqlDataReader reader, long index, long each)
        {
            if (index > 0 && index % each == 0 && reader.GetString(0) is var bound && (bounds.Count == 0 || bounds[^1] != bound))
            {
                bounds.Add(bound);
            }

            return true;
        }
    }

    /// <summary>A snapshot's slices: at least one. Walks the key's index once, a slice's length per step.</summary>
    public async Task<List<PlanSlice>> OfTableAsync(CancellationToken cancellationToken)
    {
        var table = schema.Parent.QuotedName;
        List<string> bounds = [];
        for (string? last = null; KeyLiteral.CanCut(key);)
        {
            // One key value may fill more than a slice; then the next one is the next larger value, whatever the collation calls larger.
            var next = await AtAsync(last, ">=", wanted) is var step && step is { IsLarger: false } ? await AtAsync(last, ">", 0) : step;
            if (next is null)
            {
                break;
            }

            bounds.Add(last = next.Value.Text);
        }

        var (over, parameters) = Bound(bounds.Count == 0 ? null : bounds[^1], ">=");
        var rest = await session.CountAsync(new($"SELECT COUNT(*) FROM {table} t{over}", parameters), cancellationToken);
        return Slices(bounds, wanted, ((long)bounds.Count * wanted) + rest);

        async Task<(string Text, bool IsLarger)?> AtAsync(string? last, string comparison, int offset)
        {
            var (where, values) = Bound(last, comparison);
            var larger = last is null ? "1" : $"t.{key.Quoted} > {KeyLiteral.Of(key, last, "@last").Sql}";
            var found = await session.QueryAsync(
                new($"SELECT {KeyLiteral.TextOf(key, $"t.{key.Quoted}")}, {larger} FROM {table} t{where} ORDER BY t.{key.Quoted} LIMIT 1 OFFSET {offset}", values),
                reader => (reader.GetString(0), reader.GetInt32(1) != 0), cancellationToken);
            return found.Count == 0 ? null : found[0];
        }
    }

    private (string Where, IReadOnlyList<(string, object)> Parameters) Bound(string? last, string comparison)
    {
        if (last is null)
        {
            return ("", []);
        }

        var (sql, parameters) = KeyLiteral.Of(key, last, "@last");
        return ($" WHERE t.{key.Quoted} {comparison} {sql}", parameters);
    }

    private static List<PlanSlice> Slices(List<string> bounds, long each, long rows) =>
    [
        .. Enumerable.Range(0, bounds.Count + 1).Select(index => new PlanSlice(
            index + 1, SliceKind.Rows, index == 0 ? null : bounds[index - 1], index == bounds.Count ? null : bounds[index],
            index == bounds.Count ? Math.Max(rows - (index * each), 0) : each)),
    ];
}

using System.Globalization;
using MySqlConnector;
using RetailLake.Core.Errors;
using RetailLake.Core.Lake;
using RetailLake.Core.Rows.Landing;
using RetailLake.Core.Runs;

namespace RetailLake.Sources.MySql;

/// <summary>Lands one table of a slice inside the snapshot that the session holds: first the source's own count and sums, then the rows.</summary>
internal sealed class TableLander(SourceSession session, ILake lake)
{
    private const int FirstScratch = 64 * 1024;

    public async Task<(LandedTable Landed, TableTotals Source, TableTotals Found)> LandAsync(TableRead read, string key, CancellationToken cancellationToken)
    {
        var sums = read.Columns.Select(column => read.WithSums && column.Contract.ControlTotal ? new LandedSum(column.Contract.Name, column.Contract.Type.Scale) : null).ToArray();
        var source = await SourceTotalsAsync(read, sums, cancellationToken);

        await using var target = await lake.CreateAsync(key, cancellationToken);
        await using var writer = new TabWriter(target.Stream);
        await using var command = session.Command(read.Rows());
        // Reading without awaiting costs less per row; the thread is this step's own.
        await Task.Run(() => Copy(command, sums, writer, cancellationToken), cancellationToken);

        var found = new TableTotals(read.Table.Table.Name, writer.Rows, Sums(read, sums, sum => sum.Value));
        AssertBalance(read, source, found);
        await writer.CompleteAsync(cancellationToken);
        return (new LandedTable(read.Table.Table.Name, read.Format, await target.CommitAsync(cancellationToken), writer.Rows), source, found);
    }

    private async Task<TableTotals> SourceTotalsAsync(TableRead read, LandedSum?[] sums, CancellationToken cancellationToken)
    {
        var rows = await session.QueryAsync(read.Totals(), reader =>
        {
            var next = 1;
            return new TableTotals(
                read.Table.Table.Name, Convert.ToInt64(reader.GetValue(0), CultureInfo.InvariantCulture),
                Sums(read, sums, sum => sum.OfSource(reader.IsDBNull(next++) ? null : reader.GetString(next - 1))));
        }, cancellationToken);
        return rows[0];
    }

    private void Copy(MySqlCommand command, LandedSum?[] sums, TabWriter writer, CancellationToken cancellationToken)
    {
        using var stop = cancellationToken.Register(command.Cancel);
        using var reader = OfSource(command.ExecuteReader, cancellationToken);
        try
        {
            CopyRows(reader, sums, writer, cancellationToken);
        }
        catch (Exception exception) when (exception is not SourceUnavailableException and not OperationCanceledException)
        {
            // Disposing reads the rest of the rows, unless the statement is stopped.
            command.Cancel();
            throw;
        }
    }

    /// <summary>Only what the source does is told as the source's failure; a full disk under the lake is not.</summary>
    private T OfSource<T>(Func<T> ask, CancellationToken cancellationToken)
    {
        try
        {
            return ask();
        }
        catch (Exception exception) when (SourceErrors.Handles(exception))
        {
            throw session.Translate(exception, cancellationToken);
        }
    }

    private void CopyRows(MySqlDataReader reader, LandedSum?[] sums, TabWriter writer, CancellationToken cancellationToken)
    {
        var scratch = new byte[FirstScratch];
        Func<bool> read = reader.Read;
        while (OfSource(read, cancellationToken))
        {
            for (var index = 0; index < sums.Length; index++)
            {
                if (reader.IsDBNull(index))
                {
                    writer.WriteNull();
                    continue;
                }

                // A full buffer may be a cut value: then its length is asked for.
                var length = (int)reader.GetBytes(index, 0, scratch, 0, scratch.Length);
                if (length == scratch.Length)
                {
                    scratch = new byte[reader.GetBytes(index, 0, null, 0, 0) + 1];
                    length = (int)reader.GetBytes(index, 0, scratch, 0, scratch.Length);
                }

                var field = scratch.AsSpan(0, length);
                writer.WriteField(field);
                sums[index]?.Add(field);
            }

            writer.EndRow();
        }
    }

    private static Dictionary<string, decimal> Sums(TableRead read, LandedSum?[] sums, Func<LandedSum, decimal> value) =>
        read.Columns.Zip(sums).Where(pair => pair.Second is not null).ToDictionary(pair => pair.First.Contract.Name, pair => value(pair.Second!), StringComparer.Ordinal);

    private void AssertBalance(TableRead read, TableTotals source, TableTotals found)
    {
        var differing = found.Sums.Keys.FirstOrDefault(name => found.Sums[name] != source.Sums[name]);
        if (found.Rows == source.Rows && differing is null)
        {
            return;
        }

        throw new BooksDoNotBalanceException(
            FormattableString.Invariant($"Found {found.Rows} rows landed of '{session.Place}' table '{read.Table.Table.SourceName}'")
            + (differing is null ? "" : FormattableString.Invariant($" with a sum of {found.Sums[differing]} in '{differing}'"))
            + FormattableString.Invariant($"; the same snapshot counts {source.Rows}")
            + (differing is null ? "." : FormattableString.Invariant($" with {source.Sums[differing]}.")),
            "The slice is not used and nothing was loaded.",
            "Redrive; if it repeats, check whether the table or a table under its view is stored by an engine without snapshots.");
    }
}

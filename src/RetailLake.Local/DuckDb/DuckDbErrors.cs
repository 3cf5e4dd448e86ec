using DuckDB.NET.Data;
using RetailLake.Core.Errors;
using RetailLake.Core.Warehouse;

namespace RetailLake.Local.DuckDb;

/// <summary>DuckDB quotes the offending value in its errors; a value of a row must never reach a log, a record or the console.</summary>
internal static class DuckDbErrors
{
    // These speak of files, memory, names and locks; all others may quote a value.
    private static readonly string[] Harmless =
        ["IO Error", "Catalog Error", "Binder Error", "Parser Error", "Out of Memory Error", "TransactionContext Error", "Transaction Error", "INTERRUPT Error", "Permission Error"];

    public static Exception Map(DuckDBException exception)
    {
        var text = Scrub(exception);
        return text.Contains("No files found that match", StringComparison.Ordinal)
            ? new ObjectDamagedException(
                $"Found {text}.", "The transaction was rolled back; nothing was published.", "Redrive the execution; if the object stays missing, start the work again with 'lake rerun'.")
            : LoadErrors.From(text, new ScrubbedException(text));
    }

    /// <summary>The first line of a harmless error or of a failed check; the class alone of any other.</summary>
    public static string Scrub(DuckDBException exception)
    {
        var message = exception.Message;
        var line = message.AsSpan(0, message.IndexOf('\n', StringComparison.Ordinal) is >= 0 and var end ? end : message.Length).Trim().ToString();
        if (line.Contains(LoadErrors.Mark, StringComparison.Ordinal) || Harmless.Any(kind => line.StartsWith(kind, StringComparison.Ordinal)) || line.Contains("Conflict on", StringComparison.Ordinal))
        {
            return line;
        }

        var colon = line.IndexOf(':', StringComparison.Ordinal);
        return $"{(colon < 0 ? "Error" : line[..colon])} (the text may quote a value and is not kept)";
    }

    /// <summary>Stands for the driver's exception, whose text is not passed on.</summary>
    private sealed class ScrubbedException(string message) : Exception(message);
}

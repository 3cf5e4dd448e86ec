using RetailLake.Core.Errors;
using RetailLake.Core.Warehouse;

namespace RetailLake.Aws.Redshift;

/// <summary>Redshift's error texts. Many quote the offending value, and a value of a row must never reach a log, an error or a history.</summary>
/// <remarks>Which texts speak of objects, grants, locks and files only was taken from https://docs.aws.amazon.com/redshift/latest/dg/multi-byte-character-load-errors.html and r_error_codes.</remarks>
internal static class StatementErrors
{
    private static readonly string[] Harmless =
    [
        "does not exist", "already exists", "permission denied", "must be owner", "syntax error", "deadlock detected", "Serializable isolation violation", "conflict with concurrent transaction",
        "Query cancelled", "canceled on user", "query timeout", "max_query_execution_time", "Disk Full", "out of memory", "cannot run inside a transaction block",
    ];

    private static readonly string[] MissingObjects = ["The specified key does not exist", "NoSuchKey", "Mandatory url is not present", "The specified S3 prefix"];

    /// <summary>The check's or a harmless error's first line; of any other no more than that it was one.</summary>
    public static string Scrub(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.IndexOf(LoadErrors.Mark, StringComparison.Ordinal) is >= 0 and var mark)
        {
            return FirstLine(text[mark..]);
        }

        var line = FirstLine(text);
        return Array.Exists(MissingObjects, known => text.Contains(known, StringComparison.OrdinalIgnoreCase)) ? "an object that COPY's manifest lists is not there"
            : Array.Exists(Harmless, known => line.Contains(known, StringComparison.OrdinalIgnoreCase)) ? line
            : text.Contains("1023", StringComparison.Ordinal) ? "ERROR: 1023 (serializable isolation violation)"
            : "ERROR of the statement (the text may quote a value and is not kept; sys_query_history and sys_load_error_detail have it)";
    }

    public static Exception Map(string text)
    {
        var scrubbed = Scrub(text);
        return scrubbed.StartsWith("an object that", StringComparison.Ordinal)
            ? new ObjectDamagedException(
                $"Found that {scrubbed}.", "The transaction was rolled back; nothing was published.", "Redrive the execution; if the object stays missing, start the work again with 'lake rerun'.")
            : LoadErrors.From(scrubbed);
    }

    private static string FirstLine(string text) => text[..(text.IndexOfAny(['\n', '\r']) is >= 0 and var end ? end : text.Length)].Trim();
}

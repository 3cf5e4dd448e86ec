using System.Globalization;
using System.Text.RegularExpressions;
using RetailLake.Core.Errors;

namespace RetailLake.Core.Warehouse;

/// <summary>What a warehouse's error text means. Both dialects raise a failed check with the same words.</summary>
public static partial class LoadErrors
{
    /// <summary>Begins the text of every check that a load raises.</summary>
    public const string Mark = "RetailLake check";

    /// <summary>Checks that say somebody else was first; nothing is wrong with the books.</summary>
    public const string NotLoadedYet = "work not loaded yet";

    public const string NotOvertaken = "not overtaken by a later load";

    /// <summary>Begins the hops that compare an object's length with its manifest.</summary>
    public const string StoredBytes = "stored bytes of ";

    public static Exception From(string message, Exception? inner = null)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (Check().Match(message) is { Success: true } check)
        {
            return FromCheck(check.Groups["hop"].Value, Plain(check.Groups["expected"].Value), Plain(check.Groups["found"].Value), inner);
        }

        return IsConflict(message)
            ? new LoadConflictException(
                "Found another transaction that held or changed the same rows of the warehouse.", "The load was rolled back; nothing was published.",
                "It is tried again; when it persists, look for a long transaction in the warehouse.", inner)
            : new LoadFailedException(
                $"Found the warehouse's error '{message}'.", "The transaction was rolled back; nothing was published.",
                "Correct the cause, then redrive the execution.", inner);
    }

    private static Exception FromCheck(string hop, string expected, string found, Exception? inner) => hop switch
    {
        NotLoadedYet => new LoadFailedException(
            "Found this work in 'ops.load_ledger' already.", "Nothing was loaded a second time.", "Nothing needs to be done: CompleteLoad takes the ledger's row.", inner),
        NotOvertaken => new LoadFailedException(
            "Found a later load in 'ops.load_ledger' that covers this work.", "Nothing was loaded; the newer rows stay.", "Nothing needs to be done: the work is superseded.", inner),
        _ when hop.StartsWith(StoredBytes, StringComparison.Ordinal) => new ObjectDamagedException(
            $"Found {found} {hop} (all its objects); the manifest says {expected}.", "Nothing was loaded.",
            "Redrive the execution; if an object stays missing or changed, start the work again with 'lake rerun'."),
        _ => new BooksDoNotBalanceException(
            $"Found {found} at hop '{hop}'; expected {expected}.", "The transaction was rolled back; nothing was published.",
            "Redrive the execution; if it fails again, compare the run's manifests with 'lake show' and start it again with 'lake rerun'."),
    };

    // DuckDB: optimistic conflicts. Redshift: 1023 (serializable isolation), deadlocks and lock timeouts; see
    // https://docs.aws.amazon.com/redshift/latest/dg/c_serial_isolation.html
    private static bool IsConflict(string message) =>
        message.Contains("Conflict on", StringComparison.OrdinalIgnoreCase)
        || message.Contains("write-write conflict", StringComparison.OrdinalIgnoreCase)
        || message.Contains("Serializable isolation violation", StringComparison.OrdinalIgnoreCase)
        || message.Contains("ERROR: 1023", StringComparison.OrdinalIgnoreCase)
        || message.Contains("deadlock detected", StringComparison.OrdinalIgnoreCase)
        || message.Contains("conflict with concurrent transaction", StringComparison.OrdinalIgnoreCase);

    private static string Plain(string number) =>
        decimal.TryParse(number, NumberStyles.Number, CultureInfo.InvariantCulture, out var value)
            ? value.ToString("0.######", CultureInfo.InvariantCulture)
            : "nothing";

    [GeneratedRegex(Mark + " \"(?<hop>[^\"]+)\": expected (?<expected>[-0-9.]+|null), found (?<found>[-0-9.]+|null)", RegexOptions.CultureInvariant)]
    private static partial Regex Check();
}

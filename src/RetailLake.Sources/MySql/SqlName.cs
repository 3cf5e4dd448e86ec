using System.Text.RegularExpressions;
using RetailLake.Core.Errors;

namespace RetailLake.Sources.MySql;

/// <summary>Names of a contract are untrusted input: a strict pattern first, backticks after.</summary>
internal static partial class SqlName
{
    public static string Quote(string name) => Allowed().IsMatch(name) ? $"`{name}`" : throw new ContractInvalidException(
        $"Found the source name '{(name.Length > 64 ? name[..64] : name)}' in a contract; names of MySQL databases, tables and columns here are 1 to 64 of A-Z, a-z, 0-9, '_', '$' and '-'.",
        "Nothing was read.",
        "Correct physicalName in the contract; for a stranger name create a view with a plain one.");

    public static string List(IEnumerable<string> names, string prefix = "t.") => string.Join(", ", names.Select(name => prefix + Quote(name)));

    [GeneratedRegex(@"^[A-Za-z0-9_$\-]{1,64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Allowed();
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace RetailLake.Local.Invocation;

/// <summary>Message templates as the Lambda runtime formats them: named holes, filled in order.</summary>
internal static partial class LogTemplate
{
    public static string Format(string template, object[]? args)
    {
        var next = 0;
        return args is not { Length: > 0 } ? template : Hole().Replace(template, hole => next < args.Length
            ? Convert.ToString(args[next++], CultureInfo.InvariantCulture) ?? "null"
            : hole.Value);
    }

    [GeneratedRegex(@"\{[A-Za-z_][A-Za-z0-9_]*\}")]
    private static partial Regex Hole();
}

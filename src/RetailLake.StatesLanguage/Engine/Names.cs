using System.Text;

namespace RetailLake.StatesLanguage;

internal static class Names
{
    private const string Forbidden = "<>{}[]?*\"#%\\^|~`$&,;:/";

    public static bool IsMachineName(string name) =>
        name.Length is > 0 and <= 80 && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');

    /// <summary>AWS's rule, and at most 240 bytes, because the name is a file's name too.</summary>
    public static void CheckExecutionName(string name)
    {
        if (name.Length is 0 or > 80 || Encoding.UTF8.GetByteCount(name) > 240
            || name.Any(letter => char.IsWhiteSpace(letter)
                || char.IsControl(letter) || char.IsSurrogate(letter) || Forbidden.Contains(letter, StringComparison.Ordinal)))
        {
            throw new InvalidNameException($"Found the execution name '{name}', expected 1 to 80 characters without white space, "
                + $"control characters and {Forbidden}. Nothing was started. Choose another name.");
        }
    }
}

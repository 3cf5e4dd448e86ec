using System.Text;
using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using RetailLake.Core.Errors;

namespace RetailLake.Sources.Drops;

/// <summary>The refusals of one drop, in one voice. What is found is said without a value of the drop: it may be personal.</summary>
/// <param name="contract">Named in every message.</param>
/// <param name="drop">Its name is hostile input and shown without control characters.</param>
public sealed class DropFaults(Contract contract, DropRef drop)
{
    private const int ShownName = 120;
    private const string Became = "The drop stays in landing and nothing of it was loaded; the run goes on without it.";

    /// <summary>The drop's name in single quotes, and within an archive the entry's.</summary>
    public string Where { get; private set; } = $"'{Show(drop.Name)}'";

    public DropRefusedException Torn(string found, Exception? inner = null) =>
        Refuse(DropRefusalCode.Torn, found, $"Ask the sender of '{contract.Id}' for the complete file.", inner);

    public DropRefusedException Damaged(string found, Exception? inner = null) =>
        Refuse(DropRefusalCode.Damaged, found, $"Ask the sender of '{contract.Id}' for the file again.", inner);

    public DropRefusedException Format(string found) =>
        Refuse(DropRefusalCode.Format, found, $"Ask the sender for a file of the agreed format, or correct the contract '{contract.Id}' and release the drop.");

    public DropRefusedException TooLarge(string found) =>
        Refuse(DropRefusalCode.TooLarge, found, $"Ask the sender for smaller files, or raise the limit in the contract '{contract.Id}' and release the drop.");

    public DropRefusedException NoRoom(string found) =>
        Refuse(DropRefusalCode.TooLarge, found, $"Ask the sender of '{contract.Id}' for smaller archives, or for gzip, which needs no temporary file; or give temporary files more room and release the drop.");

    public DropRefusedException Totals(string found) =>
        Refuse(DropRefusalCode.Totals, found, $"Ask the sender of '{contract.Id}' which of the two is right, and for a corrected file.");

    /// <summary>The contract asks for what cannot be read: no matter of one drop.</summary>
    public ContractInvalidException Contract(string found) =>
        new($"{found} in contract '{contract.Id}'.", "Nothing was read.", "Correct the contract's layout.");

    /// <summary>From here on messages name this entry of the archive.</summary>
    internal void Enter(string entry) => Where = $"'{Show(entry)}' in '{Show(drop.Name)}'";

    /// <summary>A name that someone else chose, on one line and not too long.</summary>
    internal static string Show(string name)
    {
        var shown = new StringBuilder(Math.Min(name.Length, ShownName) + 1);
        foreach (var rune in name.EnumerateRunes())
        {
            if (shown.Length >= ShownName)
            {
                return shown.Append('…').ToString();
            }

            shown.Append(Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) == System.Globalization.UnicodeCategory.Format || rune.Value == '\'' ? "?" : rune.ToString());
        }

        return shown.ToString();
    }

    private static DropRefusedException Refuse(string code, string found, string remedy, Exception? inner = null) => new(code, found, Became, remedy, inner);
}

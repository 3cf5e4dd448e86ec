using System.Text.RegularExpressions;
using RetailLake.Core.Contracts.Yaml;

namespace RetailLake.Core.Contracts.Compile;

/// <summary>The outbound feed. Personal columns may be exported: as tokens, as they are in the warehouse.</summary>
internal static partial class ManthanCompiler
{
    public static ManthanSpec? Compile(YamlMap root, IReadOnlyList<DeclaredTable> tables, ProblemList problems)
    {
        if (root.Own("manthan") is not YamlMap manthan || manthan["subject"].Text() is not { } subject || manthan["table"].Text() is not { } name)
        {
            return null;
        }

        if (!Subject().IsMatch(subject))
        {
            problems.Add(manthan["subject"]!, $"Found the Manthan subject {manthan["subject"]!.Shown}, expected capitals, digits and '_', at most 30: it is part of a file name.", "Correct it, e.g. SALES.");
        }

        if (manthan["target"].Text() is { } target && (!Target().IsMatch(target) || target.Contains("..", StringComparison.Ordinal)))
        {
            problems.Add(manthan["target"]!, $"Found the Manthan target {manthan["target"]!.Shown}, expected file:///folder, sftp://host:port/folder or secret:name, without user and password.", "Put credentials in the secret store and write 'secret:name'.");
        }

        var table = tables.FirstOrDefault(candidate => candidate.Table.Name == name);
        if (table is null)
        {
            problems.Add(manthan["table"]!, $"Found {manthan["table"]!.Shown} for the Manthan feed's table, expected one of {string.Join(", ", tables.Select(known => known.Table.Name))}.", "Correct the spelling.");
            return null;
        }

        Columns(manthan, table, problems);
        return new()
        {
            Subject = subject,
            Table = name,
            Columns = Texts(manthan, "columns"),
            BusinessDate = manthan["businessDate"].Text(),
            Totals = Texts(manthan, "totals"),
            Header = manthan["header"].Boolean() == true,
            Delivery = manthan["delivery"].Text() switch
            {
                "direct" => ManthanDelivery.Direct,
                "direct+marker" => ManthanDelivery.DirectWithMarker,
                _ => ManthanDelivery.Rename,
            },
            Target = manthan["target"].Text(),
        };
    }

    private static void Columns(YamlMap manthan, DeclaredTable table, ProblemList problems)
    {
        var columns = Texts(manthan, "columns");
        foreach (var node in manthan.Items("columns").Where(node => node.Text() is { } text && (table.Column(text) is null || columns.Count(column => column == text) > 1)))
        {
            problems.Add(node, $"Found {node.Shown} among the Manthan columns, expected a column of '{table.Table.Name}', once.", "Correct the spelling.");
        }

        if (manthan["businessDate"].Text() is { } date
            && (!columns.Contains(date) || table.Column(date) is not { Personal: false, Type.Kind: ColumnKind.Date or ColumnKind.Timestamp }))
        {
            problems.Add(manthan["businessDate"]!, $"Found {manthan["businessDate"]!.Shown} for the Manthan business date, expected an exported date or timestamp of '{table.Table.Name}'.", "Take one of 'columns', or remove it.");
        }

        foreach (var node in manthan.Items("totals").Where(node => node.Text() is { } text && (!columns.Contains(text) || table.Column(text) is not { ControlTotal: true })))
        {
            problems.Add(node, $"Found {node.Shown} among the Manthan totals, expected an exported column of '{table.Table.Name}' that is a control total.", "Add 'retaillake.controlTotal: true' to it, so that the sum is proved at every hop before it is stated.");
        }
    }

    private static List<string> Texts(YamlMap manthan, string key) => [.. manthan.Items(key).Select(node => node.Text()).OfType<string>()];

    [GeneratedRegex(@"^[A-Z][A-Z0-9_]{0,29}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Subject();

    [GeneratedRegex(@"^(file:///[A-Za-z0-9._/ -]*|sftp://[A-Za-z0-9.-]+(:[0-9]{1,5})?/[A-Za-z0-9._/-]*|secret:[a-z0-9][a-z0-9_/-]{0,200})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Target();
}

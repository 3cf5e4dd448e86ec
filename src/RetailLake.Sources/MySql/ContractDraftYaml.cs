using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace RetailLake.Sources.MySql;

/// <summary>The draft's text, with a comment wherever a person should look.</summary>
internal static partial class ContractDraftYaml
{
    public static string Write(ContractDraftRequest request, string source, string feed, IReadOnlyList<ContractDraftMember> family)
    {
        var parent = family[0].Table;
        var cursor = ContractDraftNames.CursorOf(parent, request.Zone);
        var softDelete = cursor is null ? null : ContractDraftNames.SoftDeleteOf(parent);
        var extract = cursor is null ? "{ mode: snapshot } # no column says when a row last changed" : softDelete is null
            ? "{ mode: window, deletes: sweep } # none: the source never deletes" : "{ mode: window, deletes: soft }";
        var text = new StringBuilder($"""
            # A draft from the database as it is. Review each classification: personal columns become tokens, internal ones stay as they are.
            apiVersion: v3.1.0
            kind: DataContract
            id: {source}.{feed}
            version: 0.1.0
            status: draft
            servers:
              - server: {Quoted(source)}
                type: mysql
                host: {Quoted(request.Host)}
                port: {request.Port}
                database: {Quoted(request.Database)}
            customProperties:
              - property: retaillake.extract
                value: {extract}
            schema:

            """);
        foreach (var member in family)
        {
            Table(text, request, member, cursor is not null, softDelete is not null);
        }

        return text.ToString();
    }

    private static void Table(StringBuilder text, ContractDraftRequest request, ContractDraftMember member, bool isWindow, bool isSoft)
    {
        var table = member.Table;
        var names = ContractDraftColumns.NamesOf(table);
        text.Append(CultureInfo.InvariantCulture, $"  - name: {Quoted(ContractDraftNames.NameOf(table.Name))}\n    physicalName: {Quoted(table.Name)}\n    physicalType: table\n");
        if (table.Comment.Length > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"    description: {Quoted(table.Comment)}\n");
        }

        if (member.ParentKey.Count > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"    customProperties:\n      - {{ property: retaillake.parentKey, value: [{string.Join(", ", member.ParentKey.Select(column => Quoted(names[column])))}] }}\n");
        }

        text.Append("    properties:\n");
        var cursor = isWindow ? ContractDraftNames.CursorOf(table, request.Zone) : null;
        var softDelete = isSoft ? ContractDraftNames.SoftDeleteOf(table) : null;
        foreach (var column in table.Columns)
        {
            if (names.TryGetValue(column.Name, out var name))
            {
                Column(text, request, table, column, name, column == cursor ? "cursor" : column == softDelete ? "softDelete" : null);
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"      # left out: {Quoted(column.Name)} ({Quoted(column.Type)}) has a name or a type that is not supported\n");
            }
        }
    }

    private static void Column(StringBuilder text, ContractDraftRequest request, ContractDraftTable table, ContractDraftColumn column, string name, string? own)
    {
        var position = table.Key.ToList().IndexOf(column.Name) + 1;
        var isPersonal = own is null && ContractDraftNames.LooksPersonal(column);
        text.Append(CultureInfo.InvariantCulture, $"      - name: {Quoted(name)}\n");
        if (name != column.Name)
        {
            text.Append(CultureInfo.InvariantCulture, $"        physicalName: {Quoted(column.Name)}\n");
        }

        if (column.Comment.Length > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"        description: {Quoted(column.Comment)}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"        logicalType: {ContractDraftColumns.LogicalTypeOf(table, column)}\n        physicalType: {Quoted(column.Type)}\n");
        if (position > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"        primaryKey: true\n        primaryKeyPosition: {position}\n");
        }

        text.Append(column.IsRequired ? "        required: true\n" : "");
        text.Append(isPersonal ? "        classification: personal # internal, if it can say nothing about a person\n" : "        classification: internal\n");
        if (column.IsWallClock)
        {
            text.Append(CultureInfo.InvariantCulture, $"        logicalTypeOptions: {{ defaultTimezone: {Quoted(request.Zone)} }} # whose wall clock is it?\n");
        }

        if (own is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"        customProperties:\n          - {{ property: retaillake.{own}, value: true }}\n");
        }
    }

    /// <summary>Double quotes take every character, escaped; names and types of plain letters need none.</summary>
    private static string Quoted(string text)
    {
        if (Plain().IsMatch(text) && !Word().IsMatch(text))
        {
            return text;
        }

        var quoted = new StringBuilder("\"");
        foreach (var character in text)
        {
            quoted.Append(character switch
            {
                '"' or '\\' => $"\\{character}",
                < ' ' or '\u007f' or '\u0085' or '\u2028' or '\u2029' or '\ufeff' => $"\\u{(int)character:x4}",
                _ => character.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]*(\([0-9]+(,[0-9]+)?\))?( [a-z0-9]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();

    [GeneratedRegex(@"^(true|false|null|yes|no|on|off|y|n)\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Word();
}

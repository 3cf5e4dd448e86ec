using RetailLake.Core.Contracts.Compile.Drops;
using RetailLake.Core.Contracts.Yaml;

namespace RetailLake.Core.Contracts.Compile;

/// <summary>One entry of <c>properties</c>.</summary>
internal static class ColumnCompiler
{
    private static readonly string[] Types = ["logicalType", "physicalType"];

    /// <returns>Null when there is too little to go on; the problems say what.</returns>
    public static DeclaredColumn? Compile(YamlMap at, FieldSyntax syntax, ProblemList problems)
    {
        var name = Names.Of(at, "a column", problems);
        var type = TypeOf(at, problems);
        if (name is null || type is null)
        {
            return null;
        }

        var column = new ContractColumn
        {
            Name = name,
            SourceName = Names.SourceOf(at, name, $"column '{name}'", problems),
            From = FromOf(at, name, syntax, problems),
            Type = ColumnZone.Apply(type, at, name, problems),
            Required = at["required"].Boolean() == true || at["primaryKey"].Boolean() == true,
            Personal = Classification.IsPersonal(at, name, type, problems),
            Normalise = at.Own("normalise").Text(),
            ControlTotal = at.Own("controlTotal").Boolean() == true,
            ZeroDate = at.Own("zeroDate") is { } zero && zero.Text() != "reject" ? ZeroDatePolicy.Null : ZeroDatePolicy.Reject,
        };
        column = column with { Format = FormatCompiler.Compile(at.Own("format"), column, problems) };
        column = column with { Rules = [.. TypeRules(type), .. OptionRules.Compile(at, column, problems), .. QualityRules.OfRows(at, column, problems)] };
        ColumnChecks.Check(at, column, problems);
        return new(at, column);
    }

    /// <summary>A field of a file is found by its name unless the contract says where it stands.</summary>
    private static FieldSource? FromOf(YamlMap at, string name, FieldSyntax syntax, ProblemList problems)
    {
        if (at.Own("from") is { } own)
        {
            return FieldGrammar.Parse(own, syntax, problems);
        }

        switch (syntax)
        {
            case FieldSyntax.None or FieldSyntax.Json:
                return null;
            case FieldSyntax.Fixed:
                problems.Add(at, $"Found no 'retaillake.from' on '{name}' of a fixed-width file, expected where it stands.", "Add it, e.g. 'retaillake.from: 11-20'.");
                return null;
            case FieldSyntax.Xml:
                return new(FieldScope.Record, Paths: [at["physicalName"].Text() ?? name]);
            default:
                return new(FieldScope.Record, Name: at["physicalName"].Text() ?? name);
        }
    }

    private static ColumnType? TypeOf(YamlMap at, ProblemList problems)
    {
        var (logical, physical) = (at["logicalType"].Text(), at["physicalType"].Text());
        if (logical is "object" or "array")
        {
            problems.Add(at["logicalType"]!, $"Found logicalType '{logical}', expected a single value.", "Declare a JSON column as 'logicalType: string' with 'physicalType: json', and a list as a table of its own.");
            return null;
        }

        foreach (var key in Types.Where(key => at[key] is null))
        {
            problems.Add(at, $"Found no '{key}' on a column, expected one.", key == "logicalType" ? "Add string, date, timestamp, time, number, integer or boolean." : "Add the type as SHOW COLUMNS has it.");
        }

        if (logical is null || physical is null)
        {
            return null;
        }

        var source = MySqlType.Parse(physical);
        if (source is not null && QualityRules.IsAsciiOnly(at))
        {
            source = source with { BytesPerCharacter = 1 };
        }

        var (type, refusal) = source is null ? (null, new("it is not written like a MySQL type", "Copy the type from SHOW COLUMNS, e.g. varchar(120)")) : ColumnTypes.Of(source, logical);
        if (type is null)
        {
            problems.Add(at["physicalType"]!, $"Found physicalType {at["physicalType"]!.Shown}: {refusal!.Message}.", $"{refusal.Remedy}.");
            return null;
        }

        // A declared length narrows the warehouse's VARCHAR; longer values are rejects in any case.
        return type.Kind is ColumnKind.Text or ColumnKind.Json && at["logicalTypeOptions"].Integer("maxLength") is { } characters
            ? type with { MaxBytes = (int)Math.Clamp(Math.Min(characters, ColumnType.WidestText) * source!.BytesPerCharacter, 1, type.MaxBytes) }
            : type;
    }

    /// <summary>An enum's values are its rule. A set's value is any of its members, in any number, with commas.</summary>
    private static IEnumerable<ColumnRule> TypeRules(ColumnType type)
    {
        if (MySqlType.Parse(type.SourceType) is not { Values.Count: > 0 } source)
        {
            return [];
        }

        if (source.Name == "enum")
        {
            return [new("values", Values: source.Values)];
        }

        var members = string.Join('|', source.Values.Select(System.Text.RegularExpressions.Regex.Escape));
        return [new("pattern", $"^(?:(?:{members})(?:,(?:{members}))*)?$")];
    }
}

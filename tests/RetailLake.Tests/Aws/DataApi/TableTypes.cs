using System.Globalization;
using System.Text.RegularExpressions;
using DuckDB.NET.Data;

namespace RetailLake.Tests.Aws.DataApi;

/// <param name="Name">Without quotes.</param>
/// <param name="Type">As Redshift spells it, e.g. <c>VARCHAR(160)</c>.</param>
internal sealed record TypedColumn(string Name, string Type, bool NotNull)
{
    public int? Bytes => Type.StartsWith("VARCHAR(", StringComparison.Ordinal) ? int.Parse(Type[8..^1], CultureInfo.InvariantCulture) : null;

    public string DuckDbType => Bytes is not null ? "VARCHAR" : Type == "DOUBLE PRECISION" ? "DOUBLE" : Type;
}

/// <summary>The columns of every table as Redshift knows them: DuckDB has no text of a length in bytes, and svv_columns is answered from here.</summary>
internal sealed partial class TableTypes
{
    private readonly Dictionary<string, List<TypedColumn>> tables = [];

    public IReadOnlyDictionary<string, List<TypedColumn>> Tables => tables;

    /// <summary>Of a list between the parentheses of CREATE TABLE.</summary>
    public static List<TypedColumn> Parse(string columns) =>
    [
        .. Column().Split(columns.Trim()).Select(text => OneColumn().Match(text.Trim()) is { Success: true } match
            ? new TypedColumn(match.Groups["name"].Value, Checked(match.Groups["type"].Value), match.Groups["required"].Success)
            : throw new RedshiftException($"syntax error at or near \"{text.Trim()}\"")),
    ];

    public static string Checked(string type) => Known().IsMatch(type) && (!type.StartsWith("VARCHAR(", StringComparison.Ordinal) || int.Parse(type[8..^1], CultureInfo.InvariantCulture) is > 0 and <= 65_535)
        ? type
        : throw new RedshiftException($"type \"{type}\" does not exist");

    public bool Contains(string table) => tables.ContainsKey(table);

    public void Add(string table, List<TypedColumn> columns) => tables[table] = columns;

    public void Set(string table, TypedColumn column)
    {
        var columns = Of(table);
        columns.RemoveAll(known => known.Name == column.Name);
        columns.Add(column);
    }

    public List<TypedColumn> Of(string table) => tables.GetValueOrDefault(table) ?? throw new RedshiftException($"relation {table.Replace("\"", "", StringComparison.Ordinal)} does not exist");

    /// <summary>A value that is longer than its column fails the statement; nothing is cut.</summary>
    public void CheckLengths(DuckDBConnection connection, string table, IReadOnlyList<TypedColumn> columns)
    {
        foreach (var column in columns.Where(column => column.Bytes is not null))
        {
            using var command = connection.CreateCommand();
            command.CommandText = $"SELECT COUNT(*) FROM {table} WHERE strlen(\"{column.Name}\") > {column.Bytes}";
            if (Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture) > 0)
            {
                throw new RedshiftException($"Value too long for character type\n  Detail: Value too long for type character varying({column.Bytes}) in {column.Name}");
            }
        }
    }

    /// <summary>Rows of svv_columns, for DuckDB.</summary>
    public string ViewOfColumns()
    {
        var rows = tables.Where(table => table.Key.Contains('.', StringComparison.Ordinal)).SelectMany(table => table.Value.Select(column =>
        {
            var name = table.Key.Replace("\"", "", StringComparison.Ordinal).Split('.');
            var numbers = Numbers().Matches(column.Type).Select(match => match.Value).ToList();
            var kind = column.Type.Split('(')[0];
            var type = kind switch { "VARCHAR" => "character varying", "DECIMAL" => "numeric", "TIMESTAMP" => "timestamp without time zone", "TIME" => "time without time zone", _ => kind.ToLowerInvariant() };
            return $"('{name[0]}', '{name[1]}', '{column.Name}', '{type}', {(kind == "VARCHAR" ? numbers[0] : "NULL")}, {(kind == "DECIMAL" ? numbers[0] : "NULL")}, {(kind == "DECIMAL" ? numbers[1] : "NULL")})";
        })).ToList();
        var from = rows.Count == 0 ? "(SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL WHERE false)" : $"(VALUES {string.Join(", ", rows)})";
        return "SELECT current_database() AS table_catalog, v.* FROM " + from + " v(table_schema, table_name, column_name, data_type, character_maximum_length, numeric_precision, numeric_scale)";
    }

    [GeneratedRegex(@",\s*(?="")")]
    private static partial Regex Column();

    [GeneratedRegex(@"\A""(?<name>\w+)"" (?<type>[A-Z ]+?(\([0-9,]+\))?)(?<required> NOT NULL)?\z")]
    private static partial Regex OneColumn();

    [GeneratedRegex(@"\A(BOOLEAN|INTEGER|BIGINT|DATE|TIMESTAMP|TIME|DOUBLE PRECISION|VARCHAR\(\d+\)|DECIMAL\(\d+,\d+\))\z")]
    private static partial Regex Known();

    [GeneratedRegex(@"\d+")]
    private static partial Regex Numbers();
}

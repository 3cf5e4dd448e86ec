using System.Globalization;
using System.Text.RegularExpressions;
using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;

namespace RetailLake.Core.Warehouse;

/// <summary>The one seam between DuckDB's and Redshift's SQL: text only, no connection.</summary>
public abstract partial class SqlDialect
{
    /// <summary>Schema of everything that is RetailLake's own.</summary>
    public const string Ops = "ops";

    /// <summary>Redshift's limit for a VARCHAR, in bytes.</summary>
    protected const int MaxVarchar = 65_535;

    /// <summary><c>duckdb</c> or <c>redshift</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Statements that must exist before the tables do: schemas aside, Redshift's procedures.</summary>
    public virtual IReadOnlyList<string> Procedures => [];

    /// <summary>Quotes an identifier. A contract is untrusted input, so the pattern is checked here once more.</summary>
    public virtual string Quote(string identifier)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        return Identifier().IsMatch(identifier) ? $"\"{identifier}\"" : throw new ContractInvalidException(
            $"Found the identifier '{identifier}'; tables and columns of the warehouse are letters, digits and '_', at most 127, and start with a letter or '_'.",
            "No statement was made.",
            "Rename the table or column in the contract; its name in the source goes into physicalName.");
    }

    public string Table(string schema, string table) => $"{Quote(schema)}.{Quote(table)}";

    public string OpsTable(string table) => Table(Ops, table);

    /// <summary>A text literal.</summary>
    public virtual string Text(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";
    }

    /// <summary>The name of a check. Cast: an untyped literal inside a subquery has no type that Redshift could concatenate.</summary>
    public string Hop(string hop) => $"CAST({Text(hop)} AS VARCHAR(500)) AS hop";

    public string TextOrNull(string? value) => value is null ? "NULL" : Text(value);

    /// <summary>A TIMESTAMP literal, UTC, microseconds.</summary>
    public virtual string Timestamp(DateTimeOffset value) =>
        $"TIMESTAMP '{value.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture)}'";

    public string TimestampOrNull(DateTimeOffset? value) => value is { } known ? Timestamp(known) : "CAST(NULL AS TIMESTAMP)";

    /// <summary>A DECIMAL(38,6) literal.</summary>
    public virtual string Number(decimal value) => $"CAST({value.ToString(CultureInfo.InvariantCulture)} AS DECIMAL(38,6))";

    /// <summary>The type of a column in the warehouse; personal columns hold a token.</summary>
    public string TypeOf(ContractColumn column)
    {
        ArgumentNullException.ThrowIfNull(column);
        var type = column.Type;
        return column.Personal ? Varchar(ColumnType.TokenBytes) : type.Kind switch
        {
            ColumnKind.Boolean => "BOOLEAN",
            ColumnKind.Int32 => "INTEGER",
            ColumnKind.Int64 => "BIGINT",
            ColumnKind.Decimal => string.Create(CultureInfo.InvariantCulture, $"DECIMAL({type.Precision},{type.Scale})"),
            ColumnKind.Double => Double,
            ColumnKind.Date => "DATE",
            ColumnKind.Timestamp => "TIMESTAMP",
            ColumnKind.Time => "TIME",
            ColumnKind.Text => Varchar(type.MaxBytes),
            // Not SUPER: COPY of Parquet would need SERIALIZETOJSON, SUPER compares with nothing, and DuckDB would differ. Views may JSON_PARSE.
            ColumnKind.Json => Varchar(type.MaxBytes),
            ColumnKind.Binary => Varchar(2 * type.MaxBytes),
            _ => throw new NotSupportedByLakeException(
                $"Found column '{column.Name}' of kind '{type.Kind}', which has no warehouse type.", "No statement was made.", "Choose another logical type in the contract."),
        };
    }

    /// <param name="bytes">Longest value in bytes.</param>
    public abstract string Varchar(int bytes);

    /// <summary>Where the rows of a table lie, after its column list.</summary>
    public abstract string TableAttributes(ContractTable table);

    /// <summary>The load's first statement: makes loads of one contract run one after the other.</summary>
    public abstract string Lock(string source, string feed, string execution);

    /// <summary>What <see cref="Lock"/> needs; each statement may run again.</summary>
    public abstract IReadOnlyList<string> LockObjects(string source, string feed);

    /// <summary>A temporary stage that holds exactly the rows of the listed Parquet files.</summary>
    /// <param name="columns">In the order of the files.</param>
    /// <param name="files">Null: none, the stage is empty.</param>
    public abstract IReadOnlyList<string> Stage(string stage, IReadOnlyList<ContractColumn> columns, string attributes, CopyFiles? files);

    /// <summary>A check row (hop, expected, found) for the stored length of the files, or null where COPY itself checks it.</summary>
    public abstract string? LengthCheck(string hop, CopyFiles files);

    /// <summary>Raises when a row of the query (hop, expected, found) has two different numbers.</summary>
    public abstract string Assert(string checks);

    /// <summary>A UTC timestamp as ISO 8601 text with 'Z', with microseconds when asked for.</summary>
    public abstract string TimestampText(string expression, bool fraction);

    /// <summary>A query of expressions in the order of some columns.</summary>
    /// <param name="columns">Plain columns: those of the expressions and of the order.</param>
    public virtual string InOrder(string expressions, string columns, string from, string order) => $"SELECT {expressions}\nFROM {from} ORDER BY {order}";

    /// <summary>Columns that exist: schema, table, column, type (spelled as this dialect spells it).</summary>
    public abstract string ExistingColumns { get; }

    /// <summary>The statement that widens a column, or null when the change is refused.</summary>
    public abstract string? Widen(string table, string column, string from, string to);

    protected abstract string Double { get; }

    protected string EmptyStage(string stage, IReadOnlyList<ContractColumn> columns, string attributes) =>
        $"CREATE TEMP TABLE {stage} (\n{string.Join(",\n", columns.Select(column => $"  {Quote(column.Name)} {TypeOf(column)}"))}\n){attributes}";

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]{0,126}$", RegexOptions.CultureInvariant)]
    private static partial Regex Identifier();
}

/// <param name="Files">As the warehouse addresses them, with their stored length.</param>
/// <param name="Manifest">Where the COPY manifest of these files lies.</param>
public sealed record CopyFiles(IReadOnlyList<(string Location, long Bytes)> Files, string Manifest);

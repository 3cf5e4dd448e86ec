using System.Globalization;
using System.Text;
using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;

namespace RetailLake.Core.Warehouse;

/// <summary>Redshift's SQL, for the Data API: every statement stands alone and a batch is one transaction.</summary>
/// <param name="copyRole">ARN of the role that COPY uses.</param>
public sealed class RedshiftDialect(string copyRole) : SqlDialect
{
    internal const string ExistingRoles = "SELECT role_name FROM svv_roles";

    /// <summary>Only superusers and holders of <c>sys:secadmin</c> see rows; whoever sees none may attach none either.</summary>
    internal const string ExistingMasks =
        """
        SELECT policy_name, schema_name, table_name, output_columns, CASE grantee_type WHEN 'public' THEN 'public' ELSE grantee_type || ' ' || grantee END
        FROM svv_attached_masking_policy
        """;

    private const string CheckProcedure = "assert_checks";

    /// <summary>What is left of a VARCHAR for the procedure's argument and the query around it.</summary>
    private const int MaxChecks = MaxVarchar - 1000;

    public override string Name => "redshift";

    /// <summary>CALL takes no subquery as an argument, so the procedure gets the query's text; it only ever comes from <see cref="Assert"/>.</summary>
    public override IReadOnlyList<string> Procedures =>
    [
        $"""
        CREATE OR REPLACE PROCEDURE {OpsTable(CheckProcedure)}(checks VARCHAR(65535)) AS $$
        DECLARE
          broken BIGINT;
          message VARCHAR(1000);
        BEGIN
          EXECUTE 'SELECT COUNT(*), MIN(''"'' || c.hop || ''": expected '' || COALESCE(CAST(c.expected AS VARCHAR(50)), ''null'') || '', found '' || COALESCE(CAST(c.found AS VARCHAR(50)), ''null'')) FROM ('
            || checks || ') c WHERE c.expected <> c.found OR c.expected IS NULL OR c.found IS NULL' INTO broken, message;
          IF broken > 0 THEN
            RAISE EXCEPTION '{LoadErrors.Mark} %', message;
          END IF;
        END;
        $$ LANGUAGE plpgsql
        """,
    ];

    public override string ExistingColumns =>
        """
        SELECT table_schema, table_name, column_name,
          CASE data_type
            WHEN 'character varying' THEN 'VARCHAR(' || CAST(character_maximum_length AS VARCHAR(10)) || ')'
            WHEN 'numeric' THEN 'DECIMAL(' || CAST(numeric_precision AS VARCHAR(10)) || ',' || CAST(numeric_scale AS VARCHAR(10)) || ')'
            WHEN 'timestamp without time zone' THEN 'TIMESTAMP'
            WHEN 'time without time zone' THEN 'TIME'
            ELSE UPPER(data_type) END
        FROM svv_columns WHERE table_catalog = current_database() AND table_schema NOT IN ('information_schema', 'pg_catalog')
        """;

    protected override string Double => "DOUBLE PRECISION";

    /// <summary>A backslash escapes in Redshift's literals.</summary>
    public override string Text(string value) => base.Text(value).Replace(@"\", @"\\", StringComparison.Ordinal);

    public override string Varchar(int bytes) =>
        string.Create(CultureInfo.InvariantCulture, $"VARCHAR({Math.Clamp(bytes, 1, MaxVarchar)})");

    // No PRIMARY KEY: Redshift does not enforce it, and its planner trusts it.
    public override string TableAttributes(ContractTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var dist = table.DistKey is null ? " DISTSTYLE AUTO" : $" DISTSTYLE KEY DISTKEY({Quote(table.DistKey)})";
        return table.SortKey.Count == 0 ? dist : $"{dist} SORTKEY({string.Join(", ", table.SortKey.Select(Quote))})";
    }

    // The first statement, so that the snapshot is taken after the previous load has committed.
    public override string Lock(string source, string feed, string execution) => $"LOCK {OpsTable(LockTable(source, feed))}";

    internal IReadOnlyList<string> Callables => [$"{OpsTable(CheckProcedure)}(VARCHAR)"];

    public override IReadOnlyList<string> LockObjects(string source, string feed) =>
        [$"CREATE TABLE IF NOT EXISTS {OpsTable(LockTable(source, feed))} ({Quote("contract")} VARCHAR(256))"];

    // FORMAT AS PARQUET takes columns by position and allows neither MAXERROR nor conversions: one wrong value fails the load.
    public override IReadOnlyList<string> Stage(string stage, IReadOnlyList<ContractColumn> columns, string attributes, CopyFiles? files) =>
    [
        EmptyStage(stage, columns, attributes),
        .. files is null ? [] : new[] { $"COPY {stage} FROM {Text(files.Manifest)} IAM_ROLE {Text(copyRole)} FORMAT AS PARQUET MANIFEST" },
    ];

    public override string? LengthCheck(string hop, CopyFiles files) => null;

    public override string Assert(string checks)
    {
        ArgumentNullException.ThrowIfNull(checks);
        var bytes = Encoding.UTF8.GetByteCount(checks);
        return bytes <= MaxChecks ? $"CALL {OpsTable(CheckProcedure)}({Text(checks)})" : throw new ContractInvalidException(
            string.Create(CultureInfo.InvariantCulture, $"Found {bytes:N0} bytes of checks in one load; the procedure that runs them takes {MaxChecks:N0}."),
            "No statement was made.", "Drop control totals, or split the contract.");
    }

    public override string TimestampText(string expression, bool fraction) => $"TO_CHAR({expression}, 'YYYY-MM-DD\"T\"HH24:MI:SS{(fraction ? ".US" : "")}\"Z\"')";

    public override string? Widen(string table, string column, string from, string to) =>
        Length(from) is { } old && Length(to) is { } wanted && wanted > old ? $"ALTER TABLE {table} ALTER COLUMN {column} TYPE {to}" : null;

    /// <summary>A shorter VARCHAR than the table's is no change: what fits the contract fits the table.</summary>
    internal static int? Length(string type) =>
        type.StartsWith("VARCHAR(", StringComparison.Ordinal) && int.TryParse(type.AsSpan(8, type.Length - 9), NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
            ? bytes
            : null;

    internal static string LockTable(string source, string feed) => $"lock_{source}_{feed}";
}

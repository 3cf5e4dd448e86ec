using RetailLake.Core.Contracts;

namespace RetailLake.Core.Warehouse;

/// <param name="Grantee"><c>public</c>, or its kind and name: <c>role x</c>.</param>
public sealed record ExistingMask(string Policy, string Schema, string Table, string Column, string Grantee);

/// <summary>Roles and attached masking policies that are there.</summary>
public sealed record ExistingAccess(IReadOnlyCollection<string> Roles, IReadOnlyCollection<ExistingMask> Masks)
{
    public static ExistingAccess None { get; } = new([], []);
}

/// <summary>
/// Who may see what in Redshift: one role that loads, one per source that reads its tables and nothing of <c>ops</c>, and a mask over every column that a contract
/// calls personal. The mask lies on PUBLIC: whoever is granted a table later, the administrator too, sees NULL there.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/redshift/latest/dg/t_ddm.html and r_GRANT.html; docs/redshift-sql.md lists the page of each form.</remarks>
internal static class AccessScript
{
    public const string Loader = "retaillake_loader";

    private const int TablesOfAGrant = 200;

    public static string Reader(string source) => $"retaillake_reader_{source}";

    /// <summary>Takes away our masks of columns that are personal no longer. Before the tables: a masked column cannot be widened.</summary>
    public static IEnumerable<string> Detach(IReadOnlyCollection<Contract> contracts, RedshiftDialect sql, ILookup<(string, string), ExistingColumn> columns, ExistingAccess access)
    {
        var wanted = Masks(contracts, sql, columns).Select(mask => mask.Attached).ToHashSet();
        var tables = contracts.SelectMany(contract => contract.Tables.Select(table => (contract.Source, table.Name))).ToHashSet();
        return access.Masks
            .Where(mask => mask.Policy.StartsWith("retaillake_", StringComparison.Ordinal) && mask.Grantee is Mask.Public or Mask.ToLoader && tables.Contains((mask.Schema, mask.Table)) && !wanted.Contains(mask))

            // The mask before the exemption: a load between the two must not read NULLs.
            .OrderBy(mask => mask.Grantee == Mask.ToLoader)
            .Select(mask => $"DETACH MASKING POLICY {sql.Quote(mask.Policy)} ON {sql.Table(mask.Schema, mask.Table)} ({sql.Quote(mask.Column)}) FROM {Grantee(mask, sql)}");
    }

    /// <summary>Roles, masks, and only then the grants, so that nothing is readable before it is masked.</summary>
    public static IEnumerable<string> Grant(
        IReadOnlyCollection<Contract> contracts, RedshiftDialect sql, ILookup<(string, string), ExistingColumn> columns, IReadOnlyCollection<string> opsTables, ExistingAccess access)
    {
        var sources = contracts.Select(contract => contract.Source).Distinct(StringComparer.Ordinal).ToList();
        var missing = Masks(contracts, sql, columns).Where(mask => !access.Masks.Contains(mask.Attached)).ToList();
        return
        [
            .. sources.Select(Reader).Prepend(Loader).Except(access.Roles, StringComparer.OrdinalIgnoreCase).Select(role => $"CREATE ROLE {sql.Quote(role)}"),
            .. missing.Select(mask => mask.Create(sql)).Distinct(StringComparer.Ordinal),
            .. missing.Select(mask => $"ATTACH MASKING POLICY {sql.Quote(mask.Attached.Policy)} ON {sql.Table(mask.Attached.Schema, mask.Attached.Table)} ({sql.Quote(mask.Attached.Column)}) " +
                $"TO {Grantee(mask.Attached, sql)} PRIORITY {(mask.IsHidden ? 10 : 20)}"),
            .. sources.Prepend(SqlDialect.Ops).Select(schema => $"GRANT USAGE ON SCHEMA {sql.Quote(schema)} TO ROLE {sql.Quote(Loader)}"),
            .. Tables("SELECT, INSERT, UPDATE, DELETE", [.. opsTables.Select(sql.OpsTable), .. sources.SelectMany(source => TablesOf(source))], Loader),
            $"GRANT SELECT ON TABLE {sql.OpsTable(OpsTables.Positions)} TO ROLE {sql.Quote(Loader)}",
            .. sql.Callables.Select(callable => $"GRANT EXECUTE ON PROCEDURE {callable} TO ROLE {sql.Quote(Loader)}"),
            .. sources.Select(source => $"GRANT USAGE ON SCHEMA {sql.Quote(source)} TO ROLE {sql.Quote(Reader(source))}"),
            .. sources.SelectMany(source => Tables("SELECT", TablesOf(source), Reader(source))),
        ];

        IReadOnlyList<string> TablesOf(string source) => [.. contracts.Where(contract => contract.Source == source).SelectMany(contract => contract.Tables.Select(table => sql.Table(source, table.Name)))];

        // By name and never ALL TABLES IN SCHEMA: a copy that somebody made by hand has no mask.
        IEnumerable<string> Tables(string privileges, IReadOnlyList<string> tables, string role) =>
            tables.Chunk(TablesOfAGrant).Select(some => $"GRANT {privileges} ON TABLE {string.Join(", ", some)} TO ROLE {sql.Quote(role)}");
    }

    /// <summary>The exemption before the mask: a load between the two must not read NULLs.</summary>
    private static IEnumerable<Mask> Masks(IReadOnlyCollection<Contract> contracts, RedshiftDialect sql, ILookup<(string, string), ExistingColumn> columns)
    {
        foreach (var contract in contracts)
        {
            foreach (var table in contract.Tables)
            {
                foreach (var column in table.Columns.Where(column => column.Personal))
                {
                    // A policy fits one type, and a column that was wider before it became personal stays as it is.
                    var known = columns[(contract.Source, table.Name)].FirstOrDefault(existing => string.Equals(existing.Column, column.Name, StringComparison.OrdinalIgnoreCase));
                    var bytes = RedshiftDialect.Length(known?.Type ?? sql.TypeOf(column)) ?? ColumnType.TokenBytes;
                    yield return new(contract.Source, table.Name, column.Name, bytes, IsHidden: false);
                    yield return new(contract.Source, table.Name, column.Name, bytes, IsHidden: true);
                }
            }
        }
    }

    private static string Grantee(ExistingMask mask, RedshiftDialect sql) => mask.Grantee == Mask.Public ? "PUBLIC" : $"ROLE {sql.Quote(Loader)}";

    private sealed record Mask(string Schema, string Table, string Column, int Bytes, bool IsHidden)
    {
        public const string Public = "public";
        public const string ToLoader = "role " + Loader;

        public ExistingMask Attached { get; } = new($"retaillake_{(IsHidden ? "hidden" : "shown")}_{Bytes}", Schema, Table, Column, IsHidden ? Public : ToLoader);

        public string Create(RedshiftDialect sql)
        {
            var type = sql.Varchar(Bytes);
            return $"CREATE MASKING POLICY IF NOT EXISTS {sql.Quote(Attached.Policy)} WITH (token {type}) USING ({(IsHidden ? $"CAST(NULL AS {type})" : "token")})";
        }
    }
}

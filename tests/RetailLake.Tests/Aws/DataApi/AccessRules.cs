using System.Globalization;
using System.Text.RegularExpressions;

namespace RetailLake.Tests.Aws.DataApi;

/// <summary>Roles, grants and masking policies under Redshift's rules. What they do to a reader is not emulated: there is one user here, who is never masked.</summary>
/// <remarks>https://docs.aws.amazon.com/redshift/latest/dg/r_ATTACH_MASKING_POLICY.html</remarks>
internal sealed partial class AccessRules(TableTypes types)
{
    private readonly HashSet<string> roles = [];
    private readonly Dictionary<string, int> policies = [];
    private readonly List<Attachment> attached = [];
    private readonly List<string> granted = [];

    public IReadOnlyList<string> Granted => granted;

    public IEnumerable<string> Attached => attached.Select(mask => $"{mask.Policy} {mask.Table}.{mask.Column} {mask.Kind}{(mask.Grantee.Length > 0 ? " " + mask.Grantee : "")} {mask.Priority}");

    public void Run(string sql, Func<string, bool> isRelation)
    {
        if (Role().Match(sql) is { Success: true } role)
        {
            Refuse(!roles.Add(role.Groups["role"].Value), $"role \"{role.Groups["role"].Value}\" already exists");
        }
        else if (Policy().Match(sql) is { Success: true } policy)
        {
            policies.TryAdd(policy.Groups["policy"].Value, int.Parse(policy.Groups["bytes"].Value, CultureInfo.InvariantCulture));
        }
        else if (Attach().Match(sql) is { Success: true } attach)
        {
            Attach(Of(attach));
        }
        else if (Detach().Match(sql) is { Success: true } detach)
        {
            var gone = Of(detach);
            Refuse(attached.RemoveAll(mask => mask with { Priority = 0 } == gone with { Priority = 0 }) == 0, $"policy \"{gone.Policy}\" is not attached");
        }
        else if (Grant().Match(sql) is { Success: true } grant)
        {
            Refuse(!roles.Contains(grant.Groups["role"].Value), $"role \"{grant.Groups["role"].Value}\" does not exist");
            foreach (var table in grant.Groups["table"].Captures.Select(capture => capture.Value))
            {
                Refuse(!isRelation(table), $"relation {table} does not exist");
            }

            granted.Add(sql);
        }
        else
        {
            throw new RedshiftException($"syntax error at or near \"{sql[..Math.Min(60, sql.Length)]}\"");
        }
    }

    /// <summary>Whether a column may change its type.</summary>
    public bool IsMasked(string table, string column) => attached.Exists(mask => mask.Table == table && mask.Column == column);

    /// <summary>For DuckDB: the query, with its system view replaced by rows.</summary>
    public string Answer(string sql) => sql
        .Replace("svv_roles", $"({Rows("role_name", roles.Select(role => $"('{role}')"))})", StringComparison.Ordinal)
        .Replace("svv_attached_masking_policy", $"({Rows("policy_name, schema_name, table_name, output_columns, grantee, grantee_type", attached.Select(mask =>
            $"('{mask.Policy}', '{mask.Table.Split('.')[0].Trim('"')}', '{mask.Table.Split('.')[1].Trim('"')}', '[\"{mask.Column}\"]', '{mask.Grantee}', '{mask.Kind}')"))})", StringComparison.Ordinal);

    private void Attach(Attachment mask)
    {
        var column = types.Of(mask.Table).SingleOrDefault(known => known.Name == mask.Column);
        Refuse(!policies.TryGetValue(mask.Policy, out var bytes), $"policy \"{mask.Policy}\" does not exist");
        Refuse(column?.Bytes != bytes, $"the type of column \"{mask.Column}\" is not the policy's");
        Refuse(mask.Kind == "role" && !roles.Contains(mask.Grantee), $"role \"{mask.Grantee}\" does not exist");
        foreach (var other in attached.Where(other => other.Table == mask.Table && other.Column == mask.Column))
        {
            Refuse((other.Kind, other.Grantee) == (mask.Kind, mask.Grantee), $"a policy is already attached to column \"{mask.Column}\" for {mask.Kind} {mask.Grantee}");
            Refuse(other.Priority == mask.Priority && other.Policy != mask.Policy, $"policy \"{other.Policy}\" has the same priority");
        }

        attached.Add(mask);
    }

    private static Attachment Of(Match match) => new(
        match.Groups["policy"].Value, match.Groups["table"].Value, match.Groups["column"].Value, match.Groups["role"].Success ? "role" : "public", match.Groups["role"].Value,
        match.Groups["priority"].Success ? int.Parse(match.Groups["priority"].Value, CultureInfo.InvariantCulture) : 0);

    private static string Rows(string columns, IEnumerable<string> rows)
    {
        var list = rows.ToList();
        return list.Count > 0 ? $"SELECT * FROM (VALUES {string.Join(", ", list)}) v({columns})" : $"SELECT {string.Join(", ", columns.Split(", ").Select(column => $"'' AS {column}"))} WHERE false";
    }

    private static void Refuse(bool isWrong, string message)
    {
        if (isWrong)
        {
            throw new RedshiftException(message);
        }
    }

    private sealed record Attachment(string Policy, string Table, string Column, string Kind, string Grantee, int Priority);

    [GeneratedRegex(@"\ACREATE ROLE ""(?<role>\w+)""\z")]
    private static partial Regex Role();

    [GeneratedRegex(@"\ACREATE MASKING POLICY IF NOT EXISTS ""(?<policy>\w+)"" WITH \(token VARCHAR\((?<bytes>\d+)\)\) USING \((token|CAST\(NULL AS VARCHAR\(\k<bytes>\)\))\)\z")]
    private static partial Regex Policy();

    [GeneratedRegex(@"\AATTACH MASKING POLICY ""(?<policy>\w+)"" ON (?<table>""\w+"".""\w+"") \(""(?<column>\w+)""\) TO (PUBLIC|ROLE ""(?<role>\w+)"") PRIORITY (?<priority>\d+)\z")]
    private static partial Regex Attach();

    [GeneratedRegex(@"\ADETACH MASKING POLICY ""(?<policy>\w+)"" ON (?<table>""\w+"".""\w+"") \(""(?<column>\w+)""\) FROM (PUBLIC|ROLE ""(?<role>\w+)"")\z")]
    private static partial Regex Detach();

    [GeneratedRegex(@"\AGRANT (USAGE ON SCHEMA ""\w+""|EXECUTE ON PROCEDURE ""\w+"".""\w+""\(VARCHAR\)|(SELECT|INSERT|UPDATE|DELETE)(, (SELECT|INSERT|UPDATE|DELETE))* ON TABLE (?<table>""\w+"".""\w+"")(, (?<table>""\w+"".""\w+""))*) TO ROLE ""(?<role>\w+)""\z")]
    private static partial Regex Grant();
}

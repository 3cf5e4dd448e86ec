using RetailLake.Core.Contracts;

namespace RetailLake.Tests.MySql;

/// <summary>Contracts as the loader would compile them, from <c>name type</c> lines.</summary>
internal static class Feeds
{
    public static Contract Of(ExtractMode mode, params ContractTable[] tables) => new()
    {
        Id = "test.feed", Source = "test", Feed = "feed", Version = "1.0.0", Sha256 = new string('0', 64), Tables = tables,
        Server = new SourceServer("mysql", null, null, "unset", SourceDatabase.Secret),
        Extract = new ExtractSpec { Mode = mode, LagSeconds = 0 },
    };

    public static Contract In(this Contract contract, SourceDatabase database) => contract with { Server = contract.Server with { Database = database.Name } };

    public static Contract Sliced(this Contract contract, int rows) => contract with { Extract = contract.Extract with { SliceRows = rows } };

    public static Contract Lagging(this Contract contract, int seconds) => contract with { Extract = contract.Extract with { LagSeconds = seconds } };

    public static Contract Sweeping(this Contract contract) => contract with { Extract = contract.Extract with { Deletes = DeletePolicy.Sweep } };

    public static ContractTable Table(string name, string key, string[] columns, string? cursor = null, string parentKey = "", string totals = "", string? zone = null) => new()
    {
        Name = name, SourceName = name, Key = key.Split(' '), CursorColumn = cursor, ParentKey = parentKey.Length == 0 ? [] : parentKey.Split(' '),
        Columns = [.. columns.Select(line => Column(line, totals.Split(' '), zone))],
    };

    private static ContractColumn Column(string line, string[] totals, string? zone)
    {
        var (name, type) = (line.Split(' ', 2)[0], line.Split(' ', 2)[1]);
        var scale = type.StartsWith("decimal", StringComparison.Ordinal) && type.Contains(',') ? int.Parse(type[(type.IndexOf(',') + 1)..type.IndexOf(')')]) : 0;
        return new ContractColumn
        {
            Name = name, SourceName = name, ControlTotal = totals.Contains(name),
            Type = new ColumnType(ColumnKind.Text, type) { Scale = scale, MaxBytes = 65535, Zone = type.StartsWith("date", StringComparison.Ordinal) ? zone : null },
        };
    }
}

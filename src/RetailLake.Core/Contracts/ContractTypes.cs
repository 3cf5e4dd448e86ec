using RetailLake.Core.Contracts.Compile;

namespace RetailLake.Core.Contracts;

/// <summary>What a MySQL type can be declared as; the checker's own rules, for whoever writes a contract.</summary>
public static class ContractTypes
{
    /// <summary>The most exact first: a text would take anything.</summary>
    private static readonly string[] LogicalTypes = ["integer", "number", "date", "timestamp", "time", "string"];

    /// <returns>The logical type that fits, or null when the type is not supported.</returns>
    public static string? LogicalTypeOf(string physicalType)
    {
        ArgumentNullException.ThrowIfNull(physicalType);
        return MySqlType.Parse(physicalType) is not { } type ? null
            : type.Text == "tinyint(1)" ? "boolean"
            : LogicalTypes.FirstOrDefault(logical => ColumnTypes.Of(type, logical).Type is not null);
    }

    public static bool IsName(string text) => Names.IsName(text);

    public static bool IsSourceName(string text) => Names.IsSourceName(text);

    /// <summary>Whether a wall clock of this IANA zone goes back once a year, so that no window can be cut along it.</summary>
    public static bool ChangesClocks(string zone) => ColumnZone.ChangesClocks(zone);
}

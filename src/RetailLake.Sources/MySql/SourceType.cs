using System.Globalization;
using System.Text.RegularExpressions;

namespace RetailLake.Sources.MySql;

internal enum TypeFamily
{
    Unknown,
    Integer,
    Decimal,
    Floating,
    Text,
    Choice,
    Json,
    Binary,
    Bit,
    Date,
    DateTime,
    Timestamp,
    Time,
    Year,
    Geometry,

    /// <summary>MariaDB's UUID, INET4, INET6: stored binary, shown as text.</summary>
    Rendered,
}

/// <summary>A MySQL type as far as it decides whether every value of one type fits another.</summary>
/// <param name="Size">Integer: bytes. Decimal: digits. Text: characters. Binary: bytes. Bit: bits. Times: digits of the fraction. Floating: 4 or 8.</param>
internal sealed partial record SourceType(TypeFamily Family, long Size, int Scale = 0, bool Unsigned = false, bool ZeroFill = false)
{
    private const long Long = uint.MaxValue;

    public static SourceType Parse(string text)
    {
        var match = Form().Match(text.Trim().ToLowerInvariant());
        var first = Number(match, "size");
        var scale = (int)(Number(match, "scale") ?? 0);
        var unsigned = match.Groups["rest"].Value.Contains("unsigned", StringComparison.Ordinal);
        var zeroFill = match.Groups["rest"].Value.Contains("zerofill", StringComparison.Ordinal);
        SourceType Integer(int bytes) => new(TypeFamily.Integer, bytes, 0, unsigned || zeroFill, zeroFill);
        return match.Groups["name"].Value switch
        {
            "tinyint" or "bool" or "boolean" => Integer(1),
            "smallint" => Integer(2),
            "mediumint" => Integer(3),
            "int" or "integer" => Integer(4),
            "bigint" or "serial" => Integer(8),
            "decimal" or "numeric" or "dec" or "fixed" => new(TypeFamily.Decimal, first ?? 10, scale, unsigned || zeroFill, zeroFill),
            "float" => new(TypeFamily.Floating, first is > 24 && scale == 0 ? 8 : 4, 0, unsigned, zeroFill),
            "double" or "double precision" or "real" => new(TypeFamily.Floating, 8, 0, unsigned, zeroFill),
            "char" or "varchar" or "character" or "character varying" or "nchar" or "nvarchar" => new(TypeFamily.Text, first ?? 1),
            "tinytext" => new(TypeFamily.Text, 255),
            "text" => new(TypeFamily.Text, 65_535),
            "mediumtext" => new(TypeFamily.Text, 16_777_215),
            "longtext" => new(TypeFamily.Text, Long),
            "enum" or "set" => new(TypeFamily.Choice, 0),
            "json" => new(TypeFamily.Json, Long),
            "binary" or "varbinary" => new(TypeFamily.Binary, first ?? 1),
            "tinyblob" => new(TypeFamily.Binary, 255),
            "blob" => new(TypeFamily.Binary, 65_535),
            "mediumblob" => new(TypeFamily.Binary, 16_777_215),
            "longblob" => new(TypeFamily.Binary, Long),
            "bit" => new(TypeFamily.Bit, first ?? 1),
            "date" => new(TypeFamily.Date, 0),
            "datetime" => new(TypeFamily.DateTime, first ?? 0),
            "timestamp" => new(TypeFamily.Timestamp, first ?? 0),
            "time" => new(TypeFamily.Time, first ?? 0),
            "year" => new(TypeFamily.Year, 4),
            "uuid" or "inet6" or "inet4" => new(TypeFamily.Rendered, 45),
            "geometry" or "point" or "linestring" or "polygon" or "multipoint" or "multilinestring" or "multipolygon" or "geometrycollection" or "geomcollection" =>
                new(TypeFamily.Geometry, 0),
            _ => new(TypeFamily.Unknown, 0),
        };
    }

    /// <summary>Whether every value of <paramref name="found"/> fits here: the same or a narrower type passes, a wider or another one does not.</summary>
    public bool Accepts(SourceType found) => (Family, found.Family) switch
    {
        (TypeFamily.Unknown, _) or (_, TypeFamily.Unknown) => false,
        (TypeFamily.Integer, TypeFamily.Integer) => found.Unsigned == Unsigned ? found.Size <= Size : found.Unsigned && found.Size < Size,
        (TypeFamily.Integer, TypeFamily.Year) => Size >= 2,
        (TypeFamily.Integer, TypeFamily.Bit) => found.Size <= (8 * Size) - (Unsigned ? 0 : 1),
        (TypeFamily.Decimal, TypeFamily.Decimal) => found.Scale <= Scale && found.Size - found.Scale <= Size - Scale && (found.Unsigned || !Unsigned),
        (TypeFamily.Decimal, TypeFamily.Integer) => Digits(found) <= Size - Scale && (found.Unsigned || !Unsigned),
        // A choice's longest member is not looked up: text columns are sized in bytes by the contract, and rules judge the value.
        (TypeFamily.Text, TypeFamily.Choice or TypeFamily.Rendered) => true,
        (TypeFamily.Text or TypeFamily.Json, TypeFamily.Json) => Size >= found.Size,
        (TypeFamily.Json, TypeFamily.Text) => true,
        (TypeFamily.Text, TypeFamily.Geometry) => true,
        (TypeFamily.Time or TypeFamily.DateTime or TypeFamily.Timestamp or TypeFamily.Text or TypeFamily.Binary or TypeFamily.Bit or TypeFamily.Floating, _) =>
            Family == found.Family && found.Size <= Size,
        _ => Family == found.Family,
    };

    private static int Digits(SourceType integer) => integer.Size switch { 1 => 3, 2 => 5, 3 => integer.Unsigned ? 8 : 7, 4 => 10, _ => integer.Unsigned ? 20 : 19 };

    private static long? Number(Match match, string group) =>
        match.Groups[group].Success ? long.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture) : null;

    [GeneratedRegex(@"^(?<name>double precision|character varying|[a-z0-9]+)\s*(\(\s*(?<size>\d{1,9})\s*(,\s*(?<scale>\d{1,3})\s*)?\)|\(.*\))?(?<rest>.*)\z", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Form();
}

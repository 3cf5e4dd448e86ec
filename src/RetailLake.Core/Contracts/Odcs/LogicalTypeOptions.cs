using static RetailLake.Core.Contracts.Odcs.Fields;

namespace RetailLake.Core.Contracts.Odcs;

/// <summary>The options that each logical type has.</summary>
internal static class LogicalTypeOptions
{
    private static readonly (string, Shape)[] Dates =
        [("format", Text), ("minimum", Text), ("maximum", Text), ("exclusiveMinimum", Text), ("exclusiveMaximum", Text)];

    private static readonly (string, Shape)[] Numbers =
        [("multipleOf", new NumberShape(above: 0)), ("minimum", Number), ("maximum", Number), ("exclusiveMinimum", Number), ("exclusiveMaximum", Number)];

    private static readonly Shape Times = Closed("time", [.. Dates, ("timezone", Flag), ("defaultTimezone", Text)]);

    private static readonly Dictionary<string, Shape> ByType = new(StringComparer.Ordinal)
    {
        ["string"] = Closed("string", [("minLength", Count), ("maxLength", Count), ("pattern", Text), ("format", Text)]),
        ["date"] = Closed("date", Dates),
        ["timestamp"] = Times,
        ["time"] = Times,
        ["integer"] = Closed("integer", [.. Numbers, ("format", OneOf("i8", "i16", "i32", "i64", "i128", "u8", "u16", "u32", "u64", "u128"))]),
        ["number"] = Closed("number", [.. Numbers, ("format", OneOf("f32", "f64"))]),
        ["object"] = Closed("object", [("maxProperties", Count), ("minProperties", Count), ("required", new ListShape(() => Text, least: 1) { Unique = true })]),
        ["array"] = Closed("array", [("maxItems", Count), ("minItems", Count), ("uniqueItems", Flag)]),
    };

    public static Shape? Of(string logicalType) => ByType.GetValueOrDefault(logicalType);

    private static ObjectShape Closed(string type, params (string Key, Shape Shape)[] options) => new($"the options of logical type '{type}'", Fields.Of(options));
}

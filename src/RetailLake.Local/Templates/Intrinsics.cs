using System.Globalization;
using System.Text.RegularExpressions;

namespace RetailLake.Local.Templates;

/// <summary>Evaluates intrinsic functions of one stack. What cannot be known on this machine is refused where it is asked for, and only there.</summary>
public sealed partial class Intrinsics(StackScope scope)
{
    /// <returns>The value without intrinsics; null for <c>AWS::NoValue</c>.</returns>
    public TemplateValue? Evaluate(TemplateValue value) => value switch
    {
        TemplateMap { Entries.Count: 1 } map when Function(map) is { } function => Call(function.Key, function.Value, map),
        TemplateMap map => map with { Entries = map.Entries
            .Select(pair => (pair.Key, Value: Evaluate(pair.Value))).Where(pair => pair.Value is not null)
            .ToDictionary(pair => pair.Key, pair => pair.Value!, StringComparer.Ordinal) },
        TemplateList list => list with { Items = [.. list.Items.Select(Evaluate).OfType<TemplateValue>()] },
        _ => value,
    };

    public string Text(TemplateValue value) => Evaluate(value) is TemplateText text ? text.Text : throw new TemplateRefusedException(
        $"Found a list or mapping in {value.Where}; text was expected.", "Correct the template.");

    public bool Holds(string condition, TemplateValue at) => scope.Section("Conditions")?[condition] is { } definition
        ? Truth(definition)
        : throw new TemplateRefusedException($"Found the condition '{condition}' in {at.Where}, which the template does not define.", "Define it under Conditions.");

    private static KeyValuePair<string, TemplateValue>? Function(TemplateMap map)
    {
        var only = map.Entries.First();
        return only.Key is "Ref" or "Condition" || only.Key.StartsWith("Fn::", StringComparison.Ordinal) ? only : null;
    }

    private TemplateValue? Call(string function, TemplateValue argument, TemplateMap at) => function switch
    {
        "Ref" => Reference(Text(argument), at),
        "Fn::GetAtt" => As(at, Attribute(Items(argument, 2), at)),
        "Fn::Sub" => As(at, Substitute(argument)),
        "Fn::Join" => Items(argument, 2) is [var separator, var list] ? As(at, string.Join(Text(separator), Items(list).Select(Text))) : null,
        "Fn::Split" => Items(argument, 2) is [var separator, var text]
            ? new TemplateList([.. Text(text).Split(Text(separator)).Select(part => As(at, part))], at.File, at.Line) : null,
        "Fn::Select" => Items(argument, 2) is [var index, var list] ? Select(Text(index), Items(list), at) : null,
        "Fn::If" => Items(argument, 3) is [var condition, var yes, var no] ? Evaluate(Holds(Text(condition), at) ? yes : no) : null,
        "Fn::FindInMap" => Find([.. Items(argument, 3).Select(Text)], at),
        "Fn::Base64" => As(at, Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Text(argument)))),
        "Fn::Equals" or "Fn::And" or "Fn::Or" or "Fn::Not" => As(at, Truth(at) ? "true" : "false"),
        "Condition" => at with { Entries = new Dictionary<string, TemplateValue>(StringComparer.Ordinal) { [function] = argument } },
        _ => throw new TemplateRefusedException(
            $"Found {function} in {at.Where}; the local runner evaluates Ref, GetAtt, Sub, Join, Split, Select, If, FindInMap, Base64 and conditions.",
            "Write the value without it, or keep it out of functions, state machines, schedules and rules."),
    };

    private bool Truth(TemplateValue value) => value is TemplateMap { Entries.Count: 1 } map ? map.Entries.First() switch
    {
        { Key: "Fn::Equals", Value: var pair } => Items(pair, 2) is [var left, var right] && Text(left) == Text(right),
        { Key: "Fn::And", Value: var all } => Items(all).All(Truth),
        { Key: "Fn::Or", Value: var any } => Items(any).Any(Truth),
        { Key: "Fn::Not", Value: var not } => !Truth(Items(not, 1)[0]),
        { Key: "Condition", Value: var name } => Holds(Text(name), map),
        _ => throw new TemplateRefusedException($"Found no condition function in {value.Where}.", "Use Fn::Equals, Fn::And, Fn::Or, Fn::Not or Condition."),
    }
    : throw new TemplateRefusedException($"Found no condition function in {value.Where}.", "Use Fn::Equals, Fn::And, Fn::Or, Fn::Not or Condition.");

    private TemplateValue? Reference(string name, TemplateValue at)
    {
        if (name == "AWS::NoValue")
        {
            return null;
        }

        if (LocalArn.Pseudo(name, scope.Name) is { } pseudo)
        {
            return As(at, pseudo);
        }

        if (scope.Section("Parameters")?[name] is TemplateMap parameter)
        {
            return Parameter(name, parameter, at);
        }

        return scope.References.TryGetValue(name, out var reference) ? As(at, reference.Ref)
            : scope.Section("Resources")?[name] is not null ? As(at, name)
            : throw new TemplateRefusedException($"Found a reference to '{name}' in {at.Where}; the template has neither a parameter nor a resource of that name.", "Correct the name.");
    }

    private TemplateValue Parameter(string name, TemplateMap parameter, TemplateValue at)
    {
        var value = scope.Arguments.GetValueOrDefault(name) ?? parameter["Default"] ?? throw new TemplateRefusedException(
            $"Found parameter '{name}' used in {at.Where} without a value; its declaration in {parameter.Where} has no Default.", "Give it a Default that suits one machine.");
        return value is TemplateText text && parameter["Type"] is TemplateText { Text: "CommaDelimitedList" }
            ? new TemplateList([.. text.Text.Split(',', StringSplitOptions.TrimEntries).Select(part => As(at, part))], at.File, at.Line)
            : value;
    }

    private string Attribute(IReadOnlyList<TemplateValue> path, TemplateValue at) => Attribute(Text(path[0]), Text(path[1]), at);

    private string Attribute(string resource, string attribute, TemplateValue at)
    {
        if (scope.References.TryGetValue(resource, out var reference))
        {
            return reference.Attributes.GetValueOrDefault(attribute) ?? throw new TemplateRefusedException(
                $"Found the attribute '{resource}.{attribute}' in {at.Where}; known are {string.Join(", ", reference.Attributes.Keys.Select(key => $"'{key}'"))}.", "Correct the attribute.");
        }

        return scope.Section("Resources")?[resource] is not null ? LocalArn.OfUnused(resource, attribute) : throw new TemplateRefusedException(
            $"Found the attribute '{resource}.{attribute}' in {at.Where}; the template has no resource '{resource}'.", "Correct the name.");
    }

    private string Substitute(TemplateValue argument)
    {
        var variables = argument is TemplateList { Items: [_, TemplateMap map] } ? map.Entries : new Dictionary<string, TemplateValue>();
        var text = argument is TemplateList list ? Text(list.Items[0]) : Text(argument);
        return Placeholder().Replace(text, match =>
        {
            var name = match.Groups[2].Value.Trim();
            if (match.Groups[1].Length > 0)
            {
                return $"${{{name}}}";
            }

            var dot = name.IndexOf('.', StringComparison.Ordinal);
            return variables.TryGetValue(name, out var value) ? Text(value)
                : dot > 0 ? Attribute(name[..dot], name[(dot + 1)..], argument)
                : Reference(name, argument) is TemplateText referenced ? referenced.Text
                : throw new TemplateRefusedException($"Found '${{{name}}}' in {argument.Where}, which is a list.", "Join the list first.");
        });
    }

    private TemplateValue? Select(string index, IReadOnlyList<TemplateValue> list, TemplateValue at) =>
        int.TryParse(index, CultureInfo.InvariantCulture, out var position) && position >= 0 && position < list.Count ? Evaluate(list[position])
        : throw new TemplateRefusedException($"Found index '{index}' in {at.Where}; the list has {list.Count} items, counted from 0.", "Correct the index.");

    private TemplateValue? Find(string[] path, TemplateValue at) =>
        (scope.Section("Mappings")?[path[0]] as TemplateMap)?[path[1]] is TemplateMap map && map[path[2]] is { } value ? value
        : throw new TemplateRefusedException($"Found no mapping '{string.Join('.', path)}', asked for in {at.Where}.", "Add it under Mappings.");

    private IReadOnlyList<TemplateValue> Items(TemplateValue value, int? count = null) =>
        (value as TemplateList ?? Evaluate(value)) is TemplateList list && (count is null || list.Items.Count == count) ? list.Items
        : throw new TemplateRefusedException($"Found arguments of another form in {value.Where}; {(count is { } n ? $"a list of {n}" : "a list")} was expected.", "Correct the template.");

    private static TemplateText As(TemplateValue at, string text) => new(text, Quoted: true, at.File, at.Line);

    [GeneratedRegex(@"\$\{(!?)([^{}]+)\}")]
    private static partial Regex Placeholder();
}

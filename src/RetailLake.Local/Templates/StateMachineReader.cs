using System.Text.RegularExpressions;

namespace RetailLake.Local.Templates;

internal static partial class StateMachineReader
{
    public static LocalStateMachine Read(
        ResourceReader resource, LocalReference reference, string template, IReadOnlyDictionary<string, TemplateValue> arguments, Intrinsics intrinsics)
    {
        var property = resource.Type == "AWS::Serverless::StateMachine" ? "DefinitionUri" : "DefinitionS3Location";
        var file = Path.Combine(Path.GetDirectoryName(template)!, resource.RequiredText(property));
        if (!File.Exists(file))
        {
            throw new TemplateRefusedException($"Found no workflow '{file}', which '{resource.LogicalId}' names in {resource.Where}.", "Correct the path.");
        }

        var substitutions = resource.Map("DefinitionSubstitutions").ToDictionary(pair => pair.Key, pair => intrinsics.Text(pair.Value), StringComparer.Ordinal);
        return new(
            resource.LogicalId, reference.Attributes["Name"], reference.Attributes["Arn"], file, Substitute(file, substitutions, resource),
            arguments.Where(pair => pair.Value is TemplateText).ToDictionary(pair => pair.Key, pair => ((TemplateText)pair.Value).Text, StringComparer.Ordinal),
            resource.Where);
    }

    private static string Substitute(string file, Dictionary<string, string> substitutions, ResourceReader resource)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        var definition = Placeholder().Replace(File.ReadAllText(file), match =>
        {
            var name = match.Groups[1].Value;
            used.Add(name);
            return substitutions.TryGetValue(name, out var value) ? value : throw new TemplateRefusedException(
                $"Found '{match.Value}' in '{file}', for which '{resource.LogicalId}' in {resource.Where} has no entry under DefinitionSubstitutions.", "Add the entry.");
        });

        return substitutions.Keys.FirstOrDefault(name => !used.Contains(name)) is { } idle
            ? throw new TemplateRefusedException($"Found the substitution '{idle}' of '{resource.LogicalId}' in {resource.Where}, which '{file}' never uses.", "Remove it, or use it.")
            : definition;
    }

    [GeneratedRegex(@"\$\{([A-Za-z0-9_]+)\}")]
    private static partial Regex Placeholder();
}

using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace RetailLake.Local.Templates;

/// <summary>YAML (or JSON) of CloudFormation into values with line numbers.</summary>
public static class TemplateYaml
{
    private static readonly HashSet<string> ShortForms = new(StringComparer.Ordinal)
    {
        "And", "Base64", "Cidr", "Equals", "FindInMap", "GetAtt", "GetAZs", "If", "ImportValue",
        "Join", "Length", "Not", "Or", "Select", "Split", "Sub", "ToJsonString", "Transform",
    };

    public static TemplateMap Load(string path)
    {
        using var reader = OpenText(path);
        var stream = new YamlStream();
        try
        {
            stream.Load(reader);
        }
        catch (YamlException e)
        {
            throw new TemplateRefusedException($"Found text that is not YAML in '{path}' line {e.Start.Line}: {e.Message}", "Correct the file.");
        }

        return stream.Documents is [var document] && Convert(document.RootNode, path) is TemplateMap map
            ? map
            : throw new TemplateRefusedException($"Found {stream.Documents.Count} documents or no mapping in '{path}'; one template was expected.", "Correct the file.");
    }

    private static StreamReader OpenText(string path) => File.Exists(path)
        ? File.OpenText(path)
        : throw new TemplateRefusedException($"Found no file '{path}'; a template was expected there.", "Name the right folder with --app, or restore the file.");

    private static TemplateValue Convert(YamlNode node, string file)
    {
        var line = (int)node.Start.Line;
        var tag = node.Tag.IsEmpty || node.Tag.IsNonSpecific ? "" : node.Tag.Value;
        TemplateValue value = node switch
        {
            YamlScalarNode scalar => new TemplateText(scalar.Value ?? "", scalar.Style is not (ScalarStyle.Plain or ScalarStyle.Any), file, line),
            YamlSequenceNode sequence => new TemplateList([.. sequence.Children.Select(child => Convert(child, file))], file, line),
            YamlMappingNode mapping => new TemplateMap(
                mapping.Children.ToDictionary(pair => ((YamlScalarNode)pair.Key).Value ?? "", pair => Convert(pair.Value, file), StringComparer.Ordinal), file, line),
            _ => throw new TemplateRefusedException($"Found a YAML {node.NodeType} in '{file}' line {line}; only scalars, lists and mappings are understood.", "Write it out."),
        };
        return tag.Length == 0 || tag.StartsWith("tag:yaml.org,2002:", StringComparison.Ordinal) ? value : LongForm(tag, value);
    }

    private static TemplateMap LongForm(string tag, TemplateValue value)
    {
        var name = tag.TrimStart('!');
        var key = name is "Ref" or "Condition" ? name : ShortForms.Contains(name) ? $"Fn::{name}" : throw new TemplateRefusedException(
            $"Found the tag '{tag}' in {value.Where}; it is no intrinsic function of CloudFormation.", "Correct the tag.");
        if (name == "GetAtt" && value is TemplateText text)
        {
            // '!GetAtt Nested.Outputs.Name': only the first dot separates.
            var dot = text.Text.IndexOf('.', StringComparison.Ordinal);
            value = dot < 0 ? value : new TemplateList(
                [text with { Text = text.Text[..dot] }, text with { Text = text.Text[(dot + 1)..] }], text.File, text.Line);
        }

        return new(new Dictionary<string, TemplateValue>(StringComparer.Ordinal) { [key] = value }, value.File, value.Line);
    }
}

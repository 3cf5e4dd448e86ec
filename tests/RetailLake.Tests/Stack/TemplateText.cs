using System.Text.Json.Nodes;
using YamlDotNet.RepresentationModel;

namespace RetailLake.Tests.Stack;

/// <summary>A CloudFormation template as JSON: short intrinsics become their long form, scalars stay text.</summary>
internal static class TemplateText
{
    public static JsonObject Parse(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return Convert(stream.Documents[0].RootNode)!.AsObject();
    }

    private static JsonNode? Convert(YamlNode node)
    {
        var value = node switch
        {
            YamlMappingNode mapping => new JsonObject(mapping.Children.Select(child => KeyValuePair.Create(((YamlScalarNode)child.Key).Value!, Convert(child.Value)))),
            YamlSequenceNode sequence => new JsonArray([.. sequence.Children.Select(Convert)]),
            _ => JsonValue.Create(((YamlScalarNode)node).Value) as JsonNode,
        };
        return node.Tag.IsEmpty || !node.Tag.Value.StartsWith('!') || node.Tag.Value.Length == 1 ? value : new JsonObject { [Long(node.Tag.Value[1..])] = value };
    }

    private static string Long(string intrinsic) => intrinsic is "Ref" or "Condition" ? intrinsic : $"Fn::{intrinsic}";
}

using YamlDotNet.RepresentationModel;

namespace RetailLake.Cli;

/// <summary>How many resources a template has once SAM has expanded it: a function's role and version, a schedule's role and permission come on top of what is written.</summary>
internal static class TemplateResources
{
    public static int Count(string path)
    {
        var yaml = new YamlStream();
        using var text = File.OpenText(path);
        yaml.Load(text);
        var resources = (YamlMappingNode)((YamlMappingNode)yaml.Documents[0].RootNode).Children[new YamlScalarNode("Resources")];
        return resources.Children.Sum(resource => 1 + Added((YamlMappingNode)resource.Value));
    }

    private static int Added(YamlMappingNode resource)
    {
        if (Text(resource, "Type") != "AWS::Serverless::Function" || !resource.Children.TryGetValue(new YamlScalarNode("Properties"), out var found) || found is not YamlMappingNode properties)
        {
            return 0;
        }

        var role = properties.Children.ContainsKey(new YamlScalarNode("Role")) ? 0 : 1;
        var alias = properties.Children.ContainsKey(new YamlScalarNode("AutoPublishAlias")) ? 2 : 0;

        // An event is a rule with its permission, or a mapping.
        var events = properties.Children.TryGetValue(new YamlScalarNode("Events"), out var all) && all is YamlMappingNode listed ? 2 * listed.Children.Count : 0;
        return role + alias + events;
    }

    private static string? Text(YamlMappingNode node, string name) => node.Children.TryGetValue(new YamlScalarNode(name), out var value) ? (value as YamlScalarNode)?.Value : null;
}

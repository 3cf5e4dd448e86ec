using System.Text.Json.Nodes;

namespace RetailLake.Tests.Stack.Expansion;

/// <summary>Our expansion against the SAM translator (it comes with cfn-lint), where that is installed.</summary>
public sealed class SamTranslatorTests(ITestOutputHelper output)
{
    /// <summary>Reads a template with cfn-lint's YAML, gives the translator what it cannot have (a region, S3 places instead of folders), prints the result.</summary>
    private const string Script = """
        import json, sys
        from cfnlint.decode.cfn_yaml import load
        from samtranslator.translator.translator import Translator
        from samtranslator.parser.parser import Parser
        import boto3
        template = json.loads(json.dumps(load(sys.argv[1])))
        for resource in template["Resources"].values():
            properties = resource.get("Properties", {})
            if resource["Type"] == "AWS::Serverless::Application": properties["Location"] = "https://s3.amazonaws.com/b/t.yaml"
            if resource["Type"] == "AWS::Serverless::StateMachine": properties["DefinitionUri"] = "s3://b/d.json"
        if "Globals" in template: template["Globals"]["Function"]["CodeUri"] = "s3://b/c.zip"
        session = boto3.session.Session(region_name="ap-south-1")
        translator = Translator(managed_policy_map={"AWSLambdaBasicExecutionRole": ""}, sam_parser=Parser(), boto_session=session)
        json.dump(translator.translate(template, {}), sys.stdout)
        """;

    [Theory]
    [InlineData("template.yaml")]
    [InlineData("statemachines/source.template.yaml")]
    [InlineData("statemachines/pull.template.yaml")]
    public async Task Expansion_IsTheTranslators(string file)
    {
        var theirs = await TranslateAsync(file);
        var ours = StackExpansion.Of(new()).Where(resource => resource.File == file).ToList();

        var resources = theirs["Resources"]!.AsObject();
        ours.Where(resource => resource.Type != "AWS::Lambda::Permission").Select(resource => (resource.Name, resource.Type))
            .Should().BeSubsetOf(resources.Select(resource => (resource.Key, (string)resource.Value!["Type"]!)));
        resources.Count(resource => (string?)resource.Value!["Type"] == "AWS::Lambda::Permission").Should().Be(ours.Count(resource => resource.Type == "AWS::Lambda::Permission"));
        foreach (var role in ours.Where(resource => resource.Name.EndsWith("FunctionRole", StringComparison.Ordinal)))
        {
            var real = resources[role.Name]!["Properties"]!;
            Texts(real["ManagedPolicyArns"]).Order().Should().Equal(Texts(role.At("ManagedPolicyArns")).Order(), role.Name);
            Actions(real).Should().Equal(Actions(role.Properties), role.Name);
            JsonNode.DeepEquals(real["AssumeRolePolicyDocument"]?["Statement"]?[0]?["Principal"], role.At("AssumeRolePolicyDocument", "Statement")![0]!["Principal"]).Should().BeTrue();
        }

        output.WriteLine($"{file}: {ours.Count} resources, {ours.Count(resource => resource.Name.EndsWith("FunctionRole", StringComparison.Ordinal))} roles of functions like the translator's");
    }

    private static async Task<JsonObject> TranslateAsync(string file)
    {
        var run = await ToolRun.StartAsync("python3", "-c", Script, file);
        Assert.SkipWhen(run is null || run.ExitCode == 127 || run.Output.Contains("ModuleNotFoundError", StringComparison.Ordinal), "The SAM translator is not installed here (pip install cfn-lint aws-sam-translator).");
        run!.ExitCode.Should().Be(0, run.Output);
        return JsonNode.Parse(run.Output)!.AsObject();
    }

    private static IEnumerable<string> Texts(JsonNode? list) => Expanded.List(list).Select(item => (item is JsonObject sub ? (string?)sub["Fn::Sub"] ?? sub.ToJsonString() : item!.ToString()).Replace("${AWS::Partition}", "aws", StringComparison.Ordinal));

    private static IEnumerable<string> Actions(JsonNode role) => Expanded.List(role["Policies"]).SelectMany(policy => Expanded.List(policy!["PolicyDocument"]!["Statement"]))
        .Select(statement => (statement!["Fn::If"] is JsonArray branches ? branches[1]! : statement)["Action"]!.ToJsonString()).Order();
}

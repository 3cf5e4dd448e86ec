using System.Text.Json;
using System.Xml.Linq;

namespace RetailLake.Tests.Stack;

/// <summary>What the two lanes restore, by evaluation alone: not every machine is served the real packages.</summary>
public sealed class PackageLaneTests
{
    private const string Functions = "RetailLake.Functions";
    private const string Aws = "RetailLake.Aws";

    [Theory]
    [InlineData(Functions, "Amazon.Lambda.Annotations", "Amazon.Lambda.Core", "Amazon.Lambda.Serialization.SystemTextJson")]
    [InlineData(Aws, "AWSSDK.Glue", "AWSSDK.RedshiftDataAPIService", "AWSSDK.StepFunctions")]
    public async Task Publishing_TakesTheRealPackages(string project, params string[] packages)
    {
        var items = await EvaluateAsync(project, "-p:_IsPublishing=true");

        items["PackageReference"].Should().Contain(packages);
        items["PackageVersion"].Should().Contain(packages, "central versions must know what the lane refers to");
        items["ProjectReference"].Should().NotContain(path => path.Contains("AwsCompat"));
    }

    [Theory]
    [InlineData(Functions)]
    [InlineData(Aws)]
    public async Task Building_TakesTheStandIns(string project)
    {
        var items = await EvaluateAsync(project);

        items["PackageReference"].Should().NotContain(items["AwsPackage"]);
        items["PackageVersion"].Should().NotContain(items["AwsPackage"]);
        items["ProjectReference"].Should().ContainSingle(path => path.EndsWith("AwsCompat/AwsCompat.csproj"));
        File.Exists(items["ProjectReference"].Single(path => path.Contains("AwsCompat"))).Should().BeTrue();
    }

    [Fact]
    public async Task LaneNamedByHand_WinsOverPublishing() =>
        (await EvaluateAsync(Functions, "-p:_IsPublishing=true", "-p:AwsPackages=local"))["PackageReference"].Should().NotContain("Amazon.Lambda.Core");

    [Fact]
    public async Task EveryAwsPackage_HasAStandInFolderAndACentralVersion()
    {
        foreach (var project in new[] { Functions, Aws })
        {
            var items = await EvaluateAsync(project, "-p:AwsPackages=nuget");

            items["AwsPackage"].Should().NotBeEmpty().And.BeSubsetOf(items["PackageVersion"]);
            items["AwsPackage"].Should().OnlyContain(package => Directory.Exists(Repository.Path("src", "AwsCompat", package)));
        }
    }

    [Fact]
    public void ProjectsWithAwsPackages_AreTheOnesTestedHere() => Directory.GetFiles(Repository.Path("src"), "*.csproj", SearchOption.AllDirectories)
        .Where(file => XElement.Parse(File.ReadAllText(file)).Descendants("AwsPackage").Any()).Select(file => Path.GetFileNameWithoutExtension(file))
        .Should().BeEquivalentTo(Functions, Aws);

    [Fact]
    public async Task PublishOfTheStandIns_FailsWithItsReason()
    {
        var run = await AssertLaneAsync("-p:AwsPackages=local");

        run.ExitCode.Should().NotBe(0);
        run.Output.Should().Contain("Found AwsPackages='local' while publishing RetailLake.Functions").And.Contain("Nothing was published.");
    }

    [Theory]
    [InlineData("-p:_IsPublishing=true")]
    [InlineData("-p:AwsPackages=local", "-p:AllowLocalPublish=true")]
    public async Task PublishInTheRightLane_Passes(params string[] properties)
    {
        var run = await AssertLaneAsync(properties);

        run.ExitCode.Should().Be(0, run.Output);
    }

    [Fact]
    public async Task Assertion_StandsBeforeAnythingIsPublished() =>
        (await ToolRun.StartAsync("dotnet", "msbuild", Project(Functions), "-t:PrepareForPublish", "-p:AwsPackages=local", "-p:NoBuild=true", "-nologo"))!
        .Output.Should().Contain("a published function needs the real AWS packages");

    private static async Task<ToolRun> AssertLaneAsync(params string[] properties) =>
        (await ToolRun.StartAsync("dotnet", ["msbuild", Project(Functions), "-t:AssertPublishLane", "-nologo", "-v:quiet", .. properties]))!;

    private static async Task<Dictionary<string, List<string>>> EvaluateAsync(string project, params string[] properties)
    {
        var run = (await ToolRun.StartAsync("dotnet", ["msbuild", Project(project), "-nologo", "-getItem:PackageReference,ProjectReference,PackageVersion,AwsPackage", .. properties]))!;
        run.ExitCode.Should().Be(0, run.Output);
        return JsonElement.Parse(run.Output).GetProperty("Items").EnumerateObject().ToDictionary(
            item => item.Name, item => item.Value.EnumerateArray().Select(value => value.GetProperty("Identity").GetString()!.Replace('\\', '/')).ToList());
    }

    private static string Project(string name) => Repository.Path("src", name, $"{name}.csproj");
}

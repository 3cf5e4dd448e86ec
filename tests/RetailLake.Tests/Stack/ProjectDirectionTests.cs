using System.Xml.Linq;

namespace RetailLake.Tests.Stack;

/// <summary>Dependencies point one way.</summary>
public sealed class ProjectDirectionTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["AwsCompat"] = [],
        ["RetailLake.StatesLanguage"] = [],
        ["RetailLake.Core"] = [],
        ["ContractCompiler"] = ["RetailLake.Core"],
        ["RetailLake.Sources"] = ["RetailLake.Core"],
        ["RetailLake.Aws"] = ["RetailLake.Core"],
        ["RetailLake.Functions"] = ["RetailLake.Aws", "RetailLake.Core", "RetailLake.Sources"],
        ["RetailLake.Local"] = ["RetailLake.Functions", "RetailLake.StatesLanguage"],
        ["RetailLake.Cli"] = ["RetailLake.Local"],
    };

    /// <summary>Beginnings of package names that a project must do without.</summary>
    private static readonly Dictionary<string, string[]> Without = new()
    {
        ["RetailLake.StatesLanguage"] = [""],
        ["RetailLake.Core"] = ["AWSSDK", "Amazon", "DuckDB", "MySql"],
        ["RetailLake.Sources"] = ["AWSSDK", "Amazon", "DuckDB"],
        ["RetailLake.Aws"] = ["DuckDB", "MySql"],
        ["RetailLake.Functions"] = ["DuckDB"],
        ["RetailLake.Local"] = ["AWSSDK", "Amazon"],
        ["RetailLake.Cli"] = ["AWSSDK", "Amazon", "DuckDB"],
    };

    public static TheoryData<string> Projects => new(Directory.GetFiles(Repository.Path("src"), "*.csproj", SearchOption.AllDirectories).Select(file => Path.GetFileNameWithoutExtension(file)));

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_DependsOnlyDownwards(string project) => Problems(project, Load(project)).Should().BeEmpty();

    [Theory]
    [InlineData("RetailLake.Core", """<ProjectReference Include="../RetailLake.Sources/RetailLake.Sources.csproj" />""")]
    [InlineData("RetailLake.Functions", """<ProjectReference Include="../RetailLake.Local/RetailLake.Local.csproj" />""")]
    [InlineData("RetailLake.StatesLanguage", """<PackageReference Include="YamlDotNet" />""")]
    [InlineData("RetailLake.Core", """<PackageReference Include="AWSSDK.S3" />""")]
    [InlineData("RetailLake.Local", """<AwsPackage Include="Amazon.Lambda.Core" />""")]
    public void DependencyUpwards_IsFound(string project, string reference)
    {
        var broken = Load(project);
        broken.Add(XElement.Parse($"<ItemGroup>{reference}</ItemGroup>"));

        Problems(project, broken).Should().ContainSingle();
    }

    private static XElement Load(string project)
    {
        using var reader = System.Xml.XmlReader.Create(Directory.GetFiles(Repository.Path("src"), $"{project}.csproj", SearchOption.AllDirectories).Single());
        return XElement.Load(reader);
    }

    private static IEnumerable<string> Problems(string project, XElement content)
    {
        if (!Allowed.TryGetValue(project, out var allowed))
        {
            return [$"'{project}' has no place in the order of projects"];
        }

        var upwards = Includes(content, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/'))).Except(allowed);
        var packages = Includes(content, "PackageReference").Concat(Includes(content, "AwsPackage"))
            .Where(package => Without.GetValueOrDefault(project, []).Any(begin => package.StartsWith(begin, StringComparison.OrdinalIgnoreCase)));
        return upwards.Concat(packages).Select(reference => $"'{project}' refers to '{reference}'");
    }

    private static IEnumerable<string> Includes(XElement content, string item) => content.Descendants(item).Select(element => (string?)element.Attribute("Include")).OfType<string>();
}

using System.Reflection;

namespace RetailLake.Tests.Lake.Conformance;

/// <summary>docs/parity.md lists every test of the suites, and every adapter inherits every suite: none can be left out in silence.</summary>
public sealed class ConformanceTableTests(ITestOutputHelper output)
{
    private static readonly Type[] Suites = [typeof(LakeConformance), typeof(UploadsConformance)];

    [Fact]
    public void Table_ListsEveryTestForEveryAdapter()
    {
        var rows = Suites.SelectMany(suite => suite.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(method => method.GetCustomAttribute<FactAttribute>() is not null).Select(method => method.Name).Order(StringComparer.Ordinal)
            .Select(name => $"| {name} | {string.Join(" | ", Adapters(suite).Select(_ => "✓"))} |")).ToList();
        output.WriteLine(string.Join('\n', rows));

        Suites.Should().OnlyContain(suite => Adapters(suite).Count == 3);
        var listed = Repository.Read("docs", "parity.md").Split("| test | file system | S3, own double | S3, moto |\n|---|---|---|---|\n")[1].Split("\n\n")[0];
        listed.Split('\n').Should().Equal(rows);
    }

    private static List<Type> Adapters(Type suite) => [.. suite.Assembly.GetTypes().Where(type => type.IsSubclassOf(suite) && !type.IsAbstract)];
}

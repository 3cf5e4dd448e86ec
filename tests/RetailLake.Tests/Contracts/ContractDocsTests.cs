using RetailLake.Core.Contracts.Compile;

namespace RetailLake.Tests.Contracts;

public sealed class ContractDocsTests
{
    [Fact]
    public void TheDocs_NameEveryPropertyOfOurs()
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "contracts.md"));

        var names = new[] { OwnProperties.OfContract, OwnProperties.OfServer, OwnProperties.OfTable, OwnProperties.OfColumn }.SelectMany(known => known.Keys);
        names.Where(name => !text.Contains($"`retaillake.{name}`", StringComparison.Ordinal)).Should().BeEmpty();
    }
}

using RetailLake.Core.Contracts;

namespace RetailLake.Tests.Contracts;

public sealed class DemoContractsTests
{
    private static readonly LoadedContracts Loaded = ContractLoader.Load([RepositoryFolder.Contracts]);

    [Fact]
    public void All_HaveNoProblem() => Loaded.Problems.Select(problem => problem.ToString()).Should().BeEmpty();

    [Fact]
    public void All_AreTheDemosFeeds() => Loaded.Contracts.Select(contract => contract.Id).Should().Equal(
        "crm.customer", "crm.loyalty_account", "crm.loyalty_txn",
        "merch.category", "merch.inventory", "merch.price", "merch.product", "merch.store", "oms.order");
}

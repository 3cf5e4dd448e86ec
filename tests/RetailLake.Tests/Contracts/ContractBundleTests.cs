using System.Text;
using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;

namespace RetailLake.Tests.Contracts;

public sealed class ContractBundleTests
{
    private static readonly IReadOnlyList<Contract> Demo = ContractLoader.Load([Repository.Contracts]).Contracts;

    [Fact]
    public void WhatIsWritten_IsReadAgain()
    {
        var bundle = ContractBundle.Read(ContractBundle.Write(Demo), "bundle");

        bundle.Contracts.Should().BeEquivalentTo(Demo, options => options.WithStrictOrdering());
        bundle.Sha256.Should().HaveLength(64);
    }

    [Fact]
    public void TheSameContracts_GiveTheSameBytes() =>
        ContractBundle.Write(Demo.Reverse()).Should().Equal(ContractBundle.Write(Demo));

    [Theory]
    [InlineData("\"lagSeconds\":5", "\"lagSeconds\":9")]
    [InlineData("\"format\":1", "\"format\":2")]
    [InlineData("\"sha256\":\"", "\"sha256\":\"0")]
    [InlineData("{", "[")]
    public void AnotherBundleThanWasWritten_IsRefused(string found, string instead)
    {
        var text = Encoding.UTF8.GetString(ContractBundle.Write(Demo));
        var at = text.IndexOf(found, StringComparison.Ordinal);
        var damaged = Encoding.UTF8.GetBytes(text[..at] + instead + text[(at + found.Length)..]);

        FluentActions.Invoking(() => ContractBundle.Read(damaged, "x.json")).Should().Throw<ContractInvalidException>().Which.Found.Should().Contain("x.json");
    }

    [Fact]
    public void HalfABundle_IsRefused() =>
        FluentActions.Invoking(() => ContractBundle.Read(ContractBundle.Write(Demo).AsMemory(0, 1_000), "x.json")).Should().Throw<ContractInvalidException>();

    [Fact]
    public void AFoldersContract_WinsOverThePackagedOne()
    {
        using var folder = new Local.TemporaryFolder();
        var bundle = Path.Combine(folder.Path, ContractBundle.FileName);
        File.WriteAllBytes(bundle, ContractBundle.Write(Demo));
        Write(folder.Path, "own/merch/price.odcs.yaml", Text("merch/price").Replace("version: 1.0.0", "version: 2.0.0", StringComparison.Ordinal));

        var catalog = PackagedContracts.Load(bundle, [Path.Combine(folder.Path, "own")]);

        catalog.All.Should().HaveCount(Demo.Count);
        catalog.Get("merch.price").Version.Should().Be("2.0.0");
    }

    [Fact]
    public void AFoldersBadContract_HoldsUpItsOwnFeedOnly()
    {
        using var folder = new Local.TemporaryFolder();
        var bundle = Path.Combine(folder.Path, ContractBundle.FileName);
        File.WriteAllBytes(bundle, ContractBundle.Write(Demo));
        Write(folder.Path, "own/merch/price.odcs.yaml", "id: merch.price");
        Write(folder.Path, "own/shop/bill.odcs.yaml", SampleContract.With("port: 3306", "port: 0"));
        Write(folder.Path, "own/merch/again.odcs.yaml", Text("merch/store").Replace("id: merch.store", "id: merch.again", StringComparison.Ordinal));

        var catalog = PackagedContracts.Load(bundle, [Path.Combine(folder.Path, "own")]);

        catalog.All.Select(contract => contract.Id).Should().Equal(
            Demo.Select(contract => contract.Id).Where(id => id is not ("merch.price" or "merch.store")).Append("merch.again").Order(StringComparer.Ordinal));
        FluentActions.Invoking(() => catalog.Get("merch.price")).Should().Throw<ContractInvalidException>().Which.Message.Should().Contain("lake contract check");
        FluentActions.Invoking(() => catalog.Get("shop.bill")).Should().Throw<ContractInvalidException>().Which.Message.Should().Contain("bill.odcs.yaml(11,11)");
        FluentActions.Invoking(() => catalog.Get("merch.store")).Should().Throw<ContractInvalidException>().Which.Message.Should().Contain("which 'merch.again' also loads");
    }

    [Fact]
    public void NeitherBundleNorFolder_StartsNothing() =>
        FluentActions.Invoking(() => PackagedContracts.Load("absent.json", [])).Should().Throw<ContractInvalidException>().Which.Found.Should().Contain("absent.json");

    private static string Text(string contract) => File.ReadAllText(Path.Combine(Repository.Contracts, contract + ContractLoader.Ending));

    private static void Write(string folder, string file, string text)
    {
        var path = Path.Combine(folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}

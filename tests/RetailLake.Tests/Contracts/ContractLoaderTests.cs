using RetailLake.Core.Contracts;

namespace RetailLake.Tests.Contracts;

public sealed class ContractLoaderTests
{
    private static readonly Contract Bill = SampleContract.Load(SampleContract.Yaml).Contracts.Single();

    [Fact]
    public void AGoodContract_IsCompiledWhole()
    {
        SampleContract.Load(SampleContract.Yaml).Problems.Should().BeEmpty();

        (Bill.Id, Bill.Source, Bill.Feed, Bill.Version, Bill.Description).Should().Be(("shop.bill", "shop", "bill", "1.0.0", "Bills."));
        Bill.Sha256.Should().HaveLength(64);
        Bill.Server.Should().Be(new SourceServer("mysql", "db.example.in", 3306, "shop", "sources/shop-eu"));
        Bill.Extract.Should().Be(new ExtractSpec { Mode = ExtractMode.Window, Deletes = DeletePolicy.Soft, LagSeconds = 10, SliceRows = 1000 });
        (Bill.RejectBudgetPercent, Bill.FreshnessHours).Should().Be((2.5m, 1.5m));
        Bill.Manthan.Should().BeEquivalentTo(new ManthanSpec
        {
            Subject = "BILLS", Table = "bill", Columns = ["bill_id", "sold_on", "net", "phone"], BusinessDate = "sold_on", Totals = ["net"],
            Delivery = ManthanDelivery.DirectWithMarker, Target = "sftp://feeds.example.in:22/in",
        });
    }

    [Fact]
    public void ItsTables_HoldKeysCursorAndRules()
    {
        var (parent, child) = (Bill.Tables[0], Bill.Tables[1]);

        (parent.Name, parent.SourceName, parent.CursorColumn, parent.SoftDeleteColumn, parent.DistKey).Should().Be(("bill", "Bill", "updated_at", "deleted", "bill_id"));
        parent.Key.Should().Equal("bill_id");
        parent.SortKey.Should().Equal("sold_on", "bill_id");
        parent.Rules.Should().BeEquivalentTo([new TableRule("rowCount", [], "mustBeBetween", [0, 1_000_000], false), new TableRule("nullValues", ["phone"], "mustBeLessThan", [20], true)]);
        (child.SourceName, child.CursorColumn).Should().Be(("bill_line", null));
        child.Key.Should().Equal("bill_id", "line_no");
        child.ParentKey.Should().Equal("bill_id");
        child.Column("seen_on").ZeroDate.Should().Be(ZeroDatePolicy.Null);
    }

    [Fact]
    public void ItsColumns_HoldTypesAndRules()
    {
        var bill = Bill.Parent;

        bill.Column("bill_id").Type.Should().Be(new ColumnType(ColumnKind.Decimal, "bigint unsigned") { Precision = 20 });
        bill.Column("bill_id").Required.Should().BeTrue("a key column is required without saying so");
        bill.Column("phone").Should().Match<ContractColumn>(column => column.Personal && column.Normalise == "phone-in" && column.Type.MaxBytes == 20);
        bill.Column("net").ControlTotal.Should().BeTrue();
        bill.Column("net").Rules.Should().Equal(new ColumnRule("minimum", "0.5"), new ColumnRule("exclusiveMaximum", "1000000"), new ColumnRule("atMost", "gross"));
        bill.Column("sold_on").Rules.Should().Equal(new ColumnRule("minimum", "2020-01-01"));
        bill.Column("kind").Rules.Should().HaveCount(2).And.OnlyContain(rule => rule.Kind == "values" && rule.Values!.SequenceEqual(new[] { "CASH", "CARD" }));
        bill.Column("updated_at").Type.Should().Be(new ColumnType(ColumnKind.Timestamp, "datetime(6)") { Scale = 6, Zone = "Asia/Kolkata" });
    }

    [Fact]
    public void Folders_GiveAllContractsAndAllProblemsAtOnce()
    {
        using var folder = new Local.TemporaryFolder();
        Write(folder.Path, "shop/bill.odcs.yaml", SampleContract.Yaml);
        Write(folder.Path, "shop/other.odcs.yaml", "id: [");
        Write(folder.Path, "mart/bill.odcs.yaml", SampleContract.Yaml);
        Write(folder.Path, "shop/bill.yaml", "a: 1");
        Write(folder.Path, "deep/er/bill.odcs.yaml", "a: 1");

        var loaded = ContractLoader.Load([folder.Path, folder.Path + "/absent"]);

        loaded.Contracts.Select(contract => contract.Id).Should().Equal("shop.bill");
        loaded.Problems.Select(problem => Path.GetRelativePath(folder.Path, problem.File)).Distinct().Should().BeEquivalentTo(
            "absent", "deep/er/bill.odcs.yaml", "mart/bill.odcs.yaml", "shop/bill.yaml", "shop/other.odcs.yaml");
        loaded.Problems.Should().OnlyContain(problem => problem.Line > 0 && problem.Column > 0 && problem.Remedy.Length > 0);
    }

    [Fact]
    public void TwoContracts_MustNotShareIdTableOrSubject()
    {
        using var folder = new Local.TemporaryFolder();
        Write(folder.Path, "a/shop/bill.odcs.yaml", SampleContract.Yaml);
        Write(folder.Path, "b/shop/bill.odcs.yaml", SampleContract.Yaml);
        Write(folder.Path, "c/shop/again.odcs.yaml", SampleContract.With("id: shop.bill", "id: shop.again"));

        var loaded = ContractLoader.Load([folder.Path + "/a", folder.Path + "/b", folder.Path + "/c"]);

        loaded.Contracts.Should().ContainSingle();
        loaded.Problems.Select(problem => problem.Message).Should().Contain(message => message.StartsWith("Found the contract 'shop.bill' a second time", StringComparison.Ordinal))
            .And.Contain(message => message.StartsWith("Found the table 'shop.bill'", StringComparison.Ordinal))
            .And.Contain(message => message.StartsWith("Found the Manthan subject 'BILLS'", StringComparison.Ordinal));
    }

    [Fact]
    public void WhatALaterStageObjects_IsAProblemOfTheContract()
    {
        using var folder = new Local.TemporaryFolder();
        Write(folder.Path, "shop/bill.odcs.yaml", SampleContract.Yaml);

        var loaded = ContractLoader.Load([folder.Path], contract => [new($"Found 41 statements for '{contract.Id}', expected at most 40.", "Split it.")]);

        loaded.Contracts.Should().BeEmpty();
        loaded.Problems.Should().ContainSingle().Which.ToString().Should().EndWith("bill.odcs.yaml(1,1): error LAKE0001: Found 41 statements for 'shop.bill', expected at most 40. Split it.");
    }

    private static void Write(string folder, string file, string text)
    {
        var path = Path.Combine(folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}

using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;

namespace RetailLake.Tests.MySql;

[Collection(OneServer.Name)]
public sealed class SourceSchemaTests(MySqlSourceFixture fixture)
{
    private static readonly ContractTable Item = Feeds.Table("item", "id", ["id int", "name varchar(40)", "mrp decimal(10,2)", "at timestamp"], cursor: "at");

    [Fact]
    public async Task EveryDifference_IsToldAtOnce()
    {
        await using var database = await fixture.DatabaseAsync();
        await database.SqlAsync("CREATE TABLE item (id bigint primary key, name varchar(80), mrp decimal(12,2), extra int)");
        var gone = Feeds.Table("gone", "id", ["id int"], parentKey: "id");

        var plan = async () => await database.PlanAsync(Feeds.Of(ExtractMode.Window, Item, gone).In(database));

        var said = (await plan.Should().ThrowAsync<SourceSchemaException>()).Which.Message;
        said.Should().Contain("Found 5 differences").And.Contain("'item.id' is bigint").And.Contain("'item.name' is varchar(80), expected varchar(40)")
            .And.Contain("'item.mrp' is decimal(12,2)").And.Contain("no column 'item.at'").And.Contain("no table 'gone'");
    }

    [Fact]
    public async Task MoreColumnsAndNarrowerTypes_PassAndAreNoted()
    {
        await using var database = await fixture.DatabaseAsync();
        await database.SqlAsync("CREATE TABLE item (id smallint primary key, name varchar(30), mrp decimal(8,1), at timestamp, extra int, note text)");

        var plan = await database.PlanAsync(Feeds.Of(ExtractMode.Window, Item).In(database));

        plan.Notes.Should().ContainMatch("*'item' has 2 column(s)*extra, note*").And.ContainMatch("*No index of 'item' starts with 'at'*");
    }

    [Fact]
    public async Task ColumnDroppedAfterThePlan_StopsTheSlice()
    {
        await using var database = await fixture.DatabaseAsync();
        await database.SqlAsync("CREATE TABLE item (id int primary key, name varchar(40), mrp decimal(10,2), at timestamp); INSERT INTO item VALUES (1, 'a', 1, '2024-01-01')");
        var contract = Feeds.Of(ExtractMode.Window, Item).In(database);
        var plan = await database.PlanAsync(contract);
        await database.SqlAsync("ALTER TABLE item DROP COLUMN mrp");

        var land = async () => await database.LandAsync(contract, plan, plan.Slices[0]);

        (await land.Should().ThrowAsync<SourceSchemaException>()).Which.Message.Should().Contain("no column 'item.mrp'");
    }

    [Fact]
    public async Task EngineWithoutSnapshots_IsRefused()
    {
        await using var database = await fixture.DatabaseAsync();
        await database.SqlAsync("CREATE TABLE item (id int primary key, name varchar(40), mrp decimal(10,2), at timestamp) ENGINE=MyISAM");

        var plan = async () => await database.PlanAsync(Feeds.Of(ExtractMode.Window, Item).In(database));

        (await plan.Should().ThrowAsync<SourceSchemaException>()).Which.Message.Should().Contain("stored by MyISAM");
    }

    [Fact]
    public async Task HostileName_NeverReachesTheServer()
    {
        await using var database = await fixture.DatabaseAsync();
        var hostile = Feeds.Table("t", "id", ["id int"]) with { SourceName = "x` WHERE 1=0; DROP TABLE item; -- " };

        var plan = async () => await database.PlanAsync(Feeds.Of(ExtractMode.Snapshot, hostile).In(database));

        await plan.Should().ThrowAsync<ContractInvalidException>();
    }
}

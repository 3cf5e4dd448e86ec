using System.Globalization;
using System.Text;

namespace RetailLake.Tests.Onboarding;

/// <summary>From MariaDB to the warehouse: each value is there exactly, or its row is rejected with a reason that names the column.</summary>
public sealed class MySqlTypesTests(TypesLake types) : IClassFixture<TypesLake>
{
    public static TheoryData<int, string> Cases
    {
        get
        {
            var cases = new TheoryData<int, string>();
            foreach (var (index, one) in TypeCases.All.Index())
            {
                cases.Add(index, $"{one.Column} = {(one.Literal.Length > 60 ? one.Literal[..60] + "…" : one.Literal)}");
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Value_IsExactOrRejectedByItsColumn(int id, string shown)
    {
        var (column, _, expected) = TypeCases.All[id];
        var rows = await types.Lake.Host.Warehouse.QueryAsync($"SELECT \"{column}\", CAST(\"{column}\" AS VARCHAR) FROM shop.kinds WHERE id = {id}", default);
        if (expected is ['!', ..])
        {
            rows.Should().BeEmpty(shown);
            types.Rejects.GetValueOrDefault(id).Should().Be(column + expected, shown);
            return;
        }

        types.Rejects.Should().NotContainKey(id, shown);
        var text = (string?)rows.Should().ContainSingle(shown).Which[1];
        switch (expected)
        {
            case "~":
                Convert.ToDouble(rows[0][0], CultureInfo.InvariantCulture).Should().Be(Convert.ToDouble(await types.Lake.ScalarAsync($"SELECT `{column}` + 0e0 FROM kinds WHERE id = {id}"), CultureInfo.InvariantCulture), shown);
                break;
            case ['#', ..]:
                Encoding.UTF8.GetByteCount(text!).Should().Be(int.Parse(expected[1..], CultureInfo.InvariantCulture), shown);
                text.Should().Be((string?)await types.Lake.ScalarAsync($"SELECT `{column}` FROM kinds WHERE id = {id}"), shown);
                break;
            default:
                text.Should().Be(expected, shown);
                break;
        }
    }

    [Fact]
    public void EveryColumn_HasACase() => TypeCases.All.Select(one => one.Column).Distinct().Should().BeEquivalentTo(TypeCases.Columns.Keys);
}

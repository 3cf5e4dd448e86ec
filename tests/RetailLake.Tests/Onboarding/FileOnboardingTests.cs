using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.VisualBasic.FileIO;

namespace RetailLake.Tests.Onboarding;

/// <summary>Files nobody here has seen are taken in with contracts alone; counts and sums equal what a plain reader of the framework finds in them.</summary>
public sealed partial class FileOnboardingTests
{
    private static readonly FileContract Invoices = new(
        "uci", "invoice_line", @"{ format: delimited, name: '(?<day>[0-9]{4}-[0-9]{2}-[0-9]{2})\.csv', proof: stable, replaces: file }",
        FileContract.Key("file_day", "$name.day", 1, "date", "date"), FileContract.Key("line_no", "$row", 2),
        FileContract.Text("invoice_no", "InvoiceNo", 8), FileContract.Text("stock_code", "StockCode", 12), FileContract.Text("description", "Description", 40),
        FileContract.Whole("quantity", "Quantity", total: true), FileContract.Money("unit_price", "UnitPrice") + ", logicalTypeOptions: { minimum: 0 }",
        "name: invoiced_at, physicalName: InvoiceDate, logicalType: timestamp, physicalType: datetime, logicalTypeOptions: { defaultTimezone: Europe/London }",
        FileContract.Text("customer_id", "CustomerID", 10) + ", classification: confidential", FileContract.Text("country", "Country", 20));

    [Fact]
    public async Task FortyDaysOfAWebShop_LoadByAContractAlone()
    {
        var files = Shared("uci_online_retail");
        await using var lake = new FilesLake();
        lake.Write(Invoices);
        await lake.OpenAsync();
        foreach (var file in files)
        {
            lake.Upload("uci.invoice_line", Path.GetFileName(file), await File.ReadAllBytesAsync(file));
        }

        var outcome = await lake.IngestAsync("uci.invoice_line");

        outcome.Outcome.Should().Be("Loaded", outcome.Cause);
        outcome.Load!.Balances.Should().BeTrue();
        var rows = files.SelectMany(Rows).ToList();
        (await lake.ValueAsync("SELECT COUNT(*), SUM(quantity), SUM(unit_price), COUNT(customer_id), COUNT(DISTINCT invoice_no), COUNT(DISTINCT file_day), SUM(LENGTH(description)) FROM uci.invoice_line")).Should().Be(string.Create(
            CultureInfo.InvariantCulture,
            $"{rows.Count}|{rows.Sum(row => int.Parse(row["Quantity"], CultureInfo.InvariantCulture))}|{rows.Sum(row => decimal.Parse(row["UnitPrice"], CultureInfo.InvariantCulture)):0.##}|{rows.Count(row => row["CustomerID"].Length > 0)}|{rows.Select(row => row["InvoiceNo"]).Distinct().Count()}|{files.Count}|{rows.Sum(row => row["Description"].Length)}"));
        outcome.Load.Hops["rejected"].Should().Be(0);
        (await lake.ValueAsync("SELECT COUNT(*) FROM ops.drop_ledger WHERE outcome = 'loaded'")).Should().Be($"{files.Count}");
    }

    [Theory]
    [InlineData("products", "product_id:key,manufacturer_id:int,department:30,brand:20,product_category:40,product_type:40,package_size:20", 1)]
    [InlineData("campaigns", "campaign_id:key,household_id:key", 0)]
    [InlineData("campaign_descriptions", "campaign_id:key,campaign_type:10,start_date:date,end_date:date", 0)]
    [InlineData("coupon_redemptions", "household_id:key,coupon_upc:bigkey,campaign_id:key,redemption_date:datekey", 0)]
    [InlineData("demographics", "household_id:key,age:10,income:12,home_ownership:20,marital_status:12,household_size:4,household_comp:20,kids_count:4", 0)]
    [InlineData("transactions_sample", "household_id:key,store_id:key,basket_id:bigkey,product_id:key,quantity:total,sales_value:money,retail_disc:money,coupon_disc:money,coupon_match_disc:money,week:int,transaction_timestamp:time", 2)]
    public async Task GroceryBaskets_LoadByContractsAlone(string table, string columns, int rejected)
    {
        var file = Shared("complete_journey").Single(path => Path.GetFileNameWithoutExtension(path) == table);
        await using var lake = new FilesLake();
        var position = 0;
        lake.Write(new FileContract("cj", table, "{ format: delimited, proof: stable, replaces: file }", [.. columns.Split(',').Select(column => column.Split(':')).Select(column => column[1] switch
        {
            "key" => FileContract.Key(column[0], column[0], ++position),
            "bigkey" => FileContract.Key(column[0], column[0], ++position, physical: "bigint"),
            "datekey" => FileContract.Key(column[0], column[0], ++position, "date", "date"),
            "int" => FileContract.Whole(column[0], column[0]),
            "total" => FileContract.Whole(column[0], column[0], total: true),
            "money" => FileContract.Money(column[0], column[0]),
            "date" => $"name: {column[0]}, logicalType: date, physicalType: date",
            "time" => $"name: {column[0]}, logicalType: timestamp, physicalType: datetime, logicalTypeOptions: {{ defaultTimezone: Etc/UTC }}",
            var characters => FileContract.Text(column[0], column[0], int.Parse(characters, CultureInfo.InvariantCulture)),
        })]));
        await lake.OpenAsync();
        lake.Upload($"cj.{table}", Path.GetFileName(file), await File.ReadAllBytesAsync(file));

        var outcome = await lake.IngestAsync($"cj.{table}");

        outcome.Outcome.Should().Be("Loaded", outcome.Cause);
        outcome.Load!.Balances.Should().BeTrue();
        outcome.Load.Hops["rejected"].Should().Be(rejected, "ids and sales like 9e+05 are no numbers of their types");
        var rows = Rows(file).Where(row => !row.Values.Any(value => Scientific().IsMatch(value))).ToList();
        rows.Should().HaveCountGreaterThan(20);
        foreach (var (name, type) in columns.Split(',').Select(column => column.Split(':')).Select(column => (column[0], column[1])))
        {
            (await lake.ValueAsync($"SELECT COUNT(*), COUNT(\"{name}\"), COUNT(DISTINCT \"{name}\") FROM cj.\"{table}\"")).Should()
                .Be($"{rows.Count}|{rows.Count(row => row[name].Length > 0)}|{rows.Select(row => row[name]).Where(value => value.Length > 0).Select(value => type == "money" ? decimal.Parse(value, CultureInfo.InvariantCulture).ToString("0.000", CultureInfo.InvariantCulture) : value).Distinct().Count()}", name);
            if (type is "money" or "total")
            {
                decimal.Parse(await lake.ValueAsync($"SELECT CAST(SUM(\"{name}\") AS VARCHAR) FROM cj.\"{table}\""), CultureInfo.InvariantCulture).Should().Be(rows.Sum(row => decimal.Parse(row[name], CultureInfo.InvariantCulture)), name);
            }
        }
    }

    private static IReadOnlyList<string> Shared(string folder)
    {
        var path = Path.Combine(Repository.Shared, "data", folder);
        Assert.SkipUnless(Directory.Exists(path), $"Found no '{path}'; the sample files are not part of the repository.");
        return [.. Directory.GetFiles(path, "*.csv").Order(StringComparer.Ordinal)];
    }

    /// <summary>By the framework's own parser: nothing of the product's is used.</summary>
    private static IEnumerable<Dictionary<string, string>> Rows(string file)
    {
        using var parser = new TextFieldParser(file, Encoding.UTF8) { TextFieldType = FieldType.Delimited, Delimiters = [","], HasFieldsEnclosedInQuotes = true, TrimWhiteSpace = false };
        var header = parser.ReadFields()!;
        while (parser.ReadFields() is { } fields)
        {
            yield return header.Zip(fields).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
        }
    }

    [GeneratedRegex(@"^[0-9.]+e[-+][0-9]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Scientific();
}

using System.Text.Json.Nodes;
using RetailLake.Aws.Glue;
using RetailLake.Core.Catalog;
using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;
using RetailLake.Tests.Warehouse;

namespace RetailLake.Tests.Aws.Glue;

public sealed class GlueCatalogTests
{
    private static readonly Contract Customer = Samples.Customer();

    [Fact]
    public async Task FirstRun_MakesTheTableAndItsPartition()
    {
        await using var endpoint = new GlueEndpoint();

        await RegisterAsync(endpoint, Run(Customer, "customer-1"));

        var table = endpoint.Tables["crm_customer"];
        var storage = table["StorageDescriptor"]!;
        ((string)table["TableType"]!).Should().Be("EXTERNAL_TABLE");
        ((string)storage["Location"]!).Should().Be("s3://lake/curated/crm/customer/");
        ((string)storage["InputFormat"]!).Should().Be("org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat");
        ((string)storage["OutputFormat"]!).Should().Be("org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat");
        ((string)storage["SerdeInfo"]!["SerializationLibrary"]!).Should().Be("org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe");
        Columns(table).Should().Equal("id bigint", "mobile string", "points int", "city string", "updated_at timestamp", "deleted_at timestamp");
        table["PartitionKeys"]!.AsArray().Select(key => $"{key!["Name"]} {key["Type"]}").Should().Equal("run string");
        ((string)storage["Columns"]!.AsArray()[1]!["Parameters"]!["retaillake.personal"]!).Should().Be("token");
        storage["Columns"]!.AsArray()[3]!["Parameters"].Should().BeNull();
        ((string)endpoint.Partitions[("crm_customer", """["customer-1"]""")]["StorageDescriptor"]!["Location"]!).Should().Be("s3://lake/curated/crm/customer/run=customer-1/");
    }

    [Fact]
    public async Task RegisteredTwice_IsThereOnce()
    {
        await using var endpoint = new GlueEndpoint();

        await RegisterAsync(endpoint, Run(Customer, "customer-1"));
        await RegisterAsync(endpoint, Run(Customer, "customer-1"));

        endpoint.Partitions.Should().ContainSingle();
        endpoint.Bodies("UpdateTable").Should().BeEmpty();
    }

    [Fact]
    public async Task ColumnsComeAndGo_TheTableKeepsBoth()
    {
        await using var endpoint = new GlueEndpoint();
        await RegisterAsync(endpoint, Run(Customer, "customer-1"));
        var changed = Customer with { Tables = [Customer.Parent with { Columns = [.. Customer.Parent.Columns.Where(column => column.Name != "city"), Samples.Column("tier", ColumnKind.Decimal, "decimal(5,2)")] }] };

        await RegisterAsync(endpoint, Run(changed, "customer-2"));

        Columns(endpoint.Tables["crm_customer"]).Should().Contain("city string").And.ContainMatch("tier decimal(*");
        ((string)endpoint.Bodies("UpdateTable").Single()["VersionId"]!).Should().Be("0");
    }

    [Fact]
    public async Task ManyAtOnce_AllAreRegistered()
    {
        await using var endpoint = new GlueEndpoint();

        await Task.WhenAll(Enumerable.Range(1, 8).Select(number => RegisterAsync(endpoint, Run(Customer, $"customer-{number}"))));

        endpoint.Tables.Should().ContainSingle();
        endpoint.Partitions.Should().HaveCount(8);
    }

    [Fact]
    public async Task TwoChangeTheTableAtOnce_BothColumnsStay()
    {
        await using var endpoint = new GlueEndpoint();
        await RegisterAsync(endpoint, Run(Customer, "customer-1"));
        Contract[] changed = [.. new[] { "tier", "zone" }.Select(name => Customer with { Tables = [Customer.Parent with { Columns = [.. Customer.Parent.Columns, Samples.Column(name, ColumnKind.Text, "varchar(9)")] }] })];

        // Both have read the table before either of them writes.
        using var read = new CountdownEvent(2);
        endpoint.Refuse = (operation, _) =>
        {
            if (operation == "UpdateTable" && !read.IsSet)
            {
                read.Signal();
                return read.IsSet ? null : Answer.Error("ConcurrentModificationException", "Update table failed due to concurrent modifications.");
            }

            return null;
        };
        await Task.WhenAll(changed.Select((contract, index) => RegisterAsync(endpoint, Run(contract, $"customer-{index + 2}"))));

        Columns(endpoint.Tables["crm_customer"]).Should().Contain("tier string").And.Contain("zone string");
        endpoint.Partitions.Should().HaveCount(3);
    }

    [Fact]
    public async Task ErrorWithinAnAnswerOf200_IsNotIgnored()
    {
        await using var endpoint = new GlueEndpoint();
        endpoint.Refuse = (operation, _) => operation == "BatchCreatePartition"
            ? new("""{"Errors":[{"PartitionValues":["customer-1"],"ErrorDetail":{"ErrorCode":"InternalServiceException","ErrorMessage":"later"}}]}""")
            : null;

        var register = () => RegisterAsync(endpoint, Run(Customer, "customer-1"));

        (await register.Should().ThrowAsync<LakeUnavailableException>()).Which.Found.Should().Contain("InternalServiceException").And.Contain("run=customer-1");
    }

    [Theory]
    [InlineData("AccessDeniedException", 400, typeof(LakeAccessException))]
    [InlineData("GlueEncryptionException", 400, typeof(LakeUnavailableException))]
    [InlineData("InternalServiceException", 500, typeof(LakeUnavailableException))]
    public async Task Refusal_IsOfItsClass(string code, int status, Type type)
    {
        await using var endpoint = new GlueEndpoint();
        endpoint.Refuse = (_, _) => Answer.Error(code, "no", status);

        var register = () => RegisterAsync(endpoint, Run(Customer, "customer-1"));

        (await register.Should().ThrowAsync<LakeException>()).Which.Should().BeOfType(type);
    }

    [Fact]
    public async Task NobodyAnswers_IsUnavailable()
    {
        var endpoint = new GlueEndpoint();
        using var client = endpoint.Client();
        await endpoint.DisposeAsync();

        var register = () => new GlueCatalog(client, "glue://curated", TimeProvider.System).RegisterAsync([Run(Customer, "customer-1")], Bench.None);

        await register.Should().ThrowAsync<LakeUnavailableException>();
    }

    [Theory]
    [InlineData("glue://")]
    [InlineData("glue://a/b")]
    [InlineData("glu://a")]
    public void OtherUri_IsRefused(string uri)
    {
        using var client = new Amazon.Glue.AmazonGlueClient(new Amazon.Runtime.AnonymousAWSCredentials(), new Amazon.Glue.AmazonGlueConfig { ServiceURL = "http://127.0.0.1:9" });
        var open = () => new GlueCatalog(client, uri, TimeProvider.System);

        open.Should().Throw<ArgumentException>().WithMessage("*CATALOG_URI*");
    }

    private static async Task RegisterAsync(GlueEndpoint endpoint, CuratedPartition partition)
    {
        using var client = endpoint.Client();
        await new GlueCatalog(client, "glue://curated", TimeProvider.System).RegisterAsync([partition], Bench.None);
    }

    private static CuratedPartition Run(Contract contract, string execution) =>
        new(contract, "customer", execution, $"s3://lake/curated/crm/customer/run={execution}", ["a.parquet"], 7);

    private static IEnumerable<string> Columns(JsonObject table) => table["StorageDescriptor"]!["Columns"]!.AsArray().Select(column => $"{column!["Name"]} {column["Type"]}");
}

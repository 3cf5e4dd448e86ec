using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Amazon.Glue;
using Amazon.Runtime;
using RetailLake.Aws.Glue;
using RetailLake.Core.Contracts;
using RetailLake.Tests.Lake.Conformance;
using RetailLake.Tests.Warehouse;

namespace RetailLake.Tests.Aws.Glue;

/// <summary>The same catalog before somebody else's Glue.</summary>
[Collection(MotoCollection.Name)]
public sealed class GlueMotoTests(MotoServer moto)
{
    [Fact]
    public async Task RunsAndANewColumn_AreThereOnce()
    {
        var database = $"curated_{Guid.NewGuid():N}";
        await CallAsync("CreateDatabase", $$$"""{"DatabaseInput":{"Name":"{{{database}}}"}}""");
        using var client = new AmazonGlueClient(new BasicAWSCredentials("AKIDEXAMPLE", "secret"), new AmazonGlueConfig { ServiceURL = moto.Url, AuthenticationRegion = "us-east-1" });
        var catalog = new GlueCatalog(client, $"glue://{database}", TimeProvider.System);
        var customer = Samples.Customer();
        var wider = customer with { Tables = [customer.Parent with { Columns = [.. customer.Parent.Columns, Samples.Column("tier", ColumnKind.Text, "varchar(9)")] }] };

        foreach (var (contract, run) in new[] { (customer, "customer-1"), (customer, "customer-1"), (wider, "customer-2") })
        {
            await catalog.RegisterAsync([new(contract, "customer", run, $"s3://lake/curated/crm/customer/run={run}", ["a.parquet"], 7)], Bench.None);
        }

        var table = (await client.GetTableAsync(new() { DatabaseName = database, Name = "crm_customer" })).Table;
        table.StorageDescriptor.Columns.Select(column => column.Name).Should().Equal("id", "mobile", "points", "city", "updated_at", "deleted_at", "tier");
        var partitions = await CallAsync("GetPartitions", $$"""{"DatabaseName":"{{database}}","TableName":"crm_customer"}""");
        partitions["Partitions"]!.AsArray().Select(partition => (string)partition!["Values"]![0]!).Should().BeEquivalentTo("customer-1", "customer-2");
    }

    /// <summary>Operations that the product has no use for. moto reads the service out of the credential's scope and checks no signature.</summary>
    private async Task<JsonNode> CallAsync(string operation, string body)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, moto.Url) { Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/x-amz-json-1.1")) };
        request.Headers.Add("X-Amz-Target", $"AWSGlue.{operation}");
        request.Headers.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261121/us-east-1/glue/aws4_request, SignedHeaders=host, Signature=0");
        using var answer = await http.SendAsync(request, Bench.None);
        answer.IsSuccessStatusCode.Should().BeTrue();
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(Bench.None))!;
    }
}

using Amazon.RedshiftDataAPIService;
using Amazon.RedshiftDataAPIService.Model;
using Amazon.Runtime;

namespace RetailLake.Tests.Aws.Redshift;

/// <summary>The Data API's client on the wire: https://docs.aws.amazon.com/redshift-data/latest/APIReference/.</summary>
public sealed class RedshiftDataClientTests
{
    private static readonly Dictionary<string, string[]> Required = new()
    {
        ["ExecuteStatement"] = ["Sql", "Database"], ["BatchExecuteStatement"] = ["Sqls", "Database"], ["DescribeStatement"] = ["Id"], ["GetStatementResult"] = ["Id"], ["CancelStatement"] = ["Id"],
    };

    [Fact]
    public async Task BatchExecuteStatement_SendsSetMembersOnly()
    {
        await using var endpoint = Endpoint(new Answer("""{"CreatedAt":1795374000.25,"Database":"lake","Id":"id-1","WorkgroupName":"wg"}"""));
        using var client = Client(endpoint);

        var answer = await client.BatchExecuteStatementAsync(new() { WorkgroupName = "wg", Database = "lake", Sqls = ["LOCK a", "SELECT 'चाय'"], ClientToken = "t", StatementName = "load", WithEvent = true });

        (answer.Id, answer.CreatedAt).Should().Be(("id-1", new DateTime(2026, 11, 22, 19, 0, 0, 250, DateTimeKind.Utc)));
        var body = endpoint.Bodies("BatchExecuteStatement").Single();
        body.Select(member => member.Key).Should().BeEquivalentTo("WorkgroupName", "Database", "Sqls", "ClientToken", "StatementName", "WithEvent");
        body["Sqls"]!.AsArray().Select(sql => (string)sql!).Should().Equal("LOCK a", "SELECT 'चाय'");
        endpoint.Requests.Single().Headers["authorization"].Should().Contain("/ap-south-1/redshift-data/aws4_request");
        endpoint.Requests.Single().Headers["x-amz-target"].Should().Be("RedshiftData.BatchExecuteStatement");
    }

    [Fact]
    public async Task DescribeStatement_ReadsSubStatements()
    {
        await using var endpoint = Endpoint(new Answer(
            """{"Id":"b","Status":"FAILED","Error":"Query #2 failed","Duration":12,"SubStatements":[{"Id":"b:1","Status":"FINISHED"},{"Id":"b:2","Status":"FAILED","Error":"ERROR: x"}],"RedshiftPid":7}"""));
        using var client = Client(endpoint);

        var statement = await client.DescribeStatementAsync(new() { Id = "b" });

        (statement.Status, statement.Error, statement.Duration).Should().Be((StatusString.FAILED, "Query #2 failed", 12L));
        statement.SubStatements.Select(part => $"{part.Id} {part.Status.Value} {part.Error}").Should().Equal("b:1 FINISHED ", "b:2 FAILED ERROR: x");
    }

    [Fact]
    public async Task GetStatementResult_ReadsFieldsInTheServicesOwnCase()
    {
        await using var endpoint = Endpoint(new Answer(
            """{"ColumnMetadata":[{"name":"n","typeName":"numeric","precision":38,"scale":6,"nullable":1}],"Records":[[{"stringValue":"1.50"},{"isNull":true},{"longValue":9223372036854775807},{"booleanValue":false},{"doubleValue":0.5},{"blobValue":"AQI="}]],"NextToken":"more","TotalNumRows":1}"""));
        using var client = Client(endpoint);

        var page = await client.GetStatementResultAsync(new() { Id = "b:2", NextToken = "from" });

        (page.NextToken, page.ColumnMetadata[0].TypeName, page.ColumnMetadata[0].Scale).Should().Be(("more", "numeric", 6));
        var fields = page.Records.Single();
        (fields[0].StringValue, fields[1].IsNull, fields[2].LongValue, fields[3].BooleanValue, fields[4].DoubleValue).Should().Be(("1.50", true, long.MaxValue, false, 0.5));
        fields[5].BlobValue.ToArray().Should().Equal(1, 2);
        endpoint.Bodies("GetStatementResult").Single().ToJsonString().Should().Be("""{"Id":"b:2","NextToken":"from"}""");
    }

    [Theory]
    [InlineData("ActiveStatementsExceededException", typeof(ActiveStatementsExceededException))]
    [InlineData("ActiveSessionsExceededException", typeof(ActiveSessionsExceededException))]
    [InlineData("DatabaseConnectionException", typeof(DatabaseConnectionException))]
    [InlineData("ResourceNotFoundException", typeof(ResourceNotFoundException))]
    [InlineData("ValidationException", typeof(ValidationException))]
    [InlineData("SomethingNewException", typeof(AmazonRedshiftDataAPIServiceException))]
    public async Task Refusal_IsOfItsClass(string code, Type type)
    {
        await using var endpoint = Endpoint(Answer.Error(code, "why"));
        using var client = Client(endpoint);

        var call = () => client.DescribeStatementAsync(new() { Id = "b" });

        var refusal = (await call.Should().ThrowAsync<AmazonRedshiftDataAPIServiceException>()).Which;
        refusal.Should().BeOfType(type);
        (refusal.ErrorCode, refusal.Message).Should().Be((code, "why"));
    }

    [Fact]
    public async Task ServerError_IsRepeatedUnderTheSameToken()
    {
        await using var endpoint = Endpoint(Answer.Error("InternalServerException", "later", 500), new Answer("""{"Id":"id-1"}"""));
        using var client = Client(endpoint);

        (await client.ExecuteStatementAsync(new() { WorkgroupName = "wg", Database = "lake", Sql = "SELECT 1", ClientToken = "once" })).Id.Should().Be("id-1");

        endpoint.Bodies("ExecuteStatement").Select(body => (string)body["ClientToken"]!).Should().Equal("once", "once");
    }

    [Fact]
    public async Task MissingMember_IsRefusedByTheEndpoint()
    {
        await using var endpoint = Endpoint();
        using var client = Client(endpoint);

        var call = () => client.ExecuteStatementAsync(new() { Sql = "SELECT 1" });

        await call.Should().ThrowAsync<ValidationException>().WithMessage("*'Database' is missing*");
    }

    private static ScriptedEndpoint Endpoint(params Answer[] answers) => new("RedshiftData", Required, answers);

    private static AmazonRedshiftDataAPIServiceClient Client(JsonEndpoint endpoint) =>
        new(new BasicAWSCredentials(JsonEndpoint.AccessKey, JsonEndpoint.Secret), new AmazonRedshiftDataAPIServiceConfig { ServiceURL = endpoint.Url, AuthenticationRegion = "ap-south-1" });
}

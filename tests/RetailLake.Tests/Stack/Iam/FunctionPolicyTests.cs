namespace RetailLake.Tests.Stack.Iam;

public sealed class FunctionPolicyTests
{
    private readonly StackFiles files = new();

    private StackValues Values => new(files);

    public static TheoryData<string, string, string, bool> Calls => new()
    {
        { "AuditRun", "s3:GetObject", "runs/crm.customer/x/plan.json", true },
        { "AuditRun", "S3:getobject", "runs/crm.customer/x/plan.json", true },
        { "AuditRun", "s3:PutObject", "runs/crm.customer/x/audit.json", true },
        { "AuditRun", "s3:PutObject", "landing/crm/customer/x", false },
        { "AuditRun", "s3:DeleteObject", "runs/crm.customer/x/audit.json", false },
        { "AuditRun", "s3:GetObject", "curated/crm/customer/x", false },
        { "LandPosEvents", "s3:PutObject", "landing/pos/bill/topic=pos.bill/partition=0/1.seg", true },
        { "LandPosEvents", "s3:PutObject", "landing/pos/bill/run=1/x", false },
        { "TransformSlice", "s3:PutObject", "curated/crm/customer/run=x/slice=0001-a.parquet", true },
        { "TransformSlice", "s3:GetObject", "curated/crm/customer/run=x/slice=0001-a.parquet", false },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public void ObjectCall_IsAllowedByItsZone(string function, string action, string key, bool allowed) =>
        new FunctionPolicy(files, function).Allows(new(action, Values.Object(key))).Should().Be(allowed);

    [Theory]
    [InlineData("runs/crm.customer/x/", true)]
    [InlineData("curated/", false)]
    [InlineData("", false)]
    [InlineData(null, true)]
    public void Listing_IsAllowedUnderItsPrefixes(string? prefix, bool allowed) =>
        new FunctionPolicy(files, "AuditRun").Allows(RecordedCall.Of("s3", "ListObjectsV2", Values.BucketArn, prefix is null ? null : new Dictionary<string, string> { ["s3:prefix"] = prefix }))
            .Should().Be(allowed);

    [Fact]
    public void StatementOfAnother_IsNotDescribed()
    {
        var policy = new FunctionPolicy(files, "CompleteLoad");

        policy.Allows(RecordedCall.Of("redshift-data", "DescribeStatement", "*")).Should().BeTrue();
        policy.Allows(RecordedCall.Of("redshift-data", "DescribeStatement", "*", new Dictionary<string, string> { ["redshift-data:statement-owner-iam-userid"] = "AROA:other" })).Should().BeFalse();
        policy.Allows(RecordedCall.Of("redshift-data", "DescribeStatement", "*", new Dictionary<string, string> { ["redshift-data:statement-owner-iam-userid"] = "AROACopyToRedshiftFunctionRole:retaillake-CopyToRedshift" })).Should().BeTrue("it says why that one failed");
    }

    [Fact]
    public void Statement_GoesToOurWorkgroupOnly()
    {
        var policy = new FunctionPolicy(files, "CopyToRedshift");

        policy.Allows(RecordedCall.Of("redshift-data", "BatchExecuteStatement", "arn:aws:redshift-serverless:ap-south-1:111122223333:workgroup/Workgroup")).Should().BeTrue();
        policy.Allows(RecordedCall.Of("redshift-data", "BatchExecuteStatement", "arn:aws:redshift-serverless:ap-south-1:111122223333:workgroup/other")).Should().BeFalse();
    }

    [Fact]
    public void Deny_WinsOverAllow()
    {
        files.Resource("AuditRunFunction")["Properties"]!["Policies"]![0]!["Statement"]!.AsArray().Add(System.Text.Json.Nodes.JsonNode.Parse("""{"Effect":"Deny","Action":"s3:Get*","Resource":"*"}"""));

        new FunctionPolicy(files, "AuditRun").Allows(new("s3:GetObject", Values.Object("runs/x"))).Should().BeFalse();
        new FunctionPolicy(files, "AuditRun").Allows(new("s3:PutObject", Values.Object("runs/x"))).Should().BeTrue();
    }

    [Fact]
    public void OperatorThatIsNotEvaluated_IsRefused()
    {
        files.Resource("AuditRunFunction")["Properties"]!["Policies"]![0]!["Statement"]![0]!["Condition"] = System.Text.Json.Nodes.JsonNode.Parse("""{"DateLessThan":{"aws:CurrentTime":"2027-01-01"}}""");

        FluentActions.Invoking(() => new FunctionPolicy(files, "AuditRun").Allows(new("s3:GetObject", Values.Object("runs/x")))).Should().Throw<NotSupportedException>();
    }

    [Fact]
    public void CallsOfARun_EqualTheGrantsOrBothSidesAreTold()
    {
        var policy = new FunctionPolicy(files, "AuditRun");
        RecordedCall[] all = [RecordedCall.Of("s3", "HeadObject", Values.Object("runs/a/b/plan.json")), RecordedCall.Of("s3", "CompleteMultipartUpload", Values.Object("runs/a/b/audit.json"))];

        policy.Problems(all).Should().BeEmpty();
        policy.Problems(all[..1]).Should().ContainSingle().Which.Should().StartWith("s3:PutObject on ").And.EndWith("is granted and never done");
        policy.Problems([.. all, new("s3:PutObject", Values.Object("curated/x"))]).Should().ContainSingle().Which.Should().EndWith("curated/x is done and not granted");
    }

    [Fact]
    public void EveryFunctionsPolicy_CanBeRead()
    {
        foreach (var function in LambdaMethod.All)
        {
            new FunctionPolicy(files, function.Method).Unused([]).Should().NotContain(grant => grant.Contains("${", StringComparison.Ordinal));
        }
    }
}

using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.S3.Model;
using RetailLake.Tests.Aws.Cloud;
using RetailLake.Tests.Stack.Expansion;

namespace RetailLake.Tests.Stack.Iam;

public sealed class FunctionPolicyTests
{
    private readonly StackFiles files = new();

    private Expanded Stack => new(files);

    private StackValues Values => new(files, Stack);

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
        { "FetchDrop", "s3:GetObject", "drops/gp/grn/1.drop.json", true },
        { "FetchDrop", "s3:DeleteObject", "drops/gp/grn/1.drop.json", false },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public void ObjectCall_IsAllowedByItsZone(string function, string action, string key, bool allowed) => Policy(function).Allows(new(action, Values.Object(key))).Should().Be(allowed);

    [Theory]
    [InlineData("runs/crm.customer/x/", true)]
    [InlineData("curated/", false)]
    [InlineData("", false)]
    [InlineData(null, true)]
    public void Listing_IsAllowedUnderItsPrefixes(string? prefix, bool allowed) => Policy("AuditRun").Allows(new("s3:ListBucket", Values.BucketArn, prefix)).Should().Be(allowed);

    /// <summary>Whoever publishes on a condition looks at the key when S3's answer is lost; without the right to, what would be tried again ends as a refusal.</summary>
    [Theory]
    [InlineData("FetchDrop", "drops/gp/grn/1.drop.json")]
    [InlineData("FetchDrop", "landing/gp/grn/drop=1")]
    [InlineData("ReleaseQuarantine", "drops/gp/grn/1.1.drop.json")]
    [InlineData("DispatchDrop", "drops/gp/grn/1.drop.json")]
    public void WhoPublishesARecord_MayLookWhetherItIsThere(string function, string key)
    {
        Policy(function).Allows(new("s3:PutObject", Values.Object(key))).Should().BeTrue();
        Policy(function).Allows(new("s3:GetObject", Values.Object(key))).Should().BeTrue();
        Policy(function).Allows(new("s3:ListBucket", Values.BucketArn, key)).Should().BeTrue();
    }

    [Fact]
    public void ListingWithoutPrefix_IsOneOfTheWholeBucket() =>
        Policy("AuditRun").Denied(Asked(new ListObjectsV2Request { BucketName = Values.Bucket })).Should().ContainSingle();

    [Theory]
    [InlineData("CompleteLoad", "DescribeStatement", "CompleteLoad", true)]
    [InlineData("CompleteLoad", "DescribeStatement", "CopyToRedshift", true)]
    [InlineData("CompleteLoad", "DescribeStatement", "PlanIngest", false)]
    [InlineData("CompleteLoad", "DescribeStatement", null, false)]
    [InlineData("CompleteLoad", "GetStatementResult", "CompleteLoad", true)]
    [InlineData("CompleteLoad", "GetStatementResult", "CopyToRedshift", false)]
    [InlineData("CompleteLoad", "CancelStatement", "CompleteLoad", false)]
    [InlineData("BuildManthanFeed", "CancelStatement", "BuildManthanFeed", true)]
    [InlineData("BuildManthanFeed", "CancelStatement", "CopyToRedshift", false)]
    public void StatementOfAnother_IsOutOfReachButForWhyALoadFailed(string function, string operation, string? owner, bool allowed) =>
        Policy(function).Allows(new($"redshift-data:{operation}", "*", Owner: owner is null ? null : $"{owner}Function")).Should().Be(allowed);

    [Theory]
    [InlineData("Workgroup", true)]
    [InlineData("other", false)]
    public void Statement_GoesToOurWorkgroupOnly(string workgroup, bool allowed) =>
        Policy("CopyToRedshift").Allows(new("redshift-data:BatchExecuteStatement", $"arn:aws:redshift-serverless:{StackValues.Region}:{StackValues.Account}:workgroup/{workgroup}")).Should().Be(allowed);

    [Fact]
    public void Deny_WinsOverAllow()
    {
        files.Resource("AuditRunFunction")["Properties"]!["Policies"]![0]!["Statement"]!.AsArray().Add(JsonNode.Parse("""{"Effect":"Deny","Action":"s3:Get*","Resource":"*"}"""));

        Policy("AuditRun").Allows(new("s3:GetObject", Values.Object("runs/x"))).Should().BeFalse();
        Policy("AuditRun").Allows(new("s3:PutObject", Values.Object("runs/x"))).Should().BeTrue();
    }

    [Theory]
    [InlineData("""{"DateLessThan":{"s3:prefix":"2027-01-01"}}""")]
    [InlineData("""{"StringEquals":{"aws:PrincipalOrgID":"o-1"}}""")]
    public void ConditionThatIsNotEvaluated_IsRefused(string condition)
    {
        files.Resource("AuditRunFunction")["Properties"]!["Policies"]![0]!["Statement"]![0]!["Condition"] = JsonNode.Parse(condition);

        FluentActions.Invoking(() => Policy("AuditRun").Allows(new("s3:GetObject", Values.Object("runs/x")))).Should().Throw<NotSupportedException>();
    }

    [Fact]
    public void CallsOfARun_EqualTheGrantsOrBothSidesAreTold()
    {
        var policy = Policy("AuditRun");
        IReadOnlyList<AwsCall> reads = Asked(new GetObjectMetadataRequest { BucketName = Values.Bucket, Key = "runs/a/b/plan.json" });
        IReadOnlyList<AwsCall> all = [.. reads, .. Asked(new PutObjectRequest { BucketName = Values.Bucket, Key = "runs/a/b/audit.json" })];
        var stray = new AwsCall("s3:PutObject", Values.Object("curated/x"));

        policy.Denied(all).Should().BeEmpty();
        policy.Idle(all).Should().BeEmpty();
        policy.Idle(reads).Select(grant => grant.Action).Should().Equal("s3:PutObject", "kms:GenerateDataKey");
        policy.Denied([.. all, stray]).Should().Equal(stray);
    }

    [Fact]
    public void EachPrefixOfAListing_IsUsedByItself()
    {
        var run = new AwsCall("s3:ListBucket", Values.BucketArn, "runs/x/");

        Policy("LandSlice").Idle([run]).Where(grant => grant.Action == run.Action).Select(grant => grant.Prefix).Should().Equal("landing/*");
        Policy("LandSlice").Idle([run, new("s3:GetObject", Values.Object("landing/x"))]).Should().NotContain(grant => grant.Action == run.Action, "who reads under it sees what is absent");
    }

    [Theory]
    [InlineData("a/*", "a/b/c", true)]
    [InlineData("a/?", "a/b", true)]
    [InlineData("a/?", "a/", false)]
    [InlineData("a/?", "a/bc", false)]
    [InlineData(@"a\b", @"a\b", true)]
    [InlineData("a.b", "axb", false)]
    [InlineData("A", "a", false)]
    public void Wildcards_AreThoseOfIam(string pattern, string text, bool matches) => Grant.Matches(pattern, text).Should().Be(matches);

    [Fact]
    public void EveryFunctionsPolicy_CanBeRead()
    {
        foreach (var function in LambdaMethod.All)
        {
            Policy(function.Method).Idle([]).Select(grant => grant.ToString()).Should().NotBeEmpty().And.NotContain(grant => grant.Contains("${", StringComparison.Ordinal));
        }
    }

    private FunctionPolicy Policy(string function) => new(Stack, Values, $"{function}Function");

    private static IReadOnlyList<AwsCall> Asked(AmazonWebServiceRequest request) => [.. AwsCall.Of(request, _ => null)];
}

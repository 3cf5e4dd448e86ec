using RetailLake.Local.Running;
using RetailLake.Local.Templates;

namespace RetailLake.Tests.Local;

public sealed class TopicMappingReaderTests : IDisposable
{
    private const string Mapping = """
        Mapping: { Type: AWS::Lambda::EventSourceMapping, Properties: { FunctionName: !GetAtt StepFunction.Arn, EventSourceArn: !Ref Cluster, Topics: [a.b], StartingPosition: LATEST, BatchSize: 7,
            MaximumBatchingWindowInSeconds: 3, FunctionResponseTypes: [ReportBatchItemFailures], BisectBatchOnFunctionError: true, MaximumRetryAttempts: 4, DestinationConfig: { OnFailure: { Destination: !GetAtt LakeBucket.Arn } } } }
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Mapping_IsReadWithAllThatDecidesWhatIsGiven() =>
        Read(Mapping).TopicMappings.Should().ContainSingle().Which.Should().BeEquivalentTo(new
        {
            Name = "Mapping", FunctionArn = LocalArn.Function("StepFunction"), ClusterArn = LocalArn.Cluster("x"), Topics = new[] { "a.b" }, FromLatest = true, BatchSize = 7, Window = TimeSpan.FromSeconds(3),
            ReportsItems = true, Bisects = true, MaximumRetries = 4, Retries = 4, KeepsFailures = true,
        });

    [Fact]
    public void RetriesWithoutANumber_EndOnlyWhereThereIsAPlaceForWhatFailed()
    {
        Read(Mapping.Replace("MaximumRetryAttempts: 4, ", "", StringComparison.Ordinal)).TopicMappings[0].Retries.Should().Be(10);
        Read(Mapping.Replace("MaximumRetryAttempts: 4, DestinationConfig: { OnFailure: { Destination: !GetAtt LakeBucket.Arn } }", "MaximumRetryAttempts: -1", StringComparison.Ordinal)).TopicMappings[0].Retries.Should().BeNull();
    }

    [Theory]
    [InlineData("BatchSize: 7", "FilterCriteria: { Filters: [] }", "*FilterCriteria*")]
    [InlineData("BatchSize: 7", "MaximumRecordAgeInSeconds: 60", "*MaximumRecordAgeInSeconds*")]
    [InlineData("StartingPosition: LATEST", "StartingPosition: AT_TIMESTAMP", "*AT_TIMESTAMP*")]
    [InlineData("Topics: [a.b]", "Topics: []", "*no Topics*")]
    [InlineData("!GetAtt LakeBucket.Arn", "!GetAtt Queue.Arn", "*the destination*Queue*")]
    [InlineData("BatchSize: 7", "BatchSize: many", "*'many' as BatchSize*")]
    public void WhatWouldLeaveRecordsOut_IsRefused(string from, string to, string message) =>
        FluentActions.Invoking(() => Read(Mapping.Replace(from, to, StringComparison.Ordinal))).Should().Throw<TemplateRefusedException>().WithMessage(message);

    [Fact]
    public void DisabledMapping_IsNotRunAndSaysSo()
    {
        var application = Read(Mapping.Replace("BatchSize: 7", "Enabled: false", StringComparison.Ordinal));

        application.TopicMappings.Should().BeEmpty();
        application.NotRun.Should().ContainMatch("*'Mapping'*");
    }

    [Fact]
    public void Template_GivesRecordsToLandPosEvents()
    {
        var application = TemplateReader.Read(Repository.Path("template.yaml"), new HashSet<string>(), HostSettings.Parameters);

        application.TopicMappings.Should().ContainSingle().Which.Should().BeEquivalentTo(
            new { FunctionArn = LocalArn.Function("local-LandPosEvents"), Topics = new[] { "pos.bill" }, ReportsItems = true, KeepsFailures = true, FromLatest = false });
    }

    private LocalApplication Read(string mapping) => TemplateReader.Read(folder.Write("template.yaml", $$"""
        Parameters:
          Cluster: { Type: String, Default: '{{LocalArn.Cluster("x")}}' }
        Resources:
          StepFunction: { Type: AWS::Serverless::Function, Properties: { Handler: 'A::B::C' } }
          Queue: { Type: AWS::SQS::Queue }
          LakeBucket: { Type: AWS::S3::Bucket }
          {{mapping}}

        """), new HashSet<string>());
}

using RetailLake.Local.Templates;

namespace RetailLake.Tests.Local;

public sealed class MessagingReaderTests : IDisposable
{
    private const string Queue = "Queue: { Type: AWS::SQS::Queue, Properties: { VisibilityTimeout: 60, RedrivePolicy: { deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 3 } } }";
    private const string Topic = "Topic: { Type: AWS::SNS::Topic }";
    private const string Subscription = "Subscription: { Type: AWS::SNS::Subscription, Properties: { TopicArn: !Ref Topic, Protocol: sqs, Endpoint: !GetAtt Queue.Arn } }";
    private const string Bucket = "Bucket: { Type: AWS::S3::Bucket, Properties: { NotificationConfiguration: { TopicConfigurations: [{ Event: 's3:ObjectCreated:*', Topic: !Ref Topic, Filter: { S3Key: { Rules: [{ Name: prefix, Value: drops/ }] } } }] } } }";
    private const string Mapping = "Mapping: { Type: AWS::Lambda::EventSourceMapping, Properties: { FunctionName: !GetAtt StepFunction.Arn, EventSourceArn: !GetAtt Queue.Arn, BatchSize: 7, MaximumBatchingWindowInSeconds: 2, FunctionResponseTypes: [ReportBatchItemFailures] } }";
    private const string Function = "StepFunction: { Type: AWS::Serverless::Function, Properties: { Handler: 'A::B::C' } }";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Bucket_IsFollowedThroughTopicAndQueueToItsReader()
    {
        var application = Read(Bucket, Topic, Subscription, Queue, Mapping, Function);

        var reader = application.QueueReaders.Should().ContainSingle().Subject;
        reader.Should().BeEquivalentTo(new { FunctionArn = LocalArn.Function("StepFunction"), BatchSize = 7, Window = TimeSpan.FromSeconds(2), ReportsItems = true });
        reader.Queue.Should().BeEquivalentTo(new { Name = "Queue", MaxReceiveCount = 3, VisibilityTimeout = TimeSpan.FromSeconds(60) });
        application.Notifications.Should().ContainSingle().Which.Should().BeEquivalentTo(
            new { Prefix = "drops/", Suffix = "", TopicArn = LocalArn.Topic("Topic"), IsEnveloped = true, QueueArn = LocalArn.Queue("Queue") });
    }

    [Fact]
    public void RawDelivery_HasNoEnvelope() =>
        Read(Bucket, Topic, Subscription.Replace("Protocol: sqs", "Protocol: sqs, RawMessageDelivery: true", StringComparison.Ordinal), Queue, Mapping, Function)
            .Notifications.Should().ContainSingle().Which.IsEnveloped.Should().BeFalse();

    [Fact]
    public void QueueOfAFunctionsEvents_IsReadToo()
    {
        var application = Read(Bucket, Topic, Subscription, Queue, """
            StepFunction:
                Type: AWS::Serverless::Function
                Properties: { Handler: 'A::B::C', Events: { Dropped: { Type: SQS, Properties: { Queue: !GetAtt Queue.Arn, BatchSize: 3 } } } }
            """);

        application.QueueReaders.Should().ContainSingle().Which.Should().BeEquivalentTo(new { BatchSize = 3, ReportsItems = false, FunctionArn = LocalArn.Function("StepFunction") });
    }

    [Fact]
    public void QueueWithoutATopic_IsToldByTheBucketItself() =>
        Read(Bucket.Replace("TopicConfigurations", "QueueConfigurations", StringComparison.Ordinal).Replace("Topic: !Ref Topic", "Queue: !GetAtt Queue.Arn", StringComparison.Ordinal), Queue, Mapping, Function)
            .Notifications.Should().ContainSingle().Which.Should().BeEquivalentTo(new { TopicArn = (string?)null, IsEnveloped = false, QueueArn = LocalArn.Queue("Queue") });

    [Fact]
    public void MailOfATopic_IsNotRunAndSaysSo() =>
        Read(Bucket, Topic, Subscription, Queue, Mapping, Function, "Mail: { Type: AWS::SNS::Subscription, Properties: { TopicArn: !Ref Topic, Protocol: email, Endpoint: a@example.com } }")
            .NotRun.Should().ContainMatch("email subscription*");

    [Theory]
    [InlineData("Protocol: sqs", "Protocol: sqs, FilterPolicy: { a: [b] }", "*FilterPolicy*")]
    [InlineData("BatchSize: 7", "FilterCriteria: { Filters: [] }", "*FilterCriteria*")]
    [InlineData("VisibilityTimeout: 60", "FifoQueue: true", "*FifoQueue*")]
    [InlineData("s3:ObjectCreated:*", "s3:ObjectRemoved:*", "*'s3:ObjectRemoved:*")]
    [InlineData("Name: prefix", "Name: infix", "*'infix'*")]
    [InlineData("Value: drops/", "Value: landing/", "*'landing/*")]
    [InlineData("TopicConfigurations", "LambdaConfigurations", "*LambdaConfigurations*")]
    [InlineData("EventSourceArn: !GetAtt Queue.Arn", "EventSourceArn: !GetAtt Other.Arn", "*no function reads*")]
    public void WhatIsNotBuilt_IsRefused(string from, string to, string message)
    {
        var resources = new[] { Bucket, Topic, Subscription, Queue, Mapping, Function, "Other: { Type: AWS::SQS::Queue }" }.Select(resource => resource.Replace(from, to, StringComparison.Ordinal)).ToArray();

        FluentActions.Invoking(() => Read(resources)).Should().Throw<TemplateRefusedException>().WithMessage(message);
    }

    [Fact]
    public void Template_TellsDropsToDispatchDrop()
    {
        var application = TemplateReader.Read(Repository.Path("template.yaml"), new HashSet<string>());

        application.Notifications.Should().ContainSingle().Which.Prefix.Should().Be("drops/");
        application.QueueReaders.Should().ContainSingle().Which.Should().BeEquivalentTo(new { FunctionArn = LocalArn.Function("local-DispatchDrop"), ReportsItems = true });
    }

    private LocalApplication Read(params string[] resources) =>
        TemplateReader.Read(folder.Write("template.yaml", $"Resources:\n  Dead: {{ Type: AWS::SQS::Queue }}\n{string.Concat(resources.Select(resource => $"  {resource}\n"))}"), new HashSet<string>());
}

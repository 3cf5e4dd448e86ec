using System.Text;
using System.Text.Json.Nodes;

namespace RetailLake.StatesLanguage.Tests;

public sealed class DistributedMapTests : IAsyncDisposable
{
    private readonly EngineFixture engine = new();

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    [Theory]
    [InlineData("JSON", "[10,20,30]", "", "[10,20,30]")]
    [InlineData("JSONL", "10\n20\n30\n", "", "[10,20,30]")]
    [InlineData("JSON", "[10,20,30]", ",\"MaxItems\":2", "[10,20]")]
    [InlineData("JSON", "[10,20,30]", ",\"MaxItemsPath\":\"$.max\"", "[10]")]
    public async Task ItemReader_ReadsTheObject(string type, string content, string more, string expected)
    {
        engine.Objects["lake/runs/items"] = Encoding.UTF8.GetBytes(content);

        var ended = await RunAsync($$""" "ItemReader":{"Resource":"arn:aws:states:::s3:getObject","ReaderConfig":{"InputType":"{{type}}"{{more}} },"Parameters":{"Bucket":"lake","Key.$":"$.key"} } """);

        ended.Output.Should().Be(expected);
    }

    [Theory]
    [InlineData("gone", null)]
    [InlineData("runs/items", "{\"a\":1}")]
    [InlineData("runs/items", "[1,")]
    public async Task ItemReader_ThatCannotRead_FailsByName(string key, string? content)
    {
        if (content is not null)
        {
            engine.Objects["lake/runs/items"] = Encoding.UTF8.GetBytes(content);
        }

        var ended = await RunAsync($$""" "ItemReader":{"Resource":"arn:aws:states:::s3:getObject","ReaderConfig":{"InputType":"JSON"},"Parameters":{"Bucket":"lake","Key":"{{key}}"} } """);

        ended.Error.Should().Be(ErrorNames.ItemReaderFailed);
        ended.Cause.Should().Contain(key);
    }

    [Fact]
    public async Task ResultWriter_WritesManifestAndResults()
    {
        var ended = await RunAsync(""" "ItemsPath":"$.items","ToleratedFailureCount":1,"ResultWriter":{"Resource":"arn:aws:states:::s3:putObject","Parameters":{"Bucket":"lake","Prefix":"results"}} """);

        var output = JsonNode.Parse(ended.Output!)!;
        var key = output["ResultWriterDetails"]!["Key"]!.GetValue<string>();
        output["MapRunArn"]!.GetValue<string>().Should().Be(engine.Engine.ListMapRuns(ended.Summary.ExecutionArn).Single().MapRunArn);
        var manifest = JsonNode.Parse(engine.Objects["lake/" + key])!;
        manifest["DestinationBucket"]!.GetValue<string>().Should().Be("lake");
        var succeeded = JsonNode.Parse(engine.Objects["lake/" + manifest["ResultFiles"]!["SUCCEEDED"]![0]!["Key"]!.GetValue<string>()])!.AsArray();
        succeeded.Select(entry => entry!["Output"]!.GetValue<string>()).Should().Equal("1", "3");
        manifest["ResultFiles"]!["SUCCEEDED"]![0]!["Key"]!.GetValue<string>().Should().EndWith("/SUCCEEDED_0.json");
        var failed = JsonNode.Parse(engine.Objects["lake/" + manifest["ResultFiles"]!["FAILED"]![0]!["Key"]!.GetValue<string>()])!.AsArray();
        failed.Should().ContainSingle().Which!["Error"]!.GetValue<string>().Should().Be("Poison");
        manifest["ResultFiles"]!["PENDING"]!.AsArray().Should().BeEmpty();
    }

    [Theory]
    [InlineData("", false)]
    [InlineData(",\"ToleratedFailureCount\":1", true)]
    [InlineData(",\"ToleratedFailurePercentage\":30", false)]
    [InlineData(",\"ToleratedFailurePercentage\":34", true)]
    [InlineData(",\"ToleratedFailurePercentage\":100,\"ToleratedFailureCount\":0", false)]
    [InlineData(",\"ToleratedFailureCountPath\":\"$.max\"", true)]
    public async Task ToleratedFailures_DecideTheMapRun(string fields, bool succeeds)
    {
        var ended = await RunAsync($" \"ItemsPath\":\"$.items\"{fields} ");

        ended.Error.Should().Be(succeeds ? null : ErrorNames.ExceedToleratedFailureThreshold);
        ended.Output.Should().Be(succeeds ? "[1,3]" : null);
        var mapRun = engine.Engine.DescribeMapRun(engine.Engine.ListMapRuns(ended.Summary.ExecutionArn).Single().MapRunArn);
        mapRun.Summary.Status.Should().Be(succeeds ? MapRunStatus.Succeeded : MapRunStatus.Failed);
        mapRun.Failed.Should().Be(1);
        (mapRun.Running, mapRun.Pending + mapRun.Succeeded + mapRun.Aborted).Should().Be((0, 2));
    }

    [Fact]
    public async Task MaxConcurrency_IsHonoured()
    {
        var (now, most) = (0, 0);
        engine.On("f", async (payload, _, token) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref now));
            await Task.Delay(3, token);
            Interlocked.Decrement(ref now);
            return payload?.DeepClone();
        });

        await engine.RunAsync(Machine(""" "ItemsPath":"$.items","MaxConcurrency":1 """), """{"items":[1,2,3,4,5,6]}""");

        most.Should().Be(1);
    }

    [Fact]
    public async Task StoppedParent_AbortsItsChildren()
    {
        engine.On("f", async (_, _, token) =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return null;
        });
        engine.Register(Machine(""" "ItemsPath":"$.items" """));
        var arn = (await engine.Engine.StartAsync(EngineFixture.Machine, "e", """{"items":[1,2,3]}""")).ExecutionArn;
        await EngineFixture.UntilAsync(() => engine.Calls("F") == 2);

        await engine.Engine.StopAsync(arn);

        var mapRun = engine.Engine.ListMapRuns(arn).Single().MapRunArn;
        engine.Engine.ListExecutions(mapRunArn: mapRun).Should().HaveCount(2).And.OnlyContain(child => child.Status == ExecutionStatus.Aborted);
        await EngineFixture.UntilAsync(() => engine.Engine.DescribeMapRun(mapRun).Summary.Status == MapRunStatus.Aborted);
    }

    [Fact]
    public async Task RedriveReadsNoItemsAnew()
    {
        engine.Objects["lake/k"] = Encoding.UTF8.GetBytes("[2]");
        var failed = await RunAsync(""" "ItemReader":{"Resource":"arn:aws:states:::s3:getObject","ReaderConfig":{"InputType":"JSON"},"Parameters":{"Bucket":"lake","Key":"k"}} """);
        engine.Objects["lake/k"] = Encoding.UTF8.GetBytes("[7,8,9]");
        engine.On("f", payload => payload?.DeepClone());

        (await engine.RedriveAsync(failed.Summary.ExecutionArn)).Output.Should().Be("[2]");
    }

    private Task<ExecutionDescription> RunAsync(string fields)
    {
        engine.On("f", payload => payload!.ToJsonString() == "2" ? throw new TaskFailedException("Poison", "item 2") : payload.DeepClone());
        return engine.RunAsync(Machine(fields), """{"items":[1,2,3],"key":"runs/items","max":1}""");
    }

    private static string Machine(string fields) => $$"""
        "M":{"Type":"Map",{{fields}},"End":true,"ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"F","States":{"F":{{EngineFixture.Invoke("f")}} } } }
        """;
}

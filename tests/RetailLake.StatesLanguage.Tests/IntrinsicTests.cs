namespace RetailLake.StatesLanguage.Tests;

public sealed class IntrinsicTests : IAsyncDisposable
{
    private readonly EngineFixture engine = new();

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    [Theory]
    [InlineData("States.Format('Hi {}, {} and {}', $.name, 1, $.list)", "\"Hi Ann, 1 and [1,2,3,4,5]\"")]
    [InlineData(@"States.Format('\\{\\} {} it\\'s', $.name)", "\"{} Ann it's\"")]
    [InlineData("States.StringToJson($.json)", """{"a":1}""")]
    [InlineData("States.JsonToString($.list)", "\"[1,2,3,4,5]\"")]
    [InlineData("States.Array($.name, 1, null, true)", """["Ann",1,null,true]""")]
    [InlineData("States.ArrayPartition($.list, 2)", "[[1,2],[3,4],[5]]")]
    [InlineData("States.ArrayContains($.list, 3)", "true")]
    [InlineData("States.ArrayContains($.list, 9)", "false")]
    [InlineData("States.ArrayRange(1, 9, 4)", "[1,5,9]")]
    [InlineData("States.ArrayRange(3, 1, -1)", "[3,2,1]")]
    [InlineData("States.ArrayGetItem($.list, 1)", "2")]
    [InlineData("States.ArrayLength($.list)", "5")]
    [InlineData("States.ArrayUnique(States.Array(1, 1, 2))", "[1,2]")]
    [InlineData("States.Base64Encode('Data')", "\"RGF0YQ==\"")]
    [InlineData("States.Base64Decode('RGF0YQ==')", "\"Data\"")]
    [InlineData("States.Hash('abc', 'SHA-1')", "\"a9993e364706816aba3e25717850c26c9cd0d89d\"")]
    [InlineData("States.Hash('abc', 'MD5')", "\"900150983cd24fb0d6963f7d28e17f72\"")]
    [InlineData("States.JsonMerge($.one, $.two, false)", """{"a":2,"b":1,"c":3}""")]
    [InlineData("States.MathAdd(111, -1)", "110")]
    [InlineData("States.StringSplit('1,2+3', ',+')", """["1","2","3"]""")]
    [InlineData("States.ArrayGetItem(States.StringSplit(States.Format('{}/{}', $.name, 'x'), '/'), 1)", "\"x\"")]
    public async Task Function_YieldsWhatAwsDocuments(string call, string expected)
    {
        var ended = await RunAsync(call);

        ended.Output.Should().Be($$"""{"v":{{expected}}}""");
    }

    [Theory]
    [InlineData("States.ArrayGetItem($.list, 7)")]
    [InlineData("States.ArrayPartition($.list, 0)")]
    [InlineData("States.StringToJson($.name)")]
    [InlineData("States.Format('{} {}', 1)")]
    [InlineData("States.Base64Decode('%%')")]
    [InlineData("States.Hash('a', 'SHA-3')")]
    [InlineData("States.MathAdd('a', 1)")]
    [InlineData("States.ArrayRange(1, 5000, 1)")]
    public async Task WrongArgument_IsAnIntrinsicFailure(string call)
    {
        var ended = await RunAsync(call);

        ended.Error.Should().Be(ErrorNames.IntrinsicFailure);
        ended.Cause.Should().StartWith("Found ").And.Contain("States.");
    }

    [Fact]
    public async Task RandomFunctions_KeepTheirShape()
    {
        (await RunAsync("States.UUID()", "uuid")).Output.Should().MatchRegex("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        var first = await RunAsync("States.MathRandom(1, 1000, 42)", "first");
        var second = await RunAsync("States.MathRandom(1, 1000, 42)", "second");
        first.Output.Should().Be(second.Output);
    }

    private Task<ExecutionDescription> RunAsync(string call, string? name = null) => engine.RunAsync(
        $$"""
        "P":{"Type":"Pass","Parameters":{"v.$":"{{call}}"},"End":true}
        """,
        """{"name":"Ann","list":[1,2,3,4,5],"json":"{\"a\":1}","one":{"a":1,"b":1},"two":{"a":2,"c":3}}""",
        name);
}

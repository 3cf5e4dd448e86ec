using System.Text.Json.Nodes;

namespace RetailLake.StatesLanguage.Tests;

public sealed class DataFlowTests : IAsyncDisposable
{
    private readonly EngineFixture engine = new();

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    [Theory]
    [InlineData("\"InputPath\":\"$.a\"", """{"b":1}""")]
    [InlineData("\"InputPath\":null", "{}")]
    [InlineData("\"OutputPath\":\"$.a.b\"", "1")]
    [InlineData("\"OutputPath\":null", "{}")]
    [InlineData("\"Result\":7", "7")]
    [InlineData("\"Result\":7,\"ResultPath\":\"$.r\"", """{"a":{"b":1},"r":7}""")]
    [InlineData("\"Result\":7,\"ResultPath\":null", """{"a":{"b":1}}""")]
    [InlineData("\"Parameters\":{\"k\":[{\"v.$\":\"$.a.b\"}]}", """{"k":[{"v":1}]}""")]
    [InlineData("\"Parameters\":{\"s.$\":\"$$.State.Name\",\"i.$\":\"$$.Execution.Input.a.b\",\"m.$\":\"$$.StateMachine.Name\",\"n.$\":\"$$.Execution.RedriveCount\"}", """{"s":"P","i":1,"m":"m","n":0}""")]
    public async Task Pass_MovesDataAsTheSpecSays(string fields, string expected)
    {
        var ended = await engine.RunAsync($"\"P\":{{\"Type\":\"Pass\",{fields},\"End\":true}}", """{"a":{"b":1}}""");

        ended.Output.Should().Be(expected);
    }

    [Theory]
    [InlineData("\"InputPath\":\"$.none\"", ErrorNames.Runtime)]
    [InlineData("\"OutputPath\":\"$.none\"", ErrorNames.Runtime)]
    [InlineData("\"Parameters\":{\"x.$\":\"$.none\"}", ErrorNames.ParameterPathFailure)]
    [InlineData("\"Parameters\":{\"x.$\":\"$none\"}", ErrorNames.ParameterPathFailure)]
    [InlineData("\"ResultPath\":\"$.a[4]\"", ErrorNames.ResultPathMatchFailure)]
    public async Task PathThatLeadsNowhere_FailsWithItsName(string fields, string error)
    {
        var ended = await engine.RunAsync($"\"P\":{{\"Type\":\"Pass\",{fields},\"End\":true}}", """{"a":{"b":1}}""");

        ended.Error.Should().Be(error);
    }

    [Fact]
    public async Task TaskResult_GoesThroughSelectorAndPath()
    {
        engine.On("f", _ => new JsonObject { ["keep"] = 1, ["drop"] = 2 });

        var ended = await engine.RunAsync($"\"T\":{EngineFixture.Invoke("f", "\"ResultSelector\":{\"k.$\":\"$.keep\"},\"ResultPath\":\"$.r\",\"End\":true")}", """{"a":1}""");

        ended.Output.Should().Be("""{"a":1,"r":{"k":1}}""");
    }

    [Fact]
    public async Task NumbersKeepTheirText()
    {
        var ended = await engine.RunAsync("\"P\":{\"Type\":\"Pass\",\"End\":true}", """{"x":123456789012345678901234567890.10,"é":"ü"}""");

        ended.Output.Should().Be("""{"x":123456789012345678901234567890.10,"é":"ü"}""");
    }

    [Fact]
    public async Task Assign_SeesOldValuesAndTakesEffectAtOnce()
    {
        var ended = await engine.RunAsync("""
            "A":{"Type":"Pass","Assign":{"x":1,"y.$":"$.v"},"Next":"B"},
            "B":{"Type":"Pass","Assign":{"x.$":"$y","y.$":"$x"},"Next":"C"},
            "C":{"Type":"Pass","Parameters":{"x.$":"$x","y.$":"$y","sum.$":"States.MathAdd($x, $y)"},"End":true}
            """, """{"v":5}""");

        ended.Output.Should().Be("""{"x":5,"y":1,"sum":6}""");
    }

    [Fact]
    public async Task Map_ReadsOuterVariablesAndItsItem()
    {
        var ended = await engine.RunAsync("""
            "A":{"Type":"Pass","Assign":{"outer":"o"},"Next":"M"},
            "M":{"Type":"Map","ItemsPath":"$.items","ItemSelector":{"i.$":"$$.Map.Item.Index","v.$":"$$.Map.Item.Value","all.$":"$.k"},"End":true,
              "ItemProcessor":{"StartAt":"P","States":{"P":{"Type":"Pass","Parameters":{"in.$":"$","o.$":"$outer","i.$":"$$.Map.Item.Index"},"End":true}}}}
            """, """{"items":["a","b"],"k":9}""");

        ended.Output.Should().Be("""[{"in":{"i":0,"v":"a","all":9},"o":"o","i":0},{"in":{"i":1,"v":"b","all":9},"o":"o","i":1}]""");
    }

    [Fact]
    public async Task CatchAssign_SeesTheError()
    {
        engine.Failing("f", "Broken");

        var ended = await engine.RunAsync($$"""
            "T":{{EngineFixture.Invoke("f", """
                "Catch":[{"ErrorEquals":["Broken"],"ResultPath":"$.e","Assign":{"why.$":"$.Error"},"Next":"C"}],"End":true
                """)}},
            "C":{"Type":"Pass","Parameters":{"why.$":"$why","e.$":"$.e","a.$":"$.a"},"End":true}
            """, """{"a":1}""");

        ended.Output.Should().Be("""{"why":"Broken","e":{"Error":"Broken","Cause":"told to"},"a":1}""");
    }
}

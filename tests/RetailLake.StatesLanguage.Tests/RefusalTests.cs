namespace RetailLake.StatesLanguage.Tests;

public sealed class RefusalTests : IAsyncDisposable
{
    private readonly EngineFixture engine = new();

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    public static TheoryData<string, string> Minimal => new()
    {
        { "Task", EngineFixture.Invoke("f") },
        { "Choice", """{"Type":"Choice","Choices":[{"Variable":"$.x","IsNull":true,"Next":"E"}],"Default":"E"}""" },
        { "Map", """{"Type":"Map","ItemProcessor":{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}},"End":true}""" },
        { "Map DISTRIBUTED", """{"Type":"Map","ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}},"End":true}""" },
        { "Parallel", """{"Type":"Parallel","Branches":[{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}],"End":true}""" },
        { "Wait", """{"Type":"Wait","Seconds":1,"End":true}""" },
        { "Pass", """{"Type":"Pass","End":true}""" },
        { "Succeed", """{"Type":"Succeed"}""" },
        { "Fail", """{"Type":"Fail"}""" },
    };

    [Theory]
    [MemberData(nameof(Minimal))]
    public void UnknownField_IsRefusedWithWhatIsSupported(string type, string state)
    {
        var definition = Definition(type, state[..^1] + ",\"Fancy\":1}");

        var problem = Problems(definition).Should().ContainSingle().Subject;

        problem.State.Should().Be("S");
        problem.Field.Should().Be("Fancy");
        problem.Message.Should().Contain("'Fancy'").And.Contain("supported: ").And.Contain("Comment");
    }

    [Theory]
    [MemberData(nameof(Minimal))]
    public void JsonataState_IsRefused(string type, string state) =>
        Problems(Definition(type, state[..^1] + ",\"QueryLanguage\":\"JSONata\"}")).Should().ContainSingle().Which.Message.Should().Contain("JSONata").And.Contain("JSONPath");

    [Theory]
    [InlineData("""{"Type":"Map","Iterator":{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}},"End":true}""", "Iterator")]
    [InlineData("""{"Type":"Map","ItemBatcher":{"MaxItemsPerBatch":2},"ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED"},"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}},"End":true}""", "ItemBatcher")]
    [InlineData("""{"Type":"Map","ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"EXPRESS"},"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}},"End":true}""", "EXPRESS")]
    [InlineData("""{"Type":"Map","ToleratedFailureCount":1,"ItemProcessor":{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}},"End":true}""", "ToleratedFailureCount")]
    [InlineData("""{"Type":"Map","ItemReader":{"Resource":"arn:aws:states:::s3:listObjectsV2","Parameters":{"Bucket":"b","Prefix":"p"}},"ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED"},"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}},"End":true}""", "listObjectsV2")]
    [InlineData("""{"Type":"Map","ItemReader":{"Resource":"arn:aws:states:::s3:getObject","ReaderConfig":{"InputType":"CSV"},"Parameters":{"Bucket":"b","Key":"p"}},"ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED"},"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}},"End":true}""", "CSV")]
    [InlineData("""{"Type":"Task","Resource":"arn:aws:states:::dynamodb:getItem","End":true}""", "dynamodb:getItem")]
    [InlineData("""{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"f","Qualifier":"1"},"End":true}""", "Qualifier")]
    [InlineData("""{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"Payload":"f"},"End":true}""", "FunctionName")]
    [InlineData("""{"Type":"Task","Resource":"arn:aws:states:::sns:publish","TimeoutSeconds":5,"TimeoutSecondsPath":"$.t","End":true}""", "TimeoutSecondsPath")]
    [InlineData("""{"Type":"Task","Resource":"arn:aws:states:::sns:publish","TimeoutSeconds":5,"HeartbeatSeconds":5,"End":true}""", "HeartbeatSeconds")]
    [InlineData("""{"Type":"Task","Resource":"arn:aws:states:::sns:publish","Retry":[{"ErrorEquals":["States.ALL"]},{"ErrorEquals":["A"]}],"End":true}""", "States.ALL")]
    [InlineData("""{"Type":"Task","Resource":"arn:aws:states:::sns:publish","Retry":[{"ErrorEquals":["States.ALL","A"]}],"End":true}""", "States.ALL")]
    [InlineData("""{"Type":"Task","Resource":"arn:aws:states:::sns:publish","Retry":[{"ErrorEquals":["A"],"Jitter":1}],"End":true}""", "Jitter")]
    [InlineData("""{"Type":"Task","Resource":"arn:aws:states:::sns:publish","Catch":[{"ErrorEquals":["States.Nonsense"],"Next":"S"}],"End":true}""", "States.Nonsense")]
    [InlineData("""{"Type":"Task","Resource":"arn:aws:states:::sns:publish","Credentials":{},"End":true}""", "Credentials")]
    [InlineData("""{"Type":"Pass","Next":"Nowhere"}""", "Nowhere")]
    [InlineData("""{"Type":"Pass","Next":"S"}""", "terminal")]
    [InlineData("""{"Type":"Pass"}""", "End")]
    [InlineData("""{"Type":"Pass","Output":"{% 1 %}","End":true}""", "Output")]
    [InlineData("""{"Type":"Pass","Parameters":{"x.$":"States.Nope()"},"End":true}""", "States.Nope")]
    [InlineData("""{"Type":"Pass","Parameters":{"x.$":"$.a["},"End":true}""", "$.a[")]
    [InlineData("""{"Type":"Pass","ResultPath":"$.a[*]","End":true}""", "reference path")]
    [InlineData("""{"Type":"Pass","Assign":{"1x":1},"End":true}""", "1x")]
    [InlineData("""{"Type":"Wait","Seconds":1,"Timestamp":"2026-01-01T00:00:00Z","End":true}""", "Seconds and Timestamp")]
    [InlineData("""{"Type":"Wait","Timestamp":"tomorrow","End":true}""", "tomorrow")]
    [InlineData("""{"Type":"Choice","Choices":[{"Variable":"$.x","StringEquals":1,"Next":"S"}]}""", "expected a string")]
    [InlineData("""{"Type":"Choice","Choices":[{"Variable":"$.x","Next":"S"}]}""", "no comparison")]
    [InlineData("""{"Type":"Fail","Error":"a","ErrorPath":"$.a"}""", "ErrorPath")]
    [InlineData("""{"Type":"Loop","End":true}""", "Loop")]
    public void WhatIsNotSupportedOrNotSound_IsNamed(string state, string named) =>
        Problems($$"""{"StartAt":"S","States":{"S":{{state}} } }""").Should().Contain(problem => problem.Message.Contains(named));

    [Fact]
    public void AllProblems_AreReportedAtOnce()
    {
        var problems = Problems("""
            {"StartAt":"Gone","QueryLanguage":"JSONata","Fancy":1,"States":{
              "A":{"Type":"Pass","Next":"Gone"},"B":{"Type":"Wait","End":true},
              "C":{"Type":"Map","End":true,"ItemProcessor":{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}}}}
            """);

        problems.Select(problem => (problem.State, problem.Field)).Should().BeEquivalentTo(new (string?, string?)[]
        {
            (null, "QueryLanguage"), (null, "Fancy"), (null, "StartAt"), ("A", "Next"), ("B", "Seconds"), ("A", null),
        });
    }

    [Fact]
    public void UnreachableState_IsNamed() =>
        Problems("""{"StartAt":"A","States":{"A":{"Type":"Succeed"},"B":{"Type":"Succeed"}}}""").Should().ContainSingle().Which.State.Should().Be("B");

    [Fact]
    public void DuplicateField_IsNamed() =>
        Problems("""{"StartAt":"A","States":{"A":{"Type":"Succeed"},"A":{"Type":"Succeed"}}}""").Should().ContainSingle().Which.Message.Should().Contain("unique");

    [Fact]
    public void InnerAssignmentOfAnOuterVariable_IsRefused() =>
        Problems("""
            {"StartAt":"A","States":{"A":{"Type":"Pass","Assign":{"x":1},"Next":"M"},
             "M":{"Type":"Map","End":true,"ItemProcessor":{"StartAt":"B","States":{"B":{"Type":"Pass","Assign":{"x":2},"End":true}}}}}}
            """).Should().ContainSingle().Which.Message.Should().Contain("'x'");

    [Fact]
    public void Substitutions_ReplaceAndMissNothing()
    {
        const string text = """{"Resource":"${Function}","Other":"${Missing}"}""";

        Substitutions.Apply(text.Replace("${Missing}", "x"), new Dictionary<string, string> { ["Function"] = "a\"b" }).Should().Be("""{"Resource":"a\"b","Other":"x"}""");
        FluentActions.Invoking(() => Substitutions.Apply(text, new Dictionary<string, string> { ["Function"] = "a" }))
            .Should().Throw<InvalidDefinitionException>().WithMessage("*${Missing}*");
        Problems("""{"StartAt":"A","States":{"A":{"Type":"Succeed","Comment":"${Left}"}}}""").Should().ContainSingle().Which.Message.Should().Contain("${Left}");
    }

    private static string Definition(string type, string state) => type == "Choice"
        ? $$"""{"StartAt":"S","States":{"S":{{state}},"E":{"Type":"Succeed"} } }"""
        : $$"""{"StartAt":"S","States":{"S":{{state}} } }""";

    private IReadOnlyList<DefinitionProblem> Problems(string definition) =>
        engine.Engine.Invoking(it => it.Register("m", EngineFixture.Machine, definition)).Should().Throw<InvalidDefinitionException>().Which.Problems;
}

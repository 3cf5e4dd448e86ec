namespace RetailLake.StatesLanguage.Tests;

public sealed class ChoiceTests : IAsyncDisposable
{
    private readonly EngineFixture engine = new();

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    [Theory]
    [InlineData("""{"Variable":"$.s","StringEquals":"b"}""", true)]
    [InlineData("""{"Variable":"$.s","StringEqualsPath":"$.s2"}""", false)]
    [InlineData("""{"Variable":"$.s","StringLessThan":"c"}""", true)]
    [InlineData("""{"Variable":"$.s","StringLessThanPath":"$.s"}""", false)]
    [InlineData("""{"Variable":"$.s","StringGreaterThan":"a"}""", true)]
    [InlineData("""{"Variable":"$.s","StringLessThanEquals":"b"}""", true)]
    [InlineData("""{"Variable":"$.s","StringGreaterThanEqualsPath":"$.s2"}""", false)]
    [InlineData("""{"Variable":"$.s2","StringMatches":"log-*.txt"}""", true)]
    [InlineData("""{"Variable":"$.s2","StringMatches":"log-*\\*"}""", false)]
    [InlineData("""{"Variable":"$.n","NumericEquals":5.0}""", true)]
    [InlineData("""{"Variable":"$.n","NumericEqualsPath":"$.n"}""", true)]
    [InlineData("""{"Variable":"$.n","NumericLessThan":5}""", false)]
    [InlineData("""{"Variable":"$.n","NumericLessThanEquals":5}""", true)]
    [InlineData("""{"Variable":"$.n","NumericGreaterThan":4}""", true)]
    [InlineData("""{"Variable":"$.n","NumericGreaterThanEquals":6}""", false)]
    [InlineData("""{"Variable":"$.s","NumericEquals":5}""", false)]
    [InlineData("""{"Variable":"$.b","BooleanEquals":true}""", true)]
    [InlineData("""{"Variable":"$.b","BooleanEqualsPath":"$.n"}""", false)]
    [InlineData("""{"Variable":"$.t","TimestampEquals":"2026-01-01T01:00:00+01:00"}""", true)]
    [InlineData("""{"Variable":"$.t","TimestampLessThan":"2026-01-01T00:00:01Z"}""", true)]
    [InlineData("""{"Variable":"$.t","TimestampGreaterThanPath":"$.t"}""", false)]
    [InlineData("""{"Variable":"$.t","TimestampGreaterThanEquals":"2026-01-01T00:00:00Z"}""", true)]
    [InlineData("""{"Variable":"$.t","TimestampLessThanEquals":"2025-01-01T00:00:00Z"}""", false)]
    [InlineData("""{"Variable":"$.none","IsPresent":false}""", true)]
    [InlineData("""{"Variable":"$.z","IsPresent":true}""", true)]
    [InlineData("""{"Variable":"$.list[?(@ > 9)]","IsPresent":true}""", false)]
    [InlineData("""{"Variable":"$.z","IsNull":true}""", true)]
    [InlineData("""{"Variable":"$.n","IsNumeric":true}""", true)]
    [InlineData("""{"Variable":"$.n","IsString":true}""", false)]
    [InlineData("""{"Variable":"$.b","IsBoolean":true}""", true)]
    [InlineData("""{"Variable":"$.t","IsTimestamp":true}""", true)]
    [InlineData("""{"Variable":"$.s","IsTimestamp":true}""", false)]
    [InlineData("""{"And":[{"Variable":"$.n","NumericEquals":5},{"Variable":"$.s","StringEquals":"b"}]}""", true)]
    [InlineData("""{"Or":[{"Variable":"$.n","NumericEquals":6},{"Not":{"Variable":"$.b","BooleanEquals":true}}]}""", false)]
    [InlineData("""{"Not":{"Variable":"$.n","NumericEquals":6}}""", true)]
    public async Task Rule_MatchesAsTheSpecSays(string rule, bool expected)
    {
        var ended = await RunAsync(rule);

        ended.Output.Should().Be(expected ? "\"yes\"" : "\"no\"");
    }

    [Fact]
    public async Task MissingVariable_IsARuntimeError()
    {
        var ended = await RunAsync("""{"Variable":"$.none","NumericEquals":6}""");

        ended.Error.Should().Be(ErrorNames.Runtime);
        ended.Cause.Should().StartWith("An error occurred while executing the state 'C' (entered at the event id #2). Invalid path '$.none'");
    }

    [Fact]
    public async Task NothingMatchesWithoutDefault_IsNoChoiceMatched()
    {
        var ended = await engine.RunAsync("""
            "C":{"Type":"Choice","Choices":[{"Variable":"$.n","NumericEquals":6,"Next":"S"}]},"S":{"Type":"Succeed"}
            """, """{"n":5}""");

        ended.Error.Should().Be(ErrorNames.NoChoiceMatched);
    }

    private Task<ExecutionDescription> RunAsync(string rule) => engine.RunAsync(
        $$"""
        "C":{"Type":"Choice","Choices":[{{{rule.Trim()[1..^1]}},"Next":"Y"}],"Default":"N"},
        "Y":{"Type":"Pass","Result":"yes","End":true},"N":{"Type":"Pass","Result":"no","End":true}
        """,
        """{"s":"b","s2":"log-1.txt","n":5,"b":true,"t":"2026-01-01T00:00:00Z","z":null,"list":[1]}""");
}

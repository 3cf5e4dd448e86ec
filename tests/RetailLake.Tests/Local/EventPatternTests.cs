using System.Text.Json.Nodes;
using RetailLake.Local.Events;
using RetailLake.Local.Templates;

namespace RetailLake.Tests.Local;

public sealed class EventPatternTests
{
    private static readonly JsonObject Event = JsonNode.Parse("""{"source":"aws.redshift-data","detail":{"state":"FAILED","statementName":"runs/x","n":1}}""")!.AsObject();

    [Theory]
    [InlineData("""{"source":["aws.redshift-data"]}""", true)]
    [InlineData("""{"source":["aws.states"]}""", false)]
    [InlineData("""{"detail":{"state":["FINISHED","FAILED"],"n":[1]}}""", true)]
    [InlineData("""{"detail":{"statementName":[{"prefix":"runs/"}]}}""", true)]
    [InlineData("""{"detail":{"statementName":[{"suffix":"/y"}]}}""", false)]
    [InlineData("""{"detail":{"state":[{"anything-but":["FINISHED"]}]}}""", true)]
    [InlineData("""{"detail":{"error":[{"exists":false}]}}""", true)]
    [InlineData("""{"detail":{"state":[{"exists":true}],"other":["x"]}}""", false)]
    public void Pattern_MatchesAsEventBridgeDoes(string pattern, bool expected) =>
        EventPattern.Matches(JsonNode.Parse(pattern)!.AsObject(), Event).Should().Be(expected);

    [Fact]
    public void UnknownMatcher_IsRefused()
    {
        var rule = new LocalRule("R", JsonNode.Parse("""{"detail":{"n":[{"numeric":[">",0]}]}}""")!.AsObject(), [], Enabled: true, "'template.yaml' line 7");

        FluentActions.Invoking(() => EventPattern.Check(rule)).Should().Throw<TemplateRefusedException>().WithMessage("*'numeric'*line 7*");
    }
}

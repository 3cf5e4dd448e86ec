using System.Text.Json.Nodes;
using RetailLake.StatesLanguage.Paths;
using RetailLake.StatesLanguage.Running;
using RetailLake.StatesLanguage.Values;

namespace RetailLake.StatesLanguage.Tests;

public sealed class PathTests
{
    private const string Store = """
        {"store":{"book":[{"title":"A","price":8.95,"tags":["x"]},{"title":"B","price":12.99,"isbn":"1"},{"title":"C","price":8.99,"isbn":"2"}],"bike":{"price":19.95}},"a b":1,"n":null}
        """;

    [Theory]
    [InlineData("$['a b']", "1")]
    [InlineData("$.n", "null")]
    [InlineData("$.store.book[0].title", "\"A\"")]
    [InlineData("$.store.book[-1].title", "\"C\"")]
    [InlineData("$.store.book[*].title", """["A","B","C"]""")]
    [InlineData("$.store.book[0,2].title", """["A","C"]""")]
    [InlineData("$.store.book[0:2].title", """["A","B"]""")]
    [InlineData("$.store.book[-2:].title", """["B","C"]""")]
    [InlineData("$.store.book[::2].title", """["A","C"]""")]
    [InlineData("$..price", "[8.95,12.99,8.99,19.95]")]
    [InlineData("$.store..title", """["A","B","C"]""")]
    [InlineData("$.store.bike.*", "[19.95]")]
    [InlineData("$.store.book[?(@.isbn)].title", """["B","C"]""")]
    [InlineData("$.store.book[?(!(@.isbn))].title", """["A"]""")]
    [InlineData("$.store.book[?(@.price < 10)].title", """["A","C"]""")]
    [InlineData("$.store.book[?(@.price < 10 && @.isbn == '2')].title", """["C"]""")]
    [InlineData("$.store.book[?(@.title == 'A' || @.price > $.store.book[2].price)].title", """["A","B"]""")]
    [InlineData("$.store.book[?(@.none == 1)].title", "[]")]
    [InlineData("$.store.book[1]['title','price']", """["B",12.99]""")]
    public void Path_SelectsWhatJsonPathSays(string path, string expected) =>
        Evaluate(path).Should().Be(expected);

    [Theory]
    [InlineData("$.none")]
    [InlineData("$.store.book[3]")]
    [InlineData("$.store.book.title")]
    public void MissingDefinitePath_FindsNothing(string path) => Evaluate(path).Should().BeNull();

    [Theory]
    [InlineData("store")]
    [InlineData("$.")]
    [InlineData("$[")]
    [InlineData("$['a")]
    [InlineData("$.a[?(@.b ==)]")]
    [InlineData("$.a.length()")]
    [InlineData("$.a[0:2:0]")]
    public void MalformedPath_SaysWhatWasFound(string path) =>
        FluentActions.Invoking(() => PathParser.Parse(path)).Should().Throw<FormatException>().WithMessage("Found *");

    [Theory]
    [InlineData("$.a", """{"b":1}""", "2", """{"b":1,"a":2}""")]
    [InlineData("$.a.b.c", "{}", "2", """{"a":{"b":{"c":2}}}""")]
    [InlineData("$.a[1]", """{"a":[1,2]}""", "9", """{"a":[1,9]}""")]
    [InlineData("$", """{"b":1}""", "2", "2")]
    public void ResultPath_PlacesTheResult(string path, string input, string result, string expected) =>
        Payload.Text(ReferencePathWriter.Place(PathParser.Parse(path), JsonNode.Parse(input), JsonNode.Parse(result))).Should().Be(expected);

    private static string? Evaluate(string path)
    {
        var scope = new Scope(JsonNode.Parse(Store), new Lazy<JsonNode>(() => new JsonObject()), new Frame("", null, "S", "{}"), new Random(1));
        return PathParser.Parse(path).TryEvaluate(scope, out var value) ? Payload.Text(value) : null;
    }
}

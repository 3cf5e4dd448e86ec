using System.Text.Json.Nodes;

namespace RetailLake.Tests.Aws;

/// <summary>A JSON service that gives the answers it was told, one after the other, and none to what the service model refuses.</summary>
internal sealed class ScriptedEndpoint(string target, IReadOnlyDictionary<string, string[]> required, params Answer[] answers) : JsonEndpoint(target, required)
{
    private int given;

    protected override Task<Answer> AnswerAsync(string operation, JsonObject body) =>
        Task.FromResult(Interlocked.Increment(ref given) is var number && number <= answers.Length ? answers[number - 1] : new("{}"));
}

using System.Text.Json.Nodes;
using RetailLake.StatesLanguage.Definitions;
using RetailLake.StatesLanguage.Expressions;
using RetailLake.StatesLanguage.Paths;
using RetailLake.StatesLanguage.Running;

namespace RetailLake.StatesLanguage.States;

internal sealed class PassState : State
{
    private readonly Template? parameters;
    private readonly JsonNode? result;
    private readonly bool hasResult;
    private readonly JsonPath? resultPath;
    private readonly bool dropsResult;

    public PassState(FieldReader reader)
        : base(reader, "Pass")
    {
        parameters = reader.Template("Parameters");
        hasResult = reader.Has("Result");
        result = reader.Node("Result");
        (resultPath, dropsResult) = NullablePath(reader, "ResultPath", reference: true);
    }

    public override Task<Step> RunAsync(StateRun run)
    {
        var effective = EffectiveInput(run);
        var value = parameters is null ? effective : parameters.Evaluate(run.Scope(effective));
        value = hasResult ? result?.DeepClone() : value;
        var output = dropsResult ? run.Frame.Input
            : resultPath is null ? value
            : ReferencePathWriter.Place(resultPath, run.Frame.Input, value);
        return Task.FromResult(Leave(run, output, value));
    }
}

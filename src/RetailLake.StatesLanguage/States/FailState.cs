using RetailLake.StatesLanguage.Definitions;
using RetailLake.StatesLanguage.Errors;
using RetailLake.StatesLanguage.Expressions;
using RetailLake.StatesLanguage.Running;
using RetailLake.StatesLanguage.Values;

namespace RetailLake.StatesLanguage.States;

internal sealed class FailState : State
{
    private readonly string? error;
    private readonly string? cause;
    private readonly Expression? errorPath;
    private readonly Expression? causePath;

    public FailState(FieldReader reader)
        : base(reader, "Fail", hasPaths: false, hasNext: false, assigns: false)
    {
        reader.OneOf(required: false, "Error", "ErrorPath");
        reader.OneOf(required: false, "Cause", "CausePath");
        error = reader.Text("Error");
        cause = reader.Text("Cause");
        errorPath = reader.Expression("ErrorPath");
        causePath = reader.Expression("CausePath");
    }

    public override bool IsTerminal => true;

    public override Task<Step> RunAsync(StateRun run) => throw new StateFailedException(
        Read(run, errorPath, "ErrorPath") ?? error ?? "", Read(run, causePath, "CausePath") ?? cause);

    private static string? Read(StateRun run, Expression? path, string field)
    {
        if (path is null)
        {
            return null;
        }

        var value = path.Evaluate(run.Scope(run.Frame.Input));
        return value.IsString() ? value!.GetValue<string>() : throw Failures.Runtime(
            $"The {field} of a Fail state yields {Payload.Text(value)}, expected a string.");
    }
}

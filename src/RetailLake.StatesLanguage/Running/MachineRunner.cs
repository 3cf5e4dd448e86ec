using System.Text.Json.Nodes;
using RetailLake.StatesLanguage.Definitions;
using RetailLake.StatesLanguage.Errors;
using RetailLake.StatesLanguage.Journal;
using RetailLake.StatesLanguage.States;
using RetailLake.StatesLanguage.Values;

namespace RetailLake.StatesLanguage.Running;

/// <summary>Walks a frame from state to state, from wherever its journal left it.</summary>
internal static class MachineRunner
{
    private const string Located = "An error occurred while executing the state";

    public static async Task<string> RunAsync(ExecutionRun execution, Machine machine, Frame frame, CancellationToken token)
    {
        while (!frame.Finished)
        {
            token.ThrowIfCancellationRequested();
            var state = machine.States[frame.StateName];
            var run = new StateRun(execution, frame, token);
            if (!frame.Entered)
            {
                run.Event(RecordKind.StateEntered, state.Type + "StateEntered", new JsonObject
                {
                    ["name"] = state.Name,
                    ["input"] = frame.InputText,
                    ["inputDetails"] = TaskEvents.Whole(),
                });
            }

            Step step;
            try
            {
                step = await state.RunAsync(run);
            }
            catch (StateFailedException failure) when (failure.Error == ErrorNames.Runtime && failure.Cause?.StartsWith(Located, StringComparison.Ordinal) != true)
            {
                throw Failures.Runtime($"{Located} '{state.Name}' (entered at the event id #{frame.EnteredEventId}). {failure.Cause}");
            }

            var details = TaskEvents.Output(Payload.Text(step.Output));
            details.Insert(0, "name", state.Name);
            if (step.Assigned is not null)
            {
                details["assignedVariables"] = new JsonObject(step.Assigned
                    .Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)Payload.Text(pair.Value))));
            }

            run.Event(RecordKind.StateExited, state.Type + "StateExited", details, record => record with
            {
                State = step.Next,
                Variables = step.Assigned is null ? null : Payload.Text(step.Assigned),
            });
        }

        return frame.OutputText!;
    }
}

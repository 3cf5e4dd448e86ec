using System.Text.Json.Nodes;
using RetailLake.StatesLanguage.Values;

namespace RetailLake.StatesLanguage.Running;

/// <summary>The object behind `$$`.</summary>
internal static class ContextObject
{
    public static JsonNode Build(ExecutionState state, Frame frame, string? taskToken, int? itemIndex, JsonNode? item)
    {
        var header = state.Header;
        var execution = new JsonObject
        {
            ["Id"] = header.Arn,
            ["Input"] = Payload.Parse(header.Input),
            ["Name"] = header.Name,
            ["RoleArn"] = header.RoleArn,
            ["StartTime"] = Timestamps.Write(header.StartDate),
            ["RedriveCount"] = state.RedriveCount,
        };
        if (state.RedriveDate is { } redriven)
        {
            execution["RedriveTime"] = Timestamps.Write(redriven);
        }

        var context = new JsonObject
        {
            ["Execution"] = execution,
            ["StateMachine"] = new JsonObject { ["Id"] = header.MachineArn, ["Name"] = header.MachineName },
            ["State"] = new JsonObject
            {
                ["Name"] = frame.StateName,
                ["EnteredTime"] = Timestamps.Write(frame.EnteredAt),
                ["RetryCount"] = frame.RetryCount,
            },
        };
        if (taskToken is not null)
        {
            context["Task"] = new JsonObject { ["Token"] = taskToken };
        }

        if (itemIndex is not null)
        {
            context["Map"] = Item(itemIndex, item);
        }
        else if (Enclosing(frame) is { } iteration)
        {
            context["Map"] = Item(iteration.ItemIndex, iteration.Item);
        }

        return context;
    }

    private static JsonObject Item(int? index, JsonNode? value) => new()
    {
        ["Item"] = new JsonObject { ["Index"] = index, ["Value"] = value?.DeepClone() },
    };

    private static Frame? Enclosing(Frame? frame) => frame is null || frame.ItemIndex is not null ? frame : Enclosing(frame.Parent);
}

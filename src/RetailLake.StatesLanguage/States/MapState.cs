using System.Text.Json.Nodes;
using RetailLake.StatesLanguage.Definitions;
using RetailLake.StatesLanguage.Errors;
using RetailLake.StatesLanguage.Expressions;
using RetailLake.StatesLanguage.Journal;
using RetailLake.StatesLanguage.Paths;
using RetailLake.StatesLanguage.Running;
using RetailLake.StatesLanguage.Values;

namespace RetailLake.StatesLanguage.States;

internal sealed class MapState : AttemptingState
{
    private readonly Machine? processor;
    private readonly JsonPath? itemsPath;
    private readonly Template? itemSelector;
    private readonly long? maxConcurrency;
    private readonly JsonPath? maxConcurrencyPath;
    private readonly DistributedOptions? distributed;

    public MapState(FieldReader reader, DefinitionParser parser)
        : base(reader, "Map")
    {
        itemsPath = reader.Path("ItemsPath");
        itemSelector = reader.Template("ItemSelector");
        reader.OneOf(required: false, "MaxConcurrency", "MaxConcurrencyPath");
        maxConcurrency = reader.Whole("MaxConcurrency", 0, int.MaxValue);
        maxConcurrencyPath = reader.Path("MaxConcurrencyPath", reference: true);
        if (reader.Nested("ItemProcessor") is not { } inner)
        {
            reader.Report("ItemProcessor", "Found no ItemProcessor, expected one (Iterator, its old name, is not supported).");
            return;
        }

        inner.Text("Comment");
        var mode = ReadMode(inner);
        processor = parser.ReadNested(inner);
        if (mode == "DISTRIBUTED")
        {
            distributed = new DistributedOptions(reader, Payload.Text(reader.Node("ItemProcessor")));
        }
    }

    public override IEnumerable<Machine> Inner => processor is null ? [] : [processor];

    public bool IsDistributed => distributed is not null;

    protected override async Task<JsonNode?> AttemptAsync(StateRun run)
    {
        var effective = EffectiveInput(run);
        if (distributed is not null)
        {
            return await new DistributedMap(run, Name, distributed).RunAsync(
                effective, () => Items(run, effective), (index, item) => Selected(run, effective, index, item), Concurrency(run, effective));
        }

        var items = Items(run, effective);
        if (run.Frame.ChildCount is null)
        {
            run.Event(RecordKind.ChildrenStarted, "MapStateStarted", new JsonObject { ["length"] = items.Count },
                record => record with { Count = items.Count });
        }

        try
        {
            var atOnce = Concurrency(run, effective);
            var children = new Children(run, Name, items.Count, index =>
                (processor!, Payload.Text(Selected(run, effective, index, items[index])), Payload.Text(items[index])))
            {
                MaxConcurrency = Math.Min(run.Execution.Host.Options.MaxInlineConcurrency, atOnce == 0 ? int.MaxValue : atOnce),
            };
            var result = $"[{string.Join(',', await children.RunAsync())}]";
            run.Event(RecordKind.ChildrenSucceeded, "MapStateSucceeded", null,
                record => record with { Output = Payload.TooLarge(result) ? throw Failures.DataLimit(Name, "result") : result });
        }
        catch (StateFailedException failure)
        {
            run.Event(RecordKind.StateFailed, "MapStateFailed", FailureDetails.Of(failure),
                record => record with { Error = failure.Error, Cause = failure.Cause });
            throw run.Frame.Failure!;
        }

        return run.Frame.Result;
    }

    private static string ReadMode(FieldReader inner)
    {
        if (inner.Nested("ProcessorConfig") is not { } config)
        {
            return "INLINE";
        }

        var mode = config.Text("Mode") ?? "INLINE";
        if (mode is not ("INLINE" or "DISTRIBUTED"))
        {
            config.Report("ItemProcessor", $"Found Mode '{mode}', expected INLINE or DISTRIBUTED.");
        }

        if (config.Text("ExecutionType") is { } type && type != "STANDARD")
        {
            config.Report("ItemProcessor", $"Found ExecutionType '{type}'; supported: STANDARD.");
        }

        config.Close();
        return mode;
    }

    private JsonArray Items(StateRun run, JsonNode? effective)
    {
        var scope = run.Scope(effective);
        var value = effective;
        if (itemsPath is not null && !itemsPath.TryEvaluate(scope, out value))
        {
            throw Failures.PathNotFound("ItemsPath", itemsPath.Text, Payload.Text(effective));
        }

        return value as JsonArray ?? throw Failures.Runtime(
            $"The ItemsPath '{itemsPath?.Text ?? "$"}' yields {Payload.Text(value)[..Math.Min(80, Payload.Text(value).Length)]}, "
                + "expected an array.");
    }

    private JsonNode? Selected(StateRun run, JsonNode? effective, int index, JsonNode? item) =>
        Bounded(itemSelector is null ? item : itemSelector.Evaluate(run.Scope(effective, itemIndex: index, item: item)), "item");

    private int Concurrency(StateRun run, JsonNode? effective)
    {
        if (maxConcurrencyPath is null)
        {
            return (int)(maxConcurrency ?? 0);
        }

        return maxConcurrencyPath.TryEvaluate(run.Scope(effective), out var value) && value.TryWhole(out var number) && number is >= 0 and <= int.MaxValue
            ? (int)number
            : throw Failures.Runtime($"The MaxConcurrencyPath '{maxConcurrencyPath.Text}' does not yield a whole number of 0 or more.");
    }
}

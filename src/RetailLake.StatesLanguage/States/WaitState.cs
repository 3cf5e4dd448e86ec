using System.Globalization;
using RetailLake.StatesLanguage.Definitions;
using RetailLake.StatesLanguage.Errors;
using RetailLake.StatesLanguage.Journal;
using RetailLake.StatesLanguage.Paths;
using RetailLake.StatesLanguage.Running;
using RetailLake.StatesLanguage.Values;

namespace RetailLake.StatesLanguage.States;

internal sealed class WaitState : State
{
    private const long LongestSeconds = 99_999_999;
    private readonly long? seconds;
    private readonly DateTimeOffset? timestamp;
    private readonly JsonPath? secondsPath;
    private readonly JsonPath? timestampPath;

    public WaitState(FieldReader reader)
        : base(reader, "Wait")
    {
        reader.OneOf(required: true, "Seconds", "Timestamp", "SecondsPath", "TimestampPath");
        seconds = reader.Whole("Seconds", 0, LongestSeconds);
        secondsPath = reader.Path("SecondsPath", reference: true);
        timestampPath = reader.Path("TimestampPath", reference: true);
        if (reader.Text("Timestamp") is { } text)
        {
            timestamp = Timestamps.TryRead(text, out var instant) ? instant : null;
            if (timestamp is null)
            {
                reader.Report("Timestamp", $"Found Timestamp '{text}', expected RFC 3339 such as 2026-11-22T06:00:00Z.");
            }
        }
    }

    public override async Task<Step> RunAsync(StateRun run)
    {
        var effective = EffectiveInput(run);
        if (run.Frame.WaitUntil is null)
        {
            var until = Until(run, effective is null ? null : effective, run.Scope(effective));
            run.Record(RecordKind.WaitArmed, record => record with { Due = until });
        }

        await run.DelayUntilAsync(run.Frame.WaitUntil);
        return Leave(run, effective, effective);
    }

    private DateTimeOffset Until(StateRun run, System.Text.Json.Nodes.JsonNode? input, Scope scope)
    {
        if (seconds is { } fixedSeconds)
        {
            return run.Now.AddSeconds(fixedSeconds);
        }

        if (timestamp is { } fixedInstant)
        {
            return fixedInstant;
        }

        var path = (secondsPath ?? timestampPath)!;
        var field = secondsPath is null ? "TimestampPath" : "SecondsPath";
        if (!path.TryEvaluate(scope, out var value))
        {
            throw Failures.PathNotFound(field, path.Text, Payload.Text(input));
        }

        if (secondsPath is not null)
        {
            return value.TryWhole(out var whole) && whole is >= 0 and <= LongestSeconds
                ? run.Now.AddSeconds(whole)
                : throw Failures.Runtime(string.Create(CultureInfo.InvariantCulture,
                    $"The SecondsPath '{path.Text}' yields {Payload.Text(value)}, expected a whole number from 0 to {LongestSeconds}."));
        }

        return value.IsString() && Timestamps.TryRead(value!.GetValue<string>(), out var instant)
            ? instant
            : throw Failures.Runtime($"The TimestampPath '{path.Text}' yields {Payload.Text(value)}, "
                + "expected RFC 3339 such as 2026-11-22T06:00:00Z.");
    }
}

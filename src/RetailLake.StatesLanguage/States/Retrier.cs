using RetailLake.StatesLanguage.Definitions;
using RetailLake.StatesLanguage.Errors;

namespace RetailLake.StatesLanguage.States;

internal sealed record Retrier(IReadOnlyList<string> ErrorEquals, long IntervalSeconds, long MaxAttempts, double BackoffRate, long? MaxDelaySeconds, bool FullJitter)
{
    public static IReadOnlyList<Retrier> ReadAll(FieldReader reader)
    {
        var retriers = new List<Retrier>();
        foreach (var (entry, _) in reader.Elements("Retry", required: false))
        {
            entry.Text("Comment");
            var jitter = entry.Text("JitterStrategy");
            if (jitter is not (null or "FULL" or "NONE"))
            {
                entry.Report("Retry", $"Found JitterStrategy '{jitter}', expected FULL or NONE.");
            }

            retriers.Add(new Retrier(
                entry.Texts("ErrorEquals"),
                entry.Whole("IntervalSeconds", 1, 99_999_999) ?? 1,
                entry.Whole("MaxAttempts", 0, 99_999_999) ?? 3,
                entry.Number("BackoffRate", 1, double.MaxValue) ?? 2,
                entry.Whole("MaxDelaySeconds", 1, 31_622_400),
                jitter == "FULL"));
            entry.Close();
        }

        ErrorMatch.Check(reader, "Retry", [.. retriers.Select(retrier => retrier.ErrorEquals)]);
        return retriers;
    }

    public bool Matches(StateFailedException failure) => ErrorMatch.Any(ErrorEquals, failure);

    /// <summary>Full jitter draws between nothing and the delay the backoff asks for.</summary>
    public TimeSpan Delay(int retriesSoFar, Random random)
    {
        var seconds = IntervalSeconds * Math.Pow(BackoffRate, retriesSoFar);
        seconds = Math.Min(seconds, MaxDelaySeconds ?? 99_999_999);
        return TimeSpan.FromSeconds(FullJitter ? seconds * random.NextDouble() : seconds);
    }
}

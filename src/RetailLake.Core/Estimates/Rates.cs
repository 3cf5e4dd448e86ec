using System.Globalization;

namespace RetailLake.Core.Estimates;

/// <summary>List prices in US dollars. They change and differ by region: each can be set, and all are shown.</summary>
/// <param name="Page">Where AWS publishes it.</param>
public sealed record Rate(string Name, decimal Dollars, string Unit, string Page);

public sealed class Rates
{
    private readonly Dictionary<string, Rate> rates;

    private Rates(IEnumerable<Rate> rates) => this.rates = rates.ToDictionary(rate => rate.Name, StringComparer.Ordinal);

    public static Rates Listed { get; } = new(
    [
        new("lambda.gbSecond", 0.0000133334m, "GB-second, arm64", "https://aws.amazon.com/lambda/pricing/"),
        new("lambda.request", 0.0000002m, "invocation", "https://aws.amazon.com/lambda/pricing/"),
        new("states.transition", 0.0000285m, "state transition", "https://aws.amazon.com/step-functions/pricing/"),
        new("s3.gbMonth", 0.025m, "GB-month, Standard", "https://aws.amazon.com/s3/pricing/"),
        new("s3.put", 0.000005m, "PUT, COPY or LIST", "https://aws.amazon.com/s3/pricing/"),
        new("s3.get", 0.0000004m, "GET", "https://aws.amazon.com/s3/pricing/"),
        new("redshift.rpuHour", 0.43m, "RPU-hour", "https://aws.amazon.com/redshift/pricing/"),
        new("redshift.gbMonth", 0.026m, "GB-month", "https://aws.amazon.com/redshift/pricing/"),
        new("logs.gb", 0.67m, "GB of logs", "https://aws.amazon.com/cloudwatch/pricing/"),
        new("cloudtrail.event", 0.000001m, "data event", "https://aws.amazon.com/cloudtrail/pricing/"),
        new("rupee.dollar", 88m, "rupees for a dollar", "https://www.rbi.org.in/"),
    ]);

    public IEnumerable<Rate> All => rates.Values;

    public decimal this[string name] => rates[name].Dollars;

    /// <param name="settings"><c>name=value</c>.</param>
    /// <exception cref="FormatException">No such rate, or no number of at least 0.</exception>
    public Rates With(IEnumerable<string> settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var changed = new Dictionary<string, Rate>(rates, StringComparer.Ordinal);
        foreach (var setting in settings)
        {
            var parts = setting.Split('=', 2);
            if (parts.Length != 2 || !changed.TryGetValue(parts[0], out var rate)
                || !decimal.TryParse(parts[1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var dollars))
            {
                throw new FormatException($"Found the rate '{setting}'; expected name=number with one of {string.Join(", ", rates.Keys)}. Nothing was worked out. Correct --rate.");
            }

            changed[parts[0]] = rate with { Dollars = dollars };
        }

        return new(changed.Values);
    }
}

using System.CommandLine;
using System.Globalization;
using RetailLake.Core.Estimates;
using RetailLake.Core.Warehouse;
using RetailLake.Local.Running;

namespace RetailLake.Cli.Commands;

/// <summary>A month on AWS worked out from measured figures, at one, ten and a thousand times the size, with the limits it comes near.</summary>
internal static class EstimateCommand
{
    private static readonly int[] Scales = [1, 10, 1_000];

    public static Command Create(CommandScope scope)
    {
        var rows = new Option<long>("--rows-per-day") { Description = "Rows that land in a day.", DefaultValueFactory = _ => 4_000_000 };
        var stores = new Option<int>("--stores") { Description = "Stores that send a file a day.", DefaultValueFactory = _ => 50 };
        var feeds = new Option<int>("--feeds") { Description = "Feeds by schedule.", DefaultValueFactory = _ => 15 };
        var runs = new Option<int>("--runs-per-day") { Description = "Executions of each feed in a day.", DefaultValueFactory = _ => 24 };
        var cadence = new Option<int>("--cadence") { Description = "Minutes between loads of POS records.", DefaultValueFactory = _ => 5 };
        var rpu = new Option<int>("--rpu") { Description = "Base capacity of Redshift Serverless.", DefaultValueFactory = _ => 8 };
        var rate = new Option<string[]>("--rate") { Description = "Another price: name=dollars, as often as needed.", DefaultValueFactory = _ => [] };
        foreach (var option in new Option[] { rows, stores, feeds, runs, cadence, rpu })
        {
            option.Validators.Add(result =>
            {
                if (result.Tokens is [var token] && (!long.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value < 1 || (ReferenceEquals(option, cadence) && value > Workload.MinutesOfDay)))
                {
                    result.AddError($"Found '{token.Value}' for {option.Name}; expected a whole number from 1{(ReferenceEquals(option, cadence) ? " to 1440" : "")}.");
                }
            });
        }

        var command = new Command("estimate", "What a month on AWS uses and costs, from measured figures, at 1, 10 and 1,000 times the size.") { rows, stores, feeds, runs, cadence, rpu, rate };
        command.SetAction((parsed, _) => Task.FromResult(Run(
            scope, new(parsed.GetValue(rows), parsed.GetValue(stores), parsed.GetValue(feeds), parsed.GetValue(runs), parsed.GetValue(cadence), parsed.GetValue(rpu)), parsed.GetValue(rate)!,
            scope.HostOptions(parsed), CommandScope.WantsJson(parsed))));
        return command;
    }

    private static int Run(CommandScope scope, Workload workload, string[] settings, HostOptions options, bool json)
    {
        Rates rates;
        try
        {
            rates = Rates.Listed.With(settings);
        }
        catch (FormatException e)
        {
            throw new CommandRefusedException(e.Message, "Nothing was worked out.", "Correct --rate.");
        }

        var resources = TemplateResources.Count(Path.Combine(options.App, "template.yaml"));
        var statements = HostContracts.Load(options.ContractFolders).All.Select(LoadScript.MostStatements).DefaultIfEmpty().Max();
        var estimates = Scales.Select(scale => (Scale: scale, Month: MonthlyEstimate.Of(workload.Times(scale), rates), Limits: ScaleLimits.Of(workload.Times(scale), resources, statements))).ToList();
        if (json)
        {
            scope.Terminal.WriteJson(new
            {
                Rates = rates.All,
                Scales = estimates.Select(estimate => new { estimate.Scale, estimate.Month.Workload, estimate.Month.Lines, estimate.Month.Dollars, Rupees = estimate.Month.Dollars * rates["rupee.dollar"], estimate.Limits }),
            });
            return ExitCode.Ok;
        }

        foreach (var (scale, month, limits) in estimates)
        {
            Show(scope.Terminal, scale, month, limits, rates["rupee.dollar"]);
        }

        scope.Terminal.Line("Figures per row are measured (lake bench pipeline, lake demo). Not measured, since they need the service: seconds of a load in Redshift");
        scope.Terminal.Line($"({Assumed.LoadSeconds} and {Assumed.LoadSecondsPerMillionRows} per million rows), {Assumed.OverheadSeconds} s of each invocation. Prices are list prices and change: --rate name=dollars; --json shows them all with their pages.");
        scope.Terminal.Line("Not in it: queries of people, endpoints and traffic of your network, KMS, keys, support, tax.");
        return ExitCode.Ok;
    }

    private static void Show(Terminal terminal, int scale, MonthlyEstimate month, IReadOnlyList<ScaleLimit> limits, decimal rupees)
    {
        terminal.Line($"{scale:N0} x: {month.Workload.RowsPerDay:N0} rows and {month.Workload.Stores:N0} files a day, {month.Workload.LoadsPerDay:N0} loads");
        var costs = Tables.New(terminal, "service", "a month#", "unit", "$#", "₹#");
        foreach (var line in month.Lines)
        {
            costs.Row(line.Service, ScaleLimits.Shown(line.Quantity), line.Unit, Money(line.Dollars), Money(line.Dollars * rupees));
        }

        costs.Row("all", "", "", Money(month.Dollars), Money(month.Dollars * rupees));
        terminal.Console.Write(costs);
        var nearest = Tables.New(terminal, "limit", "used#", "of#", "unit", "share#", "how it is passed");
        foreach (var limit in limits.Take(5))
        {
            nearest.Row(limit.Name, ScaleLimits.Shown(limit.Used), ScaleLimits.Shown(limit.Limit), limit.Unit, limit.Share.ToString("0.000", CultureInfo.InvariantCulture), limit.Passes);
        }

        terminal.Console.Write(nearest);
        terminal.Line("");
    }

    private static string Money(decimal value) => value.ToString("N2", CultureInfo.InvariantCulture);
}

using System.Globalization;

namespace RetailLake.Bench;

/// <summary>
/// MySQL to Parquet through the functions themselves, against MySqlConnector's bare Read loop over the same columns, round by round in one run.
/// The functions also let the server count and sum, land compressed text, check every rule, and write every object with its SHA-256.
/// The ratio is that of whole slices, each going through its three functions while another is elsewhere, as the Map Run has it; what a step
/// costs is measured beside it, step by step.
/// </summary>
internal static class PipelineBench
{
    private const int SliceRows = 250_000;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var rows = arguments is [var count, ..] ? int.Parse(count, CultureInfo.InvariantCulture) : 1_000_000;
        var rounds = arguments is [_, var wanted, ..] ? int.Parse(wanted, CultureInfo.InvariantCulture) : 5;
        var folder = Directory.CreateTempSubdirectory("bench-pipeline-").FullName;
        try
        {
            await using var server = await BillSource.StartAsync(folder);
            await server.FillAsync(rows, withBills: false);
            var contract = BillSource.LinesContract(SliceRows);
            var meter = new StepMeter(rows);
            var ratios = new List<double>();
            for (var round = 0; round < rounds; round++)
            {
                var home = server.NewHome(Path.Join(folder, $"home{round}"));
                await using var functions = new SliceFunctions(home, contract);
                var whole = await functions.PlanAsync("whole");
                await meter.MeasureAsync("bare", () => server.ReadBareAsync(contract.Parent));
                await meter.MeasureAsync("slices", () => functions.RunAsync(whole, SliceFunctions.Land, SliceFunctions.Validate, SliceFunctions.Transform));
                ratios.Add(meter.LastWall("bare") / meter.LastWall("slices"));
                var plan = await functions.PlanAsync("steps");
                await meter.MeasureAsync("land", () => functions.RunAsync(plan, SliceFunctions.Land));
                await meter.MeasureAsync("validate", () => functions.RunAsync(plan, SliceFunctions.Validate));
                await meter.MeasureAsync("transform", () => functions.RunAsync(plan, SliceFunctions.Transform));
                Directory.Delete(home.Folder, recursive: true);
            }

            Console.WriteLine($"{rows:N0} rows of {BillSource.Lines}, {contract.Parent.Columns.Count} columns, slices of {contract.Extract.SliceRows:N0}, two at a time; {Environment.ProcessorCount} processors shared with the server");
            meter.Report();
            ratios.Sort();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"wall of the bare Read loop / wall of all slices through land, validate and transform: {ratios[ratios.Count / 2]:N2} ({ratios[0]:N2}-{ratios[^1]:N2}); goal 0.40"));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"CPU of the three steps: {(meter.Cpu("land") + meter.Cpu("validate") + meter.Cpu("transform")) * 1e6 / rows:N2} s per million rows"));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}

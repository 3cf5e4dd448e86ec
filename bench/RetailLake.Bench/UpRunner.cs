using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using RetailLake.Local.Home;

namespace RetailLake.Bench;

/// <summary><c>lake up</c> over the demo's contract of bills, in a process of its own.</summary>
internal sealed class UpRunner : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;

    private UpRunner(Process process) => this.process = process;

    public static string Program
    {
        get
        {
            var built = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
            return Path.Join(BillSource.App, "src", "RetailLake.Cli", "bin", built.Parent!.Name, built.Name, "lake");
        }
    }

    public double Megabytes => Status("VmRSS:");

    public double PeakMegabytes => Status("VmHWM:");

    public double CpuSeconds
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime.TotalSeconds;
        }
    }

    /// <param name="app">Made anew: what the application has, but of the contracts only that of bills.</param>
    public static UpRunner Start(LakeHome home, string app, string bootstrap)
    {
        var contract = Path.Join("contracts", "pos", "bill.odcs.yaml");
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Join(app, contract))!);
        File.Copy(Path.Join(BillSource.App, contract), Path.Join(app, contract));
        foreach (var name in new[] { "template.yaml", "statemachines", "stacks" })
        {
            File.CreateSymbolicLink(Path.Join(app, name), Path.Join(BillSource.App, name));
        }

        ProcessStartInfo start = new(Program, ["up", "--app", app, "--home", home.Folder, "--memory", "256MB", "--kafka", bootstrap])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var name in new[] { "LAKE_CONTRACTS", "SECRETS_URI", "KAFKA_CONFIG" })
        {
            start.Environment.Remove(name);
        }

        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new(process);
    }

    /// <summary>Waits until it answers.</summary>
    public async Task IsUpAsync(Func<Task<JsonArray?>> ask)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (await ask() is null)
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException($"Found that 'lake up' ended with {process.ExitCode} before it answered. Nothing was measured. Run it by hand with --home and read its log.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), patience.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    private double Status(string field) => File.ReadLines($"/proc/{process.Id}/status").First(line => line.StartsWith(field, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var kilobytes, ..]
        ? double.Parse(kilobytes, CultureInfo.InvariantCulture) / 1024 : 0;
}

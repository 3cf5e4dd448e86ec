using System.Diagnostics;

namespace RetailLake.Tests.Scenarios;

/// <summary>The real program in a process of its own, over a test's home; it can be killed as a power cut would.</summary>
internal sealed class RunnerProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly Task<string> output;
    private readonly Task<string> errors;

    private RunnerProcess(Process process)
    {
        this.process = process;
        output = process.StandardOutput.ReadToEndAsync();
        errors = process.StandardError.ReadToEndAsync();
    }

    public static RunnerProcess Start(TestLake lake, params string[] arguments)
    {
        if (!File.Exists(Path.Combine(lake.App, "template.yaml")))
        {
            File.CreateSymbolicLink(Path.Combine(lake.App, "template.yaml"), Repository.Path("template.yaml"));
            Directory.CreateSymbolicLink(Path.Combine(lake.App, "statemachines"), Repository.Path("statemachines"));
            Directory.CreateSymbolicLink(Path.Combine(lake.App, "stacks"), Repository.Path("stacks"));
        }

        var start = new ProcessStartInfo(Repository.Lake)
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = lake.App,
        };
        foreach (var argument in arguments.Concat(["--app", lake.App, "--home", lake.Home.Folder, "--memory", "256MB"]))
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Remove("LAKE_CONTRACTS");
        start.Environment.Remove("SECRETS_URI");
        return new(Process.Start(start)!);
    }

    /// <returns>Exit code and everything it said.</returns>
    public async Task<(int Exit, string Said)> EndAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(180));
        await process.WaitForExitAsync(deadline.Token);
        return (process.ExitCode, await output + await errors);
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync();
        }

        process.Dispose();
    }
}

using System.Diagnostics;

namespace RetailLake.Local.Servers;

/// <summary>A short command run to its end; long-lived ones are a <see cref="WatchedProcess"/>.</summary>
internal sealed record Command(string File, IReadOnlyList<string> Arguments)
{
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    public string? WorkingFolder { get; init; }

    public string? Input { get; init; }

    public async Task<CommandResult> RunAsync(CancellationToken cancellationToken)
    {
        using var process = new Process { StartInfo = StartInfo() };
        process.Start();
        using var killed = cancellationToken.Register(() => process.Kill(entireProcessTree: true));
        // Both pipes are drained while the input is written: a full pipe would stop the child for ever.
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.StandardInput.WriteAsync(Input ?? "");
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The command ended before it had read everything; its exit code and its output say why.
            process.StandardInput.Dispose();
        }
        await process.WaitForExitAsync(CancellationToken.None);
        cancellationToken.ThrowIfCancellationRequested();
        return new CommandResult(process.ExitCode, await output, await error);
    }

    private ProcessStartInfo StartInfo()
    {
        var start = new ProcessStartInfo(File, Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = WorkingFolder ?? "",
        };
        foreach (var (name, value) in Environment)
            start.Environment[name] = value;
        return start;
    }
}

internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    public bool Succeeded => ExitCode == 0;

    /// <summary>The end of what the command said, short enough for an error text.</summary>
    public string Tail => Text.Tail(Output + Error);
}

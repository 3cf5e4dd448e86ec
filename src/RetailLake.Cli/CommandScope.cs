using System.CommandLine;
using RetailLake.Local.Home;
using RetailLake.Local.Owner;
using RetailLake.Local.Running;

namespace RetailLake.Cli;

/// <summary>One command's surroundings: its terminal, and the way to the one process that owns the home.</summary>
/// <remarks>
/// Host given → run there (the command was forwarded). Lock free → own the home, run, leave. Lock taken, owner answers → forward.
/// Lock taken, nobody answers → the owner is starting or leaving: try both again for a while, then refuse.
/// </remarks>
internal sealed class CommandScope(Terminal terminal, LakeHost? running, IReadOnlyList<string> arguments)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public Terminal Terminal { get; } = terminal;

    public bool IsForwarded => running is not null;

    public GlobalOptions Options { get; } = new(Environment.GetEnvironmentVariable);

    public static bool WantsJson(ParseResult parsed) => parsed.GetValue<bool>(GlobalOptions.Json);

    public HostOptions HostOptions(ParseResult parsed) => Options.Read(parsed, Terminal);

    public async Task<int> WithHostAsync(ParseResult parsed, HostMode mode, Func<LakeHost, Task<int>> command, CancellationToken cancellationToken)
    {
        if (running is not null)
        {
            await running.EnsureAsync(mode, cancellationToken);
            return await command(running);
        }

        var options = HostOptions(parsed);
        var started = options.Time.GetTimestamp();
        while (true)
        {
            using (var held = HomeLock.TryTake(options.Home))
            {
                if (held is not null)
                {
                    return await OwnAsync(options, mode, command, cancellationToken);
                }
            }

            if (await OwnerClient.TryRunAsync(options.Home, new(arguments, Terminal.Folder, Width), Terminal.Out, Terminal.Error, cancellationToken) is { } exit)
            {
                return exit;
            }

            if (options.Time.GetElapsedTime(started) > Patience)
            {
                throw new HomeInUseException(
                    $"Found '{options.Home.Folder}' owned by another process, which takes no commands.", "Wait for it or end it, or name another folder with --home.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), options.Time, cancellationToken);
        }
    }

    private int Width => Terminal.IsInteractive ? Terminal.Console.Profile.Width : 0;

    private async Task<int> OwnAsync(HostOptions options, HostMode mode, Func<LakeHost, Task<int>> command, CancellationToken cancellationToken)
    {
        await using var host = await LakeHost.OpenAsync(options, mode, cancellationToken);
        host.Drops.Warned += Terminal.Note;
        await using var server = await OwnerServer.StartAsync(options.Home, (request, output, error, stop) =>
            LakeCommandLine.RunAsync(request.Arguments, new(output, error, request.Width, request.Folder), host, stop));
        var exit = await command(host);
        await LetFinishAsync(host, cancellationToken);
        return exit;
    }

    /// <summary>What this process resumed or others started in it would be cut off and cost an attempt if it left now.</summary>
    private async Task LetFinishAsync(LakeHost host, CancellationToken cancellationToken)
    {
        if (!host.IsWorking || cancellationToken.IsCancellationRequested)
        {
            return;
        }

        if (host.Executions.List(new(Status: "RUNNING", Limit: int.MaxValue)) is [_, ..] left)
        {
            Terminal.Note($"Lets {left.Count} running execution(s) finish; Ctrl-C leaves them to the next start.");
        }

        await host.SettleAsync(cancellationToken);
    }
}

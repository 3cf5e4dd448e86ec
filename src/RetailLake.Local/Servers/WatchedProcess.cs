using System.Diagnostics;
using System.Globalization;

namespace RetailLake.Local.Servers;

/// <summary>
/// A server that cannot outlive us. Its parent is a small shell that reads from a pipe we hold open: when we close it, or are
/// killed by any signal, the shell reads the end of file, ends the server with TERM, and with KILL if that took too long.
/// </summary>
internal sealed class WatchedProcess : IAsyncDisposable
{
    // TERM gives the server its clean end; 15 s is what a full buffer pool needs to be written.
    private const string Watcher = """
        trap '' INT HUP
        exec 2>/dev/null
        log=$1; shift
        exec 3<&0
        "$@" 3<&- </dev/null >"$log" 2>&1 &
        child=$!
        echo "$child"
        (
          read -r _ <&3
          kill -TERM "$child"
          n=0
          while kill -0 "$child" && [ "$n" -lt 150 ]; do sleep 0.1; n=$((n + 1)); done
          kill -KILL "$child"
        ) >/dev/null &
        watch=$!
        wait "$child"
        status=$?
        kill "$watch"
        exit "$status"
        """;

    private readonly Process _shell;

    private WatchedProcess(Process shell, int id, string log)
    {
        _shell = shell;
        Id = id;
        Log = log;
        Exited = shell.WaitForExitAsync();
    }

    public int Id { get; }

    public string Log { get; }

    public Task Exited { get; }

    public static async Task<WatchedProcess> StartAsync(Command command, string log)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", Watcher, "lake-watch", log, command.File, .. command.Arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = command.WorkingFolder ?? "",
        };
        foreach (var (name, value) in command.Environment)
            start.Environment[name] = value;
        var shell = new Process { StartInfo = start };
        shell.Start();
        var id = await shell.StandardOutput.ReadLineAsync();
        return new WatchedProcess(shell, int.Parse(id ?? "0", CultureInfo.InvariantCulture), log);
    }

    public string LogTail() => File.Exists(Log) ? Text.Tail(File.ReadAllText(Log)) : "";

    /// <summary>As a power cut would: no signal that the server could answer to.</summary>
    public async Task KillAsync()
    {
        if (!Exited.IsCompleted)
        {
            using var server = Process.GetProcessById(Id);
            server.Kill();
        }
        await Exited;
    }

    public async ValueTask DisposeAsync()
    {
        _shell.StandardInput.Close();
        await Exited;
        _shell.Dispose();
    }
}

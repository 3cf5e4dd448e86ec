using System.Diagnostics;
using System.Text;
using RetailLake.Local.Home;

namespace RetailLake.Tests.Kafka;

/// <summary><c>lake up</c> in a process of its own.</summary>
internal sealed class UpProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly StringBuilder said = new();

    private UpProcess(Process process)
    {
        this.process = process;
        process.ErrorDataReceived += (_, line) =>
        {
            lock (said)
            {
                said.AppendLine(line.Data);
            }
        };
        process.BeginErrorReadLine();
    }

    public bool HasExited => process.HasExited;

    public string Said
    {
        get
        {
            lock (said)
            {
                return said.ToString();
            }
        }
    }

    public static UpProcess Start(string app, LakeHome home, params string[] arguments)
    {
        ProcessStartInfo start = new(StreamLake.Program, ["up", "--app", app, "--home", home.Folder, "--memory", "256MB", .. arguments]) { RedirectStandardError = true, WorkingDirectory = app };
        foreach (var variable in new[] { "LAKE_CONTRACTS", "SECRETS_URI", "KAFKA_BOOTSTRAP" })
        {
            start.Environment.Remove(variable);
        }

        return new(Process.Start(start)!);
    }

    public async Task<string> SaysAsync(string text)
    {
        await StreamLake.UntilAsync(() => Said.Contains(text, StringComparison.Ordinal) || HasExited);
        Said.Should().Contain(text);
        return Said;
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

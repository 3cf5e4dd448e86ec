using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using RetailLake.Local.Home;

namespace RetailLake.Tests.Kafka;

/// <summary><c>lake up</c> in a process of its own.</summary>
internal sealed class UpProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly StringBuilder said = new();

    private readonly string[] home;

    private UpProcess(Process process, string[] home)
    {
        (this.process, this.home) = (process, home);
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
        string[] place = ["--app", app, "--home", home.Folder];
        ProcessStartInfo start = new(Repository.Lake, ["up", .. place, "--memory", "256MB", .. arguments]) { RedirectStandardError = true, WorkingDirectory = app };
        foreach (var variable in new[] { "LAKE_CONTRACTS", "SECRETS_URI", "KAFKA_BOOTSTRAP" })
        {
            start.Environment.Remove(variable);
        }

        return new(Process.Start(start)!, place);
    }

    public async Task<string> SaysAsync(string text)
    {
        await StreamLake.UntilAsync(() => Said.Contains(text, StringComparison.Ordinal) || HasExited);
        Said.Should().Contain(text);
        return Said;
    }

    /// <summary>Asked of the running process; null when there is no such table yet.</summary>
    public JsonNode? Sql(string query)
    {
        using var asked = Process.Start(new ProcessStartInfo(Repository.Lake, ["sql", query, "--json", .. home]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        asked.ErrorDataReceived += (_, _) => { };
        asked.BeginErrorReadLine();
        var answer = asked.StandardOutput.ReadToEnd();
        asked.WaitForExit();
        return asked.ExitCode == 0 ? JsonNode.Parse(answer) : null;
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

using System.Text.Json.Nodes;
using RetailLake.Cli;
using RetailLake.Tests.Local;

namespace RetailLake.Tests.Cli;

/// <summary>Runs command lines as the program would, over a home of the test's own.</summary>
public sealed class CommandRun : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public string Home => Path.Combine(folder.Path, "home");

    public async Task<Answer> RunAsync(params string[] arguments)
    {
        using var stop = new CancellationTokenSource();
        return await RunAsync(stop.Token, arguments);
    }

    public async Task<Answer> RunAsync(CancellationToken stop, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var terminal = new Terminal(TextWriter.Synchronized(output), TextWriter.Synchronized(error), 0, Repository.Root);
        var exit = await LakeCommandLine.RunAsync([.. arguments, "--home", Home], terminal, running: null, stop);
        return new(exit, output.ToString(), error.ToString());
    }

    public void Dispose() => folder.Dispose();
}

public sealed record Answer(int Exit, string Output, string Error)
{
    /// <summary>Standard output holds one JSON value and nothing else.</summary>
    public JsonNode Json => JsonNode.Parse(Output)!;
}

using System.ComponentModel;
using System.Diagnostics;

namespace RetailLake.Tests.Stack;

internal sealed record ToolRun(int ExitCode, string Output)
{
    /// <returns>Null when there is no such tool here.</returns>
    public static async Task<ToolRun?> StartAsync(string tool, params string[] arguments)
    {
        var start = new ProcessStartInfo(tool, arguments) { WorkingDirectory = Repository.Root, RedirectStandardOutput = true, RedirectStandardError = true };

        // A test runner started by the SDK hands its own build on; the evaluation here must begin afresh.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || name is "AwsPackages" or "AllowLocalPublish").ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        try
        {
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync();
            var output = await process.StandardOutput.ReadToEndAsync() + await error;
            await process.WaitForExitAsync();
            return new(process.ExitCode, output);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}

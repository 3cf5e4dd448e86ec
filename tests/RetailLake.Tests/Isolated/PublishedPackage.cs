using System.Diagnostics;
using System.IO.Compression;
using RetailLake.Tests.Local;
using RetailLake.Tests.Stack;

namespace RetailLake.Tests.Isolated;

/// <summary>The function package, published in the local lane on purpose, zipped, and unpacked where nothing else is.</summary>
public sealed class PublishedPackage : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();

    public string Root => Path.Combine(folder.Path, "task");

    public string Lake => Path.Combine(folder.Path, "lake");

    public async ValueTask InitializeAsync()
    {
        var output = Path.Combine(folder.Path, "publish");
        var run = await ToolRun.StartAsync(
            "dotnet", "publish", Repository.Path("src", "RetailLake.Functions"), "-c", Repository.Configuration, "--no-build", "-o", output, "-v:quiet", "-nologo", "-p:AwsPackages=local", "-p:AllowLocalPublish=true");
        run!.ExitCode.Should().Be(0, run.Output);
        await ZipFile.CreateFromDirectoryAsync(output, Path.Combine(folder.Path, "function.zip"));
        Directory.Delete(output, recursive: true);
        await ZipFile.ExtractToDirectoryAsync(Path.Combine(folder.Path, "function.zip"), Root);
    }

    public Process Start(string handler, string api)
    {
        var start = new ProcessStartInfo(Repository.Lake, "function-process") { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = Root };
        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["AWS_LAMBDA_RUNTIME_API"] = api, ["_HANDLER"] = handler, ["LAMBDA_TASK_ROOT"] = Root, ["AWS_LAMBDA_FUNCTION_NAME"] = "test", ["AWS_REGION"] = "ap-south-1",
            ["LAKE_URI"] = new Uri(Lake).AbsoluteUri, ["WAREHOUSE_URI"] = "redshift-data://none/lake", ["SECRETS_URI"] = "env://", ["CATALOG_URI"] = "glue://none",
        })
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }
}

using System.Diagnostics;
using System.Text.Json;
using RetailLake.Tests.Stack;

namespace RetailLake.Tests.Isolated;

/// <summary>A function's zip starts in a process of its own and answers through the Lambda Runtime API.</summary>
public sealed class PublishedFunctionTests(PublishedPackage package) : IClassFixture<PublishedPackage>
{
    private static readonly string Handler = LambdaMethod.All.Single(method => method.Method == "LandPosEvents").Handler;

    [Fact]
    public async Task Package_AnswersEventsOneAfterTheOther()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await using var api = await RuntimeApiEmulator.StartAsync(TimeProvider.System);
        using var process = package.Start(Handler, api.Address);
        try
        {
            var landed = await api.InvokeAsync("r-1", Repository.Read("events", "LandPosEvents", "two-partitions.json"), patience.Token);
            var refused = await api.InvokeAsync("r-2", "{}", patience.Token);
            var again = await api.InvokeAsync("r-3", Repository.Read("events", "LandPosEvents", "self-managed.json"), patience.Token);

            landed.Should().BeEquivalentTo(new { Kind = "response", RequestId = "r-1" }, landed.Body);
            JsonElement.Parse(landed.Body).GetProperty("batchItemFailures").GetArrayLength().Should().Be(0);
            Directory.GetFiles(Path.Combine(package.Lake, "landing", "pos", "bill"), "*", SearchOption.AllDirectories).Should().HaveCount(3, "two partitions, and one more of the third event");
            refused.Should().BeEquivalentTo(new { Kind = "error", RequestId = "r-2", ErrorType = "NotSupportedByLakeException" }, refused.Body);
            JsonElement.Parse(refused.Body).GetProperty("errorMessage").GetString().Should().StartWith("Found no 'records'");
            again.Kind.Should().Be("response", "an error of one event is not the end of the process");
            Modules(process).Should().Contain(Path.Combine(package.Root, "RetailLake.Functions.dll")).And.Contain(Path.Combine(package.Root, "AwsCompat.dll"));
        }
        finally
        {
            process.Kill();
        }
    }

    [Theory]
    [InlineData("RetailLake.Functions::RetailLake.Functions.NoSuchFunction_NoSuch_Generated::NoSuch", "TemplateRefusedException")]
    public async Task HandlerThatIsNotThere_IsAnInitError(string handler, string error)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await using var api = await RuntimeApiEmulator.StartAsync(TimeProvider.System);
        using var process = package.Start(handler, api.Address);

        var answer = await api.AnswerAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);

        answer.Should().BeEquivalentTo(new { Kind = "init", ErrorType = error }, answer.Body);
        process.ExitCode.Should().Be(1);
    }

    /// <summary>What the process has mapped: proof that the package's assemblies run, and not those beside the host.</summary>
    private static IEnumerable<string> Modules(Process process) => OperatingSystem.IsLinux()
        ? File.ReadLines($"/proc/{process.Id}/maps").Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^1]).Distinct()
        : process.Modules.Cast<ProcessModule>().Select(module => module.FileName);
}

using RetailLake.Core.Errors;
using RetailLake.Functions.Hosting;
using RetailLake.Local.Invocation;
using RetailLake.Local.Templates;

namespace RetailLake.Tests.Local;

public sealed class DeadlineTests
{
    /// <summary>Their batches say themselves what is to come again, and a sweep is no reason for a feed not to start.</summary>
    private static readonly string[] ThatEndInTime = ["DispatchDropFunction", "LandPosEventsFunction", "StartIngestFunction"];

    [Fact]
    public async Task TimeThatIsOver_HasAName()
    {
        var work = () => Context(TimeSpan.FromSeconds(3)).WithinTimeAsync(async deadline =>
        {
            await Task.Delay(Timeout.Infinite, deadline);
            return 0;
        });

        (await work.Should().ThrowAsync<DeadlinePassedException>()).Which.Message.Should().ContainAll("'Work'", "Timeout", "redrive");
    }

    [Fact]
    public async Task CancellationOfAnother_KeepsItsName()
    {
        var work = () => Context(TimeSpan.FromMinutes(1)).WithinTimeAsync<int>(_ => throw new OperationCanceledException());

        await work.Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public void EveryFunctionThatIsCancelled_SaysSoByName() =>
        Directory.GetFiles(Repository.Path("src", "RetailLake.Functions"), "*Function.cs")
            .Where(file => File.ReadAllText(file).Contains("context.Deadline(", StringComparison.Ordinal))
            .Select(Path.GetFileNameWithoutExtension).Should().BeEquivalentTo(ThatEndInTime);

    private static InvocationContext Context(TimeSpan timeout) => new(
        new LocalFunction("Work", "Work", "", "", 128, timeout, new Dictionary<string, string>(), ""), "r", new FunctionLogger("Work", "r", _ => { }), TimeProvider.System);
}

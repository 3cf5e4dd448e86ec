using RetailLake.Core.Runs;

namespace RetailLake.Tests.Drops.Chain;

/// <summary>Remembers what was started; executions run until the test ends them.</summary>
internal sealed class RecordingMachines : IStateMachines
{
    private readonly Lock gate = new();
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private readonly HashSet<string> running = new(StringComparer.Ordinal);

    public int MostAtOnce { get; private set; }

    /// <summary>Done after each look at the running executions, before its answer is used.</summary>
    public Func<Task> AfterLook { get; set; } = () => Task.CompletedTask;

    public IReadOnlyCollection<string> Started
    {
        get
        {
            lock (gate)
            {
                return [.. names];
            }
        }
    }

    public Task<bool> StartAsync(string source, string name, string input, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var isNew = names.Add($"{source}/{name}");
            if (isNew)
            {
                running.Add($"{source}/{name}");
                MostAtOnce = Math.Max(MostAtOnce, running.GroupBy(execution => execution.Split('-')[0]).Max(feed => feed.Count()));
            }

            return Task.FromResult(isNew);
        }
    }

    public async Task<IReadOnlyList<string>> RunningAsync(string source, CancellationToken cancellationToken)
    {
        List<string> seen;
        lock (gate)
        {
            seen = [.. running.Where(name => name.StartsWith($"{source}/", StringComparison.Ordinal)).Select(name => name[(source.Length + 1)..])];
        }

        await AfterLook();
        return seen;
    }

    public Task<IReadOnlyList<string>> RunningExecutionsAsync(string stateMachine, CancellationToken cancellationToken) => RunningAsync(stateMachine.Split(':')[^1], cancellationToken);

    public void EndAll()
    {
        lock (gate)
        {
            running.Clear();
        }
    }

    public Task<bool> SendTaskSuccessAsync(string taskToken, string output, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> SendTaskFailureAsync(string taskToken, string error, string cause, CancellationToken cancellationToken) => throw new NotSupportedException();
}

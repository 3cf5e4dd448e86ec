using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using RetailLake.Core.Contracts;
using RetailLake.Core.Lake;
using RetailLake.Core.Runs;
using RetailLake.Local.Home;
using RetailLake.Local.Invocation;
using RetailLake.Local.Running;
using RetailLake.Local.Templates;

namespace RetailLake.Tests.Ftp;

/// <summary>Functions and pull machines of the repository's templates, for contracts that are given.</summary>
internal sealed class PullHost : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("lake-pulls-").FullName;
    private readonly JumpingTime time = new();

    public PullHost(object secret, params Contract[] contracts)
    {
        var home = new LakeHome(Path.Combine(folder, "home")).Create();
        SecretsFile.Set(home, [KeyValuePair.Create<string, JsonNode?>(PullFeeds.Secret, JsonSerializer.SerializeToNode(secret, JsonSerializerOptions.Web))]);
        var options = new HostOptions { App = Repository.Root, Home = home, ContractFolders = [], Time = time };
        var catalog = new ContractCatalog(contracts);
        Application = SourceMachines.Complete(Repository.Root, TemplateReader.Read(Repository.Path("template.yaml"), HostSettings.Names), catalog);
        Lake = new FileSystemLake(HostSettings.LakeUri(home));
        Functions = new(Application.Functions, Override, 4, time, Log.Add);
        Executions = new(Application.StateMachines, options, Functions, Lake, (_, _) => Task.CompletedTask, Log.Add);

        void Override(LocalFunction function, IServiceCollection services)
        {
            services.AddSingleton<TimeProvider>(time);
            services.AddSingleton(HostSettings.For(function, options));
            services.AddSingleton(catalog);
            services.AddSingleton<IStateMachines>(new LocalStateMachines(new(() => Executions!)));
        }
    }

    public LocalApplication Application { get; }

    public FileSystemLake Lake { get; }

    public FunctionHost Functions { get; }

    public Executions Executions { get; }

    public List<string> Log { get; } = [];

    /// <returns>The states that the execution went through.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(string machine, string name)
    {
        var over = await EndAsync(machine, name);
        over.Status.Should().Be("SUCCEEDED", "{0}\n{1}", over.Cause, string.Join('\n', Log));
        return StatesOf(over);
    }

    public async Task<ExecutionLine> EndAsync(string machine, string name) => await Executions.WaitAsync(await Executions.StartAsync(machine, name, "{}"), default);

    public IReadOnlyList<string> StatesOf(ExecutionLine execution) => [.. Executions.Show(execution.Arn).States.Select(visit => visit.State)];

    public async ValueTask DisposeAsync()
    {
        await Executions.DisposeAsync();
        await Functions.DisposeAsync();
        await Failures.Folders.DeleteAsync(folder);
    }

    /// <summary>The system's clock, which jumps over the minute in which files settle.</summary>
    private sealed class JumpingTime : TimeProvider
    {
        private static readonly TimeSpan Settling = TimeSpan.FromSeconds(61);

        private long jumped;

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref jumped));

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (period != Timeout.InfiniteTimeSpan || dueTime < TimeSpan.FromSeconds(50) || dueTime > Settling)
            {
                return System.CreateTimer(callback, state, dueTime, period);
            }

            Interlocked.Add(ref jumped, dueTime.Ticks);
            return System.CreateTimer(callback, state, TimeSpan.FromMilliseconds(5), period);
        }
    }
}

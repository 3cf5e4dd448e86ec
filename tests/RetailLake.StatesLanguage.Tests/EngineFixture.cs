using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;

namespace RetailLake.StatesLanguage.Tests;

/// <summary>An engine over a folder of its own, fake time, and functions that are C# lambdas.</summary>
public class EngineFixture : ILambdaFunctions, IStatesObjectStore, IAsyncDisposable
{
    public const string Machine = "arn:aws:states:eu-west-1:123456789012:stateMachine:m";
    private readonly ConcurrentDictionary<string, Func<JsonNode?, TaskInvocation, CancellationToken, Task<JsonNode?>>> functions = new();

    public EngineFixture(string? folder = null)
    {
        Folder = folder ?? Path.Combine(Path.GetTempPath(), "states-" + Guid.NewGuid().ToString("n"));
        Engine = NewEngine();
    }

    public string Folder { get; }

    public FakeTimeProvider Time { get; init; } = new(new DateTimeOffset(2026, 11, 22, 6, 0, 0, TimeSpan.Zero));

    public StatesEngine Engine { get; private set; }

    /// <summary>Of the engine that is started next.</summary>
    public int MostSucceeded { get; set; } = 1_000;

    public ConcurrentDictionary<string, byte[]> Objects { get; } = new();

    public ConcurrentQueue<TaskInvocation> Invocations { get; } = new();

    public ConcurrentQueue<Exception> Faults { get; } = new();

    /// <summary>How long each timer was to run that the engine has set; what it waits for stands in the journal by then.</summary>
    public ConcurrentQueue<TimeSpan> Timers { get; } = new();

    public EngineFixture On(string name, Func<JsonNode?, JsonNode?> function) => On(name, (payload, _, _) => Task.FromResult(function(payload)));

    public EngineFixture On(string name, Func<JsonNode?, TaskInvocation, CancellationToken, Task<JsonNode?>> function)
    {
        functions[name] = function;
        return this;
    }

    /// <summary>Fails with the errors in turn, then succeeds with its input.</summary>
    public EngineFixture Failing(string name, params string[] errors)
    {
        var left = new ConcurrentQueue<string>(errors);
        return On(name, payload => left.TryDequeue(out var error) ? throw new TaskFailedException(error, "told to") : payload?.DeepClone());
    }

    public int Calls(string name) => Invocations.Count(call => call.StateName == name);

    public Task<JsonNode?> InvokeAsync(string functionName, JsonNode? payload, TaskInvocation invocation, CancellationToken cancellationToken)
    {
        Invocations.Enqueue(invocation);
        return functions[functionName](payload, invocation, cancellationToken);
    }

    public Task<Stream?> OpenReadAsync(string bucket, string key, CancellationToken cancellationToken) =>
        Task.FromResult<Stream?>(Objects.TryGetValue($"{bucket}/{key}", out var bytes) ? new MemoryStream(bytes) : null);

    public Task WriteAsync(string bucket, string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        Objects[$"{bucket}/{key}"] = content.ToArray();
        return Task.CompletedTask;
    }

    public string Register(string states) => Engine.Register("m", Machine, states.TrimStart().StartsWith('{') ? states : Definition(states)).Arn;

    /// <summary>The body of States; the first one starts.</summary>
    public static string Definition(string states)
    {
        var parsed = JsonNode.Parse($"{{{states}}}")!.AsObject();
        return $$"""{"StartAt":"{{parsed.First().Key}}","States":{{parsed.ToJsonString()}}}""";
    }

    public static string Invoke(string function, string more = "\"End\":true") =>
        $$"""{"Type":"Task","Resource":"arn:aws:lambda:eu-west-1:123456789012:function:{{function}}",{{more}}}""";

    public async Task<ExecutionDescription> RunAsync(string states, string input = "{}", string? name = null)
    {
        Register(states);
        return await FinishAsync((await Engine.StartAsync(Machine, name, input)).ExecutionArn);
    }

    /// <summary>Lets fake time pass until the execution has ended.</summary>
    public async Task<ExecutionDescription> FinishAsync(string arn, double stepSeconds = 1)
    {
        var ended = Engine.WaitAsync(arn);
        var started = System.Diagnostics.Stopwatch.StartNew();
        for (var turn = 0; !ended.IsCompleted; turn++)
        {
            if (started.Elapsed > TimeSpan.FromSeconds(20))
            {
                throw new TimeoutException("The execution does not end: " + string.Join(' ', Types(arn)));
            }

            await Task.WhenAny(ended, Task.Delay(turn < 5 ? 1 : 2));
            if (!ended.IsCompleted && turn >= 2)
            {
                Time.Advance(TimeSpan.FromSeconds(stepSeconds));
            }
        }

        return await ended;
    }

    public async Task<ExecutionDescription> RedriveAsync(string arn)
    {
        await Engine.RedriveAsync(arn);
        return await FinishAsync(arn);
    }

    /// <summary>Real time may pass; fake time does not.</summary>
    public static async Task UntilAsync(Func<bool> condition)
    {
        for (var turn = 0; !condition(); turn++)
        {
            if (turn > 5000)
            {
                throw new TimeoutException("The condition does not come true.");
            }

            await Task.Delay(1);
        }
    }

    public IEnumerable<string> Types(string arn) => Engine.GetHistory(arn).Select(happened => happened.Type);

    /// <summary>A new engine over the same folder, as after the death of the process.</summary>
    public async Task RestartAsync()
    {
        await Engine.DisposeAsync();
        Engine = NewEngine();
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }

        GC.SuppressFinalize(this);
    }

    private StatesEngine NewEngine() => new(new StatesEngineOptions
    {
        Folder = Folder,
        Integrations = [new LambdaTasks(new ByShortName(this)), new OtherService(this)],
        Objects = this,
        Time = new Forward(this),
        Random = new Random(7),
        MostSucceeded = MostSucceeded,
        OnFault = Faults.Enqueue,
    });

    // Time is set by an initializer after the engine is built, so it is asked for late.
    private sealed class Forward(EngineFixture fixture) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => fixture.Time.GetUtcNow();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = fixture.Time.CreateTimer(callback, state, dueTime, period);
            fixture.Timers.Enqueue(dueTime);
            return timer;
        }
    }

    private sealed class ByShortName(EngineFixture fixture) : ILambdaFunctions
    {
        public Task<JsonNode?> InvokeAsync(string functionName, JsonNode? payload, TaskInvocation invocation, CancellationToken cancellationToken) =>
            fixture.InvokeAsync(functionName.Split(':')[^1], payload, invocation, cancellationToken);
    }

    private sealed class OtherService(EngineFixture fixture) : ITaskIntegration
    {
        public bool Handles(string resource) => resource is "arn:aws:states:::sns:publish" or "arn:aws:states:::sns:publish.waitForTaskToken";

        public Task<JsonNode?> InvokeAsync(TaskInvocation invocation, CancellationToken cancellationToken) =>
            fixture.InvokeAsync("sns", invocation.Parameters, invocation, cancellationToken);
    }
}

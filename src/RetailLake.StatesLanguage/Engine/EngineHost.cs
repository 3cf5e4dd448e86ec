using System.Collections.Concurrent;
using RetailLake.StatesLanguage.Definitions;
using RetailLake.StatesLanguage.Journal;
using RetailLake.StatesLanguage.Running;
using RetailLake.StatesLanguage.Values;

namespace RetailLake.StatesLanguage;

/// <summary>What all executions of an engine share: the folder, the index, what is live, open tokens.</summary>
internal sealed class EngineHost : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, ExecutionRun> live = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Machine> machines = new(StringComparer.Ordinal);
    private readonly StatusFeed feed;
    private readonly FileStream folderLock;

    public EngineHost(StatesEngineOptions options, Action<ExecutionStatusChange> statusChanged)
    {
        Options = options with { Random = new LockedRandom(options.Random) };
        feed = new StatusFeed(statusChanged, options.OnFault);
        Folder = new JournalFolder(options.Folder);
        folderLock = Folder.Lock();
        Index = new ExecutionIndex(Folder);
        Retention = new Retention(this);
    }

    public StatesEngineOptions Options { get; }

    public JournalFolder Folder { get; }

    public ExecutionIndex Index { get; }

    public Retention Retention { get; }

    public OpenTokens Tokens { get; } = new();

    /// <summary>Serialises starts and redrives: of two at once, one wins.</summary>
    public Lock Starting { get; } = new();

    public bool Stopping { get; private set; }

    public int LiveCount => live.Count;

    public ExecutionRun? Live(string arn) => live.GetValueOrDefault(arn);

    public Machine MachineOf(string sha) => machines.GetOrAdd(sha, name => DefinitionParser.Parse(name, Folder.ReadDefinition(name), Options.Integrations));

    public ExecutionRun Start(ExecutionHeader header)
    {
        ObjectDisposedException.ThrowIf(Stopping, this);
        var machine = MachineOf(header.DefinitionSha256);
        var state = new ExecutionState(header, machine.StartAt);

        // The index goes first: an entry without a journal is dropped, a journal without an entry would have to be looked for.
        Index.Write(state.Summary());
        var run = new ExecutionRun(this, state, JournalFile.Create(Folder.JournalOf(header.Arn)));
        run.Commit(state.Root, RecordKind.Started, "ExecutionStarted", new()
        {
            ["input"] = header.Input,
            ["inputDetails"] = States.TaskEvents.Whole(),
            ["roleArn"] = header.RoleArn,
        }, record => record with { Header = header });
        Show(run);
        run.Run(machine);
        return run;
    }

    /// <summary>Null when the journal holds no record, so the start was never acknowledged.</summary>
    public (ExecutionState State, long GoodBytes)? Load(string arn) => LoadFile(Folder.JournalOf(arn));

    public (ExecutionState State, long GoodBytes)? LoadFile(string file)
    {
        if (!File.Exists(file))
        {
            return null;
        }

        var (records, goodBytes) = RecordLine.ReadAll(file, JournalFormat.Json.JournalRecord);
        if (records.Count == 0)
        {
            File.Delete(file);
            return null;
        }

        var header = records[0].Header!;
        var state = new ExecutionState(header, MachineOf(header.DefinitionSha256).StartAt);
        foreach (var record in records)
        {
            FrameReducer.Apply(state, record);
        }

        return (state, goodBytes);
    }

    public ExecutionRun Resume(ExecutionState state, long goodBytes)
    {
        ObjectDisposedException.ThrowIf(Stopping, this);
        var run = new ExecutionRun(this, state, JournalFile.Reopen(Folder.JournalOf(state.Header.Arn), goodBytes));
        live[state.Header.Arn] = run;
        run.Run(MachineOf(state.Header.DefinitionSha256));
        return run;
    }

    public ExecutionRun Redrive(ExecutionState state, long goodBytes)
    {
        ObjectDisposedException.ThrowIf(Stopping, this);
        var run = new ExecutionRun(this, state, JournalFile.Reopen(Folder.JournalOf(state.Header.Arn), goodBytes));
        Index.Write(state.Summary() with { Status = ExecutionStatus.Running, StopDate = null });
        run.Commit(state.Root, RecordKind.Redriven, "ExecutionRedriven", new() { ["redriveCount"] = state.RedriveCount + 1 }, null);
        Index.Write(state.Summary());
        Show(run);
        run.Run(MachineOf(state.Header.DefinitionSha256));
        return run;
    }

    /// <summary>Children go with their parent, before the parent can be redriven.</summary>
    public void Ended(ExecutionRun run)
    {
        lock (Starting)
        {
            foreach (var child in live.Values.Where(child => child.State.Header.ParentArn == run.State.Header.Arn))
            {
                child.Close(ExecutionStatus.Aborted, null, null, null);
            }
        }

        Index.Put(run.State.Summary());
        live.TryRemove(KeyValuePair.Create(run.State.Header.Arn, run));
        Raise(run.State);
        if (run.State.Header.ParentArn is null)
        {
            Retention.Ended();
        }
    }

    /// <summary>Ends an execution that no process will continue.</summary>
    public void Abandon(ExecutionState state, long goodBytes, ExecutionStatus status, string? error, string? cause)
    {
        using var run = new ExecutionRun(this, state, JournalFile.Reopen(Folder.JournalOf(state.Header.Arn), goodBytes));
        run.Close(status, null, error, cause);
    }

    public void Left(ExecutionRun run) => live.TryRemove(KeyValuePair.Create(run.State.Header.Arn, run));

    public async ValueTask DisposeAsync()
    {
        lock (Starting)
        {
            Stopping = true;
            foreach (var run in live.Values)
            {
                run.Suspend();
            }
        }

        Index.Dispose();
        await folderLock.DisposeAsync();
        await feed.DisposeAsync();
    }

    /// <summary>Who sees it running can read its journal and wait for its end; and no end can come before it is seen.</summary>
    private void Show(ExecutionRun run)
    {
        live[run.State.Header.Arn] = run;
        Index.Show(run.State.Summary());
        Raise(run.State);
    }

    private void Raise(ExecutionState state) =>
        feed.Add(new ExecutionStatusChange(state.Summary(), state.Header.Input, state.Output, state.Cause));
}

using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace RetailLake.StatesLanguage.Journal;

/// <summary>
/// The newest summary of each execution and Map Run, in memory for listing and in a log of its own.
/// It may lag behind a journal by one record; <see cref="EngineHost"/> corrects it from the journals of what it says is running.
/// </summary>
internal sealed class ExecutionIndex : IDisposable
{
    /// <summary>More than two lines for each summary, and so many: then the log is written anew.</summary>
    private const int Slack = 1_000;

    private readonly ConcurrentDictionary<string, ExecutionSummary> roots = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ExecutionSummary> children = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, MapRunSummary> mapRuns = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ImmutableList<string>> mapRunsOf = new(StringComparer.Ordinal);
    private readonly Lock writing = new();
    private readonly string path;
    private JournalFile file;
    private int lines;
    private bool closed;

    public ExecutionIndex(JournalFolder folder)
    {
        path = folder.IndexFile;
        if (File.Exists(path))
        {
            var (entries, goodBytes) = RecordLine.ReadAll(path, JournalFormat.Json.IndexEntry);
            entries.ForEach(Remember);
            (file, lines) = (JournalFile.Reopen(path, goodBytes), entries.Count);
            CompactIfLong();
        }
        else
        {
            file = JournalFile.Create(path);
        }
    }

    /// <summary>Executions that no Map Run started.</summary>
    public IEnumerable<ExecutionSummary> Roots => roots.Select(entry => entry.Value);

    public IEnumerable<ExecutionSummary> Executions => Roots.Concat(children.Select(entry => entry.Value));

    public IEnumerable<MapRunSummary> MapRuns => mapRuns.Select(entry => entry.Value);

    public ExecutionSummary? Execution(string arn) => roots.GetValueOrDefault(arn) ?? children.GetValueOrDefault(arn);

    public MapRunSummary? MapRun(string arn) => mapRuns.GetValueOrDefault(arn);

    public IEnumerable<MapRunSummary> MapRunsOf(string executionArn) =>
        mapRunsOf.GetValueOrDefault(executionArn, []).Select(arn => mapRuns.GetValueOrDefault(arn)).OfType<MapRunSummary>();

    public IEnumerable<ExecutionSummary> ChildrenOf(MapRunSummary mapRun) =>
        Enumerable.Range(0, mapRun.ItemCount).Select(index => children.GetValueOrDefault(MapRunPlan.ChildArn(mapRun.MapRunArn, index))).OfType<ExecutionSummary>();

    public void Put(ExecutionSummary summary) => Put(new IndexEntry { Execution = summary });

    /// <summary>For the next process; this one sees it with <see cref="Show"/>.</summary>
    public void Write(ExecutionSummary summary) => Append(new IndexEntry { Execution = summary });

    public void Show(ExecutionSummary summary) => Remember(new IndexEntry { Execution = summary });

    public void Put(MapRunSummary summary) => Put(new IndexEntry { MapRun = summary });

    /// <summary>A start that never reached its journal was never acknowledged.</summary>
    public void Drop(string executionArn)
    {
        roots.TryRemove(executionArn, out _);
        children.TryRemove(executionArn, out _);
    }

    /// <summary>The execution, its Map Runs and their children are known no more. No start or redrive may be between <see cref="Write"/> and <see cref="Show"/>.</summary>
    public void Forget(string executionArn)
    {
        lock (writing)
        {
            Append(new IndexEntry { Forgotten = executionArn });
            Lose(executionArn);
            CompactIfLong();
        }
    }

    public void Dispose()
    {
        lock (writing)
        {
            closed = true;
            file.Dispose();
        }
    }

    private void Put(IndexEntry entry)
    {
        lock (writing)
        {
            Append(entry);
            Remember(entry);
        }
    }

    private void Append(IndexEntry entry)
    {
        var line = RecordLine.Write(entry, JournalFormat.Json.IndexEntry);
        lock (writing)
        {
            // An execution may end while the engine is shut down; its journal knows, and the next start looks there.
            if (!closed)
            {
                file.Append(line);
                lines++;
            }
        }
    }

    private void Remember(IndexEntry entry)
    {
        if (entry.Execution is { } execution)
        {
            (execution.MapRunArn is null ? roots : children)[execution.ExecutionArn] = execution;
        }

        if (entry.MapRun is { } mapRun)
        {
            mapRuns[mapRun.MapRunArn] = mapRun;
            mapRunsOf.AddOrUpdate(mapRun.ExecutionArn, [mapRun.MapRunArn], (_, known) => known.Contains(mapRun.MapRunArn) ? known : known.Add(mapRun.MapRunArn));
        }

        if (entry.Forgotten is { } forgotten)
        {
            Lose(forgotten);
        }
    }

    private void Lose(string executionArn)
    {
        foreach (var mapRun in MapRunsOf(executionArn).ToList())
        {
            foreach (var child in ChildrenOf(mapRun).ToList())
            {
                Lose(child.ExecutionArn);
            }

            mapRuns.TryRemove(mapRun.MapRunArn, out _);
        }

        mapRunsOf.TryRemove(executionArn, out _);
        Drop(executionArn);
    }

    private void CompactIfLong()
    {
        if (closed || lines <= (2 * (roots.Count + children.Count + mapRuns.Count)) + Slack)
        {
            return;
        }

        var (before, after) = (file, Draft(path + ".tmp", out lines));
        file = after;
        before.Dispose();
    }

    /// <summary>The log as it would be had each summary been written once; under its name when it is whole. Until then the old one holds.</summary>
    private JournalFile Draft(string draft, out int written)
    {
        File.Delete(draft);
        var log = JournalFile.Create(draft);
        try
        {
            written = 0;
            foreach (var entry in Executions.Select(summary => new IndexEntry { Execution = summary }).Concat(MapRuns.Select(summary => new IndexEntry { MapRun = summary })))
            {
                log.Append(RecordLine.Write(entry, JournalFormat.Json.IndexEntry));
                written++;
            }

            File.Move(draft, path, overwrite: true);
            return log;
        }
        catch
        {
            log.Dispose();
            throw;
        }
    }
}

using System.Collections.Concurrent;

namespace RetailLake.StatesLanguage.Journal;

/// <summary>
/// The newest summary of each execution and Map Run, in memory for listing and in a log of its own.
/// It may lag behind a journal by one record; <see cref="EngineHost"/> corrects it from the journals of what it says is running.
/// </summary>
internal sealed class ExecutionIndex : IDisposable
{
    private readonly ConcurrentDictionary<string, ExecutionSummary> executions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, MapRunSummary> mapRuns = new(StringComparer.Ordinal);
    private readonly Lock writing = new();
    private readonly JournalFile file;
    private bool closed;

    public ExecutionIndex(JournalFolder folder)
    {
        var path = folder.IndexFile;
        var lines = 0;
        if (File.Exists(path))
        {
            foreach (var entry in RecordLine.ReadAll(path, JournalFormat.Json.IndexEntry).Records)
            {
                lines++;
                Remember(entry);
            }
        }

        if (!File.Exists(path) || lines > 2 * (executions.Count + mapRuns.Count) + 1000)
        {
            Compact(path);
        }

        file = JournalFile.Reopen(path, RecordLine.ReadAll(path, JournalFormat.Json.IndexEntry).GoodBytes);
    }

    public IEnumerable<ExecutionSummary> Executions => executions.Values;

    public IEnumerable<MapRunSummary> MapRuns => mapRuns.Values;

    public ExecutionSummary? Execution(string arn) => executions.GetValueOrDefault(arn);

    public MapRunSummary? MapRun(string arn) => mapRuns.GetValueOrDefault(arn);

    public void Put(ExecutionSummary summary) => Put(new IndexEntry { Execution = summary });

    /// <summary>For the next process; this one sees it with <see cref="Show"/>.</summary>
    public void Write(ExecutionSummary summary) => Append(new IndexEntry { Execution = summary });

    public void Show(ExecutionSummary summary) => Remember(new IndexEntry { Execution = summary });

    public void Put(MapRunSummary summary) => Put(new IndexEntry { MapRun = summary });

    /// <summary>A start that never reached its journal was never acknowledged.</summary>
    public void Drop(string executionArn) => executions.TryRemove(executionArn, out _);

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
            }
        }
    }

    private void Remember(IndexEntry entry)
    {
        if (entry.Execution is { } execution)
        {
            executions[execution.ExecutionArn] = execution;
        }

        if (entry.MapRun is { } mapRun)
        {
            mapRuns[mapRun.MapRunArn] = mapRun;
        }
    }

    private void Compact(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var draft = path + ".tmp";
        using (var stream = File.Create(draft))
        {
            var newest = executions.Values.Select(summary => new IndexEntry { Execution = summary });
            foreach (var entry in newest.Concat(mapRuns.Values.Select(summary => new IndexEntry { MapRun = summary })))
            {
                stream.Write(RecordLine.Write(entry, JournalFormat.Json.IndexEntry));
            }
        }

        File.Move(draft, path, overwrite: true);
    }
}

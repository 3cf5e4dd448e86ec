using System.Text.Json.Nodes;
using RetailLake.StatesLanguage.Errors;
using RetailLake.StatesLanguage.Values;

namespace RetailLake.StatesLanguage.Running;

internal enum FrameStatus
{
    Running,
    Succeeded,
    Failed,
}

/// <summary>
/// Where one thread of an execution stands: the execution itself, an iteration of an inline Map or a branch of a Parallel.
/// Only <see cref="FrameReducer"/> changes it, from journal records, so a restart sees what the running engine saw.
/// </summary>
internal sealed class Frame(string path, Frame? parent, string startAt, string input) : IVariables
{
    public string Path { get; } = path;

    public Frame? Parent { get; } = parent;

    public FrameStatus Status { get; set; }

    public long LastEventId { get; set; }

    public string StateName { get; set; } = startAt;

    public bool Entered { get; set; }

    /// <summary>A Fail state is entered again on redrive, so the frame remembers that it is in one.</summary>
    public bool InFail { get; set; }

    public DateTimeOffset EnteredAt { get; set; }

    public long EnteredEventId { get; set; }

    public string InputText { get; set; } = input;

    public JsonNode? Input { get; set; } = Payload.Parse(input);

    /// <summary>The last state was left: nothing but reporting the output remains.</summary>
    public bool Finished { get; set; }

    public string? OutputText { get; set; }

    public JsonObject Variables { get; set; } = [];

    public int? ItemIndex { get; init; }

    public JsonNode? Item { get; init; }

    // What follows belongs to the current state and is forgotten when it is left.
    public StateFailedException? Failure { get; set; }

    public bool HasResult { get; set; }

    public JsonNode? Result { get; set; }

    public DateTimeOffset? RetryDue { get; set; }

    public DateTimeOffset? WaitUntil { get; set; }

    public Attempt? Attempt { get; set; }

    public int AttemptNumber { get; set; }

    public int? ChildCount { get; set; }

    public SortedDictionary<int, Frame> Children { get; } = [];

    public string? MapRunArn { get; set; }

    public int MapRunRedrives { get; set; }

    /// <summary>A redrive reached this Map Run and its unsuccessful children are to be redriven.</summary>
    public bool MapRunRedrivePending { get; set; }

    public Dictionary<int, int> RetryCounts { get; } = [];

    public int Retries(int retrier) => RetryCounts.GetValueOrDefault(retrier);

    public int RetryCount => RetryCounts.Values.Sum();

    public bool TryRead(string name, out JsonNode? value) =>
        Variables.TryGetPropertyValue(name, out value) || (Parent?.TryRead(name, out value) ?? false);

    public IEnumerable<Frame> SelfAndBelow() => Children.Values.SelectMany(child => child.SelfAndBelow()).Prepend(this);

    public void Forget()
    {
        ForgetAttempts();
        RetryCounts.Clear();
        AttemptNumber = 0;
    }

    /// <summary>Another attempt of the same state starts from nothing but its counters.</summary>
    public void ForgetAttempts()
    {
        Failure = null;
        HasResult = false;
        Result = null;
        RetryDue = null;
        WaitUntil = null;
        Attempt = null;
        ChildCount = null;
        Children.Clear();
        MapRunArn = null;
        MapRunRedrives = 0;
        MapRunRedrivePending = false;
    }
}

using RetailLake.StatesLanguage.Errors;
using RetailLake.StatesLanguage.Journal;
using RetailLake.StatesLanguage.Values;

namespace RetailLake.StatesLanguage.Running;

/// <summary>Applies journal records to an execution's state: live as they are written, and again on restart and redrive.</summary>
internal static class FrameReducer
{
    public static void Apply(ExecutionState state, JournalRecord record)
    {
        if (record.Kind == RecordKind.ChildStarted)
        {
            AddChild(state, record);
        }

        var frame = state.Find(record.Frame);
        ApplyToFrame(state, frame, record);
        if (record.Kind is RecordKind.ChildSucceeded && record.Event is null)
        {
            frame.Parent!.LastEventId = frame.LastEventId;
        }

        if (record.Event is { } happened)
        {
            state.LastEventId = happened.Id;

            // AWS: the first state's event follows event 0, not ExecutionStarted.
            frame.LastEventId = record.Kind == RecordKind.Started ? 0 : happened.Id;
            if (record.Kind is RecordKind.ChildSucceeded or RecordKind.ChildFailed or RecordKind.ChildAborted)
            {
                frame.Parent!.LastEventId = happened.Id;
            }
        }
    }

    private static void ApplyToFrame(ExecutionState state, Frame frame, JournalRecord record)
    {
        switch (record.Kind)
        {
            case RecordKind.StateEntered:
                frame.Entered = true;
                frame.InFail = record.Event!.Type == "FailStateEntered";
                frame.EnteredAt = record.At;
                frame.EnteredEventId = record.Event.Id;
                break;
            case RecordKind.StateExited:
                Leave(frame, record);
                break;
            case RecordKind.StateFailed:
                frame.Attempt = null;
                frame.HasResult = false;
                frame.Failure = new StateFailedException(record.Error!, record.Cause, record.FromBranch ?? false);
                break;
            case RecordKind.RetryScheduled:
                frame.ForgetAttempts();
                frame.RetryCounts[record.Index!.Value] = frame.Retries(record.Index.Value) + 1;
                frame.RetryDue = record.Due;
                break;
            case RecordKind.WaitArmed:
                frame.WaitUntil = record.Due;
                break;
            case RecordKind.TaskScheduled:
                frame.AttemptNumber++;
                frame.Attempt = new Attempt(record.At, record.Due, record.HeartbeatSeconds, record.Token);
                break;
            case RecordKind.TaskSubmitted:
                frame.Attempt!.Submitted = true;
                break;
            case RecordKind.TokenReported:
                frame.Attempt!.Report = new TokenReport(record.Output, record.Error, record.Cause);
                break;
            case RecordKind.Heartbeat:
                frame.Attempt!.LastHeartbeat = record.At;
                break;
            case RecordKind.TaskSucceeded:
                frame.Attempt = null;
                SetResult(frame, record.Event!.Details!["output"]!.GetValue<string>());
                break;
            case RecordKind.ChildrenStarted:
                frame.ChildCount = record.Count;
                break;
            case RecordKind.ChildrenSucceeded:
                SetResult(frame, record.Output!);
                break;
            case RecordKind.ChildSucceeded:
                frame.Status = FrameStatus.Succeeded;
                break;
            case RecordKind.ChildFailed:
                frame.Status = FrameStatus.Failed;
                frame.Failure ??= new StateFailedException(record.Error!, record.Cause);
                break;
            case RecordKind.MapRunStarted:
                frame.MapRunArn = record.MapRunArn;
                break;
            case RecordKind.MapRunRedriven:
                frame.MapRunRedrivePending = false;
                frame.MapRunRedrives++;
                break;
            case RecordKind.Ended:
                (state.Status, state.StopDate) = (record.Status!.Value, record.At);
                (state.Output, state.Error, state.Cause) = (record.Output, record.Error, record.Cause);
                break;
            case RecordKind.Redriven:
                RedriveRules.Apply(state, record.At);
                break;
        }
    }

    private static void SetResult(Frame frame, string output)
    {
        frame.HasResult = true;
        frame.Result = Payload.Parse(output);
    }

    private static void AddChild(ExecutionState state, JournalRecord record)
    {
        var cut = record.Frame!.LastIndexOf('/');
        var parent = state.Find(cut < 0 ? "" : record.Frame[..cut]);
        parent.Children[record.Index!.Value] = new Frame(record.Frame, parent, record.State!, record.Input!)
        {
            LastEventId = parent.LastEventId,
            ItemIndex = record.Item is null ? null : record.Index,
            Item = record.Item is null ? null : Payload.Parse(record.Item),
        };
    }

    private static void Leave(Frame frame, JournalRecord record)
    {
        if (record.Variables is { } assigned)
        {
            foreach (var (name, value) in Payload.Parse(assigned)!.AsObject())
            {
                frame.Variables[name] = value?.DeepClone();
            }
        }

        var output = record.Event?.Details?["output"]?.GetValue<string>() ?? record.Output!;
        frame.Forget();
        frame.Entered = false;
        if (record.State is { } next)
        {
            frame.StateName = next;
            frame.InputText = output;
            frame.Input = Payload.Parse(output);
        }
        else
        {
            frame.Finished = true;
            frame.OutputText = output;
        }
    }
}


namespace RetailLake.StatesLanguage.Running;

/// <summary>
/// AWS's table "Redrive behavior of individual states", as what is forgotten of a state that was not left:
/// Task → the attempt, so it is scheduled and started again; counters and timeouts start over.
/// Choice → nothing was kept, so the rules are evaluated again. Pass → likewise.
/// Wait → the instant, so Seconds wait anew and a Timestamp in the past is left at once.
/// Fail → that it was entered, so it is entered again and fails again. Succeed → cannot be unsuccessful.
/// Parallel, inline Map → only branches and iterations that had not succeeded go on, each by these rules;
/// after States.DataLimitExceeded all of them run again.
/// Distributed Map → its unsuccessful children are redriven; after States.DataLimitExceeded a new Map Run starts.
/// </summary>
internal static class RedriveRules
{
    public static void Apply(ExecutionState state, DateTimeOffset at)
    {
        state.Status = ExecutionStatus.Running;
        (state.StopDate, state.Output, state.Error, state.Cause) = (null, null, null, null);
        state.RedriveCount++;
        state.RedriveDate = at;
        Apply(state.Root);
    }

    private static void Apply(Frame frame)
    {
        frame.Status = FrameStatus.Running;
        frame.RetryCounts.Clear();
        frame.Entered &= !frame.InFail;
        if (frame.Failure?.Error == ErrorNames.DataLimitExceeded)
        {
            frame.ForgetAttempts();
        }

        frame.Failure = null;
        frame.RetryDue = null;
        frame.WaitUntil = null;
        frame.Attempt = null;
        frame.MapRunRedrivePending = frame.MapRunArn is not null;
        foreach (var child in frame.Children.Values.Where(child => child.Status != FrameStatus.Succeeded))
        {
            Apply(child);
        }
    }
}

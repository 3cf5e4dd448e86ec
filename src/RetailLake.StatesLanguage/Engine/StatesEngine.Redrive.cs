using RetailLake.StatesLanguage.Running;

namespace RetailLake.StatesLanguage;

public sealed partial class StatesEngine
{
    /// <summary>
    /// Continues an unsuccessful execution from the step that failed, with the definition pinned at its start.
    /// Of two redrives at once one wins and the other is refused.
    /// </summary>
    public Task<RedrivenExecution> RedriveAsync(string executionArn)
    {
        lock (host.Starting)
        {
            var summary = Find(executionArn);
            var (status, reason) = Redrivability.Of(summary, host.Options.Time.GetUtcNow());
            if (status != RedriveStatus.Redrivable)
            {
                throw new ExecutionNotRedrivableException(
                    $"Found execution '{executionArn}' that cannot be redriven: {reason} Nothing was restarted. "
                        + $"{Redrivability.Advice(summary)}");
            }

            var (state, goodBytes) = host.Load(executionArn)!.Value;
            var sha = state.Header.DefinitionSha256;
            host.Redrive(state, goodBytes);
            return Task.FromResult(
                new RedrivenExecution(executionArn, state.RedriveDate!.Value, state.RedriveCount, sha, IsCurrent(state.Header.MachineArn, sha)));
        }
    }

    /// <summary>
    /// Continues what an earlier process left running: attempts that were in flight count as failed with Lambda.Unknown and their
    /// retriers apply; waits, retry delays and task tokens go on as the journal has them. Returns how many executions run again.
    /// </summary>
    public Task<int> ResumeAsync() => Task.FromResult(new Recovery(host).Run());

    private bool IsCurrent(string machineArn, string sha) => machines.TryGetValue(machineArn, out var machine) && machine.DefinitionSha256 == sha;
}

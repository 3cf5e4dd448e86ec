using System.Globalization;
using System.Text.Json.Nodes;
using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;
using RetailLake.Core.Lake;
using RetailLake.Core.Runs;

namespace RetailLake.Local.Running;

/// <summary>The two ways on after a failure: redrive (same execution, stored plan) and rerun (new execution, fresh plan).</summary>
public sealed class Redrives(Executions executions, ContractCatalog contracts, ILake lake)
{
    /// <exception cref="ContractChangedException">The stored plan was made under another contract text.</exception>
    public async Task<Redriven> RedriveAsync(string name, CancellationToken cancellationToken)
    {
        var report = executions.Show(executions.ArnOf(name));
        var plan = await PlanOfAsync(report, cancellationToken);
        if (plan is not null && contracts.Get(plan.Contract) is { } contract && contract.Sha256 != plan.ContractSha256)
        {
            throw new ContractChangedException(
                $"Found contract '{contract.Id}' v{contract.Version} changed since '{report.Summary.Name}' was planned with v{plan.ContractVersion}.",
                "Nothing was redriven; a redrive must finish under the plan it began with.",
                $"Start the work again under the new contract: lake rerun {report.Summary.Machine}/{report.Summary.Name}.");
        }

        await executions.RedriveAsync(report.Summary.Arn);
        return new(report.Summary, plan);
    }

    /// <returns>ARN of the new execution, <c>name-r2</c> and so on.</returns>
    public async Task<string> RerunAsync(string name, CancellationToken cancellationToken)
    {
        var summary = executions.Show(executions.ArnOf(name)).Summary;
        if (!summary.IsOver)
        {
            throw new CommandRefusedException($"Found '{summary.Name}' still running.", "Nothing was started.", "Wait for its end.");
        }

        var report = executions.Show(summary.Arn);
        var attempt = summary.Name.LastIndexOf("-r", StringComparison.Ordinal) is var cut && cut > 0 && int.TryParse(summary.Name.AsSpan(cut + 2), CultureInfo.InvariantCulture, out var previous)
            ? (Root: summary.Name[..cut], Next: previous + 1)
            : (Root: summary.Name, Next: 2);

        // An execution that is forgotten leaves its plan in the lake, and one of its name would go on under that.
        while (executions.Exists(summary.Machine, NameOf(attempt)) || (KeysOf(report, NameOf(attempt)) is { } keys && await lake.LengthAsync(keys.Plan, cancellationToken) is not null))
        {
            attempt.Next++;
        }

        return await executions.StartAsync(summary.Machine, NameOf(attempt), report.Input ?? "{}");
    }

    private static string NameOf((string Root, int Next) attempt) => string.Create(CultureInfo.InvariantCulture, $"{attempt.Root}-r{attempt.Next}");

    private async Task<RunPlan?> PlanOfAsync(ExecutionReport report, CancellationToken cancellationToken) =>
        KeysOf(report, report.Summary.Name) is { } keys ? await lake.TryReadAsync<RunPlan>(keys.Plan, cancellationToken) : null;

    /// <returns>Null when the execution's input names no feed.</returns>
    private static RunKeys? KeysOf(ExecutionReport report, string name) =>
        JsonNode.Parse(report.Input ?? "{}") is JsonObject input && input["source"] is { } source && input["feed"] is { } feed
            ? new RunKeys(source.GetValue<string>(), feed.GetValue<string>(), name)
            : null;
}

/// <param name="Plan">Null when the execution failed before it had one.</param>
public sealed record Redriven(ExecutionLine Execution, RunPlan? Plan);

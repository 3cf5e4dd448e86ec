using RetailLake.Functions.Hosting;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using RetailLake.Core.Lake;
using RetailLake.Core.Metrics;
using RetailLake.Core.Runs;

namespace RetailLake.Functions;

/// <summary>Judges the run as a whole; what it does not pass is never loaded.</summary>
public sealed class AuditRunFunction(RunReader runs, RunAudit audit, ILake lake, IMetrics metrics)
{
    [LambdaFunction(ResourceName = "AuditRunFunction")]
    public Task<AuditRunOutput> AuditRun(RunInput input, ILambdaContext context)
    {
        ArgumentNullException.ThrowIfNull(input);
        return context.WithinTimeAsync<AuditRunOutput>(async deadline =>
        {
            var run = await runs.OpenAsync(input.Run, deadline);
            var (report, isMine) = await lake.WriteOnceAsync(run.Keys.Audit, await audit.JudgeAsync(run, deadline), deadline);
            if (isMine)
            {
                metrics.Put(run.Contract.Id, [
                    Measurement.Count(MetricName.RowsLanded, report.LandedRows),
                    Measurement.Count(MetricName.RowsRejected, report.RejectedRows),
                ]);
            }

            return new(input.Run, report.LandedRows, report.ValidRows, report.RejectedRows);
        });
    }
}

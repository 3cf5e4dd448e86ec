using Amazon.Lambda.Core;
using RetailLake.Core.Contracts;
using RetailLake.Core.Drops.Intake;
using RetailLake.Core.Errors;
using RetailLake.Core.Metrics;

namespace RetailLake.Functions.Drops;

/// <summary>Takes in what lies in a feed's folder, and tells what stays there.</summary>
/// <param name="intake">Opened for feeds of files only: a source of databases needs no place for uploads.</param>
public sealed class UploadSweep(Lazy<DropIntake> intake, IMetrics metrics)
{
    /// <summary>Never the reason why a feed does not start: what it could not take in is there at the next tick.</summary>
    public async Task SweepAsync(Contract contract, ILambdaLogger log, CancellationToken deadline)
    {
        ArgumentNullException.ThrowIfNull(contract);
        ArgumentNullException.ThrowIfNull(log);
        try
        {
            Tell(contract, await intake.Value.SweepAsync(contract, deadline), log, metrics);
        }
        catch (Exception e) when (e is LakeException or IOException or UnauthorizedAccessException)
        {
            log.LogError("Uploads of '{Contract}' were not looked at: {Error}", contract.Id, e.Message);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            log.LogWarning("Uploads of '{Contract}' were taken in until the time was over; the next tick goes on.", contract.Id);
        }
    }

    public static void Tell(Contract contract, IReadOnlyList<IntakeResult> results, ILambdaLogger log, IMetrics metrics)
    {
        ArgumentNullException.ThrowIfNull(contract);
        ArgumentNullException.ThrowIfNull(metrics);
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(log);
        var refused = results.Where(result => result.Outcome == IntakeOutcome.Refused).ToList();
        if (refused.Count > 0)
        {
            metrics.Put(contract.Id, [
                Measurement.Count(MetricName.DropsRefused, refused.Count),
                Measurement.Count(MetricName.ControlFilesContradicted, refused.Count(result => result.IsContradicted)),
            ]);
        }

        foreach (var result in results)
        {
            if (result.Outcome == IntakeOutcome.Refused)
            {
                log.LogWarning("Upload '{Name}' of '{Contract}' is refused and stays where it is: it {Reason}.", Shown.Of(result.Name), result.Contract, result.Reason!);
            }
            else
            {
                log.LogInformation("Upload '{Name}' of '{Contract}': {Outcome} {Reason}", Shown.Of(result.Name), result.Contract, result.Outcome, result.Reason ?? result.DropId ?? "");
            }
        }
    }
}

using Amazon.RedshiftDataAPIService.Model;
using Amazon.Runtime;
using RetailLake.Core.Errors;

namespace RetailLake.Aws.Redshift;

/// <summary>What the Data API's refusals mean: they speak of the request, never of the transaction, which the ledger alone decides.</summary>
internal static class RedshiftFaults
{
    /// <param name="isCancelled">Whether the caller gave up. If not, a cancellation is the HTTP client's time limit, and as good as no answer.</param>
    public static Exception Outcome(Exception fault, RedshiftAddress address, string what, bool isCancelled) => fault switch
    {
        LakeException => fault,
        OperationCanceledException when isCancelled => fault,
        ValidationException => new LoadFailedException(
            $"Found {what} refused by the Data API of workgroup '{address.Workgroup}': {fault.Message}.", "Nothing was run.",
            "Correct what its text names (workgroup, database, length of a statement), then redrive the execution.", fault),
        AmazonServiceException service => new WarehouseUnavailableException(
            $"Found the Data API's answer {(int)service.StatusCode} '{service.ErrorCode}' at {what} in workgroup '{address.Workgroup}'.", "Nothing is known to have run.",
            "It is tried again; when it persists, look at the workgroup's status and its active statements, then redrive the execution.", fault),
        _ => new WarehouseUnavailableException(
            $"Found no answer from the Data API at {what} in workgroup '{address.Workgroup}' ({fault.GetType().Name}).", "Nothing is known to have run.",
            "It is tried again; when it persists, check the endpoint 'redshift-data' of the VPC and its security groups, then redrive the execution.", fault),
    };
}

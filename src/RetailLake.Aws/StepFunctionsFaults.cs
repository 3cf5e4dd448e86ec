using System.Net;
using Amazon.Runtime;
using Amazon.StepFunctions.Model;
using RetailLake.Core.Errors;

namespace RetailLake.Aws;

/// <summary>What Step Functions' refusals mean; one feed's state machine that does not answer must not look like a fault of all.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html#API_StartExecution_Errors</remarks>
internal static class StepFunctionsFaults
{
    /// <summary>Passes on the caller's own cancellation, and refusals of what was sent: these are mistakes in the code.</summary>
    public static Exception Outcome(Exception fault, string what, CancellationToken cancellationToken) => fault switch
    {
        OperationCanceledException when cancellationToken.IsCancellationRequested => fault,
        InvalidArnException or InvalidNameException or InvalidExecutionInputException or InvalidOutputException or ValidationException => fault,
        StateMachineDoesNotExistException or StateMachineDeletingException => new LakeAccessException(
            $"Found no state machine to be asked at {what}.", "Nothing was started, and what is pending stays.",
            "Deploy the source's stack (template.yaml), then announce the drop again or wait for the schedule.", fault),
        AmazonServiceException service when IsRefused(service) => new LakeAccessException(
            $"Found access denied by Step Functions at {what}.", "Nothing was started, and what is pending stays.",
            "Compare the role's policies with template.yaml, deploy, then redrive or wait for the schedule.", fault),
        AmazonServiceException service => new LakeUnavailableException(
            $"Found Step Functions' answer {(int)service.StatusCode} '{service.ErrorCode}' at {what}.", "Nothing is known to have been started, and what is pending stays.",
            "It is tried again; when it persists, look at the account's Step Functions quotas (open executions, request rates) and at AWS's health page.", fault),
        AmazonClientException or HttpRequestException or IOException or TimeoutException or OperationCanceledException => new LakeUnavailableException(
            $"Found no answer from Step Functions at {what} ({fault.GetType().Name}).", "Nothing is known to have been started, and what is pending stays.",
            "It is tried again; when it persists, check the endpoint 'states' of the VPC and its security groups.", fault),
        _ => fault,
    };

    private static bool IsRefused(AmazonServiceException fault) =>
        fault is KmsAccessDeniedException || fault.StatusCode == HttpStatusCode.Forbidden || fault.ErrorCode is "AccessDeniedException" or "AccessDenied";
}

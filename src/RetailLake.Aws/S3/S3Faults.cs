using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using RetailLake.Core.Errors;

namespace RetailLake.Aws.S3;

/// <summary>What S3's answers mean to a lake.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html</remarks>
internal static class S3Faults
{
    /// <summary>404. Without s3:ListBucket S3 says 403 of an object that is not there; the template grants it, so a 403 is a refusal.</summary>
    public static bool IsMissing(this AmazonS3Exception fault) =>
        fault.StatusCode == HttpStatusCode.NotFound && fault.ErrorCode is not ("NoSuchBucket" or "NoSuchUpload");

    /// <summary>412: the condition does not hold. 409: somebody wrote or deleted the same key meanwhile.</summary>
    public static bool IsConditionFailed(this AmazonS3Exception fault) =>
        fault.StatusCode == HttpStatusCode.PreconditionFailed || fault.ErrorCode is "ConditionalRequestConflict" or "PreconditionFailed";

    /// <summary>Whether the request may have been carried out although no answer says so.</summary>
    public static bool IsUnknown(Exception fault) => fault switch
    {
        AmazonServiceException { StatusCode: >= HttpStatusCode.InternalServerError } => true,
        AmazonServiceException service => (int)service.StatusCode == 0,
        AmazonClientException or HttpRequestException or IOException or TimeoutException => true,
        _ => false,
    };

    /// <summary>Passes on a caller's own cancellation; all else becomes the one outcome that state machines try again.</summary>
    public static Exception Outcome(Exception fault, S3Address lake, string what) => fault switch
    {
        OperationCanceledException or LakeException or ArgumentException => fault,
        AmazonS3Exception { StatusCode: HttpStatusCode.Forbidden } => new LakeUnavailableException(
            $"Found access denied at {what} in '{lake.Uri}'; the function's role must allow it, and its key.", "Nothing was published.",
            "Compare the role's policies and the key's with template.yaml, then redrive the execution.", fault),
        AmazonS3Exception service => new LakeUnavailableException(
            $"Found S3's answer {(int)service.StatusCode} '{service.ErrorCode}' at {what} in '{lake.Uri}'.", "Nothing was published.",
            "It is tried again; when it persists, look at the bucket and at AWS's health page, then redrive the execution.", fault),
        _ => new LakeUnavailableException(
            $"Found no answer from S3 at {what} in '{lake.Uri}' ({fault.GetType().Name}).", "Nothing was published.",
            "It is tried again; when it persists, check the S3 endpoint of the VPC and its security groups, then redrive the execution.", fault),
    };
}

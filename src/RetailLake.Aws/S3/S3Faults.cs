using System.Net;
using System.Xml;
using Amazon.Runtime;
using Amazon.S3;
using RetailLake.Core.Errors;

namespace RetailLake.Aws.S3;

/// <summary>What S3's answers mean to a lake.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html</remarks>
internal static class S3Faults
{
    public static bool IsMissing(this AmazonS3Exception fault) =>
        fault.StatusCode == HttpStatusCode.NotFound && fault.ErrorCode is not ("NoSuchBucket" or "NoSuchUpload");

    public static bool IsRefused(this AmazonS3Exception fault) => fault.StatusCode == HttpStatusCode.Forbidden;

    public static bool IsConditionFailed(this AmazonS3Exception fault) => fault.StatusCode == HttpStatusCode.PreconditionFailed;

    /// <summary>Another request about the same key was under way; whether it will have succeeded is not known yet.</summary>
    public static bool IsConflict(this AmazonS3Exception fault) => fault.StatusCode == HttpStatusCode.Conflict;

    /// <summary>The request may have been carried out although no answer says so.</summary>
    public static bool IsUnknown(Exception fault, CancellationToken cancellationToken) => fault switch
    {
        AmazonServiceException service => service.StatusCode >= HttpStatusCode.InternalServerError || service.StatusCode == 0,
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        AmazonClientException or HttpRequestException or IOException or TimeoutException or XmlException => true,
        _ => false,
    };

    /// <summary>Passes on the caller's own cancellation; a refusal needs a human, all else is worth another attempt of the task.</summary>
    public static Exception Outcome(Exception fault, S3Address lake, string what, CancellationToken cancellationToken) => fault switch
    {
        LakeException or ArgumentException => fault,
        OperationCanceledException when cancellationToken.IsCancellationRequested => fault,
        AmazonS3Exception { StatusCode: HttpStatusCode.Forbidden } => Refused(fault, lake, what),
        AmazonS3Exception { ErrorCode: "NoSuchBucket" } => new LakeAccessException(
            $"Found no bucket for '{lake.Uri}' at {what}.", "Nothing was published.", "Correct LAKE_URI in template.yaml, deploy, then redrive the execution.", fault),
        AmazonServiceException service => new LakeUnavailableException(
            $"Found S3's answer {(int)service.StatusCode} '{service.ErrorCode}' at {what} in '{lake.Uri}'.", "Nothing was published.",
            "It is tried again; when it persists, look at the bucket and at AWS's health page, then redrive the execution.", fault),
        _ => new LakeUnavailableException(
            $"Found no whole answer from S3 at {what} in '{lake.Uri}' ({fault.GetType().Name}).", "Nothing was published.",
            "It is tried again; when it persists, check the S3 endpoint of the VPC and its security groups, then redrive the execution.", fault),
    };

    public static LakeAccessException Refused(Exception fault, S3Address lake, string what) => new(
        $"Found access denied at {what} in '{lake.Uri}'; the function's role and the bucket's key must allow it.", "Nothing was published.",
        "Compare the role's and the key's policies with template.yaml, deploy, then redrive the execution.", fault);
}

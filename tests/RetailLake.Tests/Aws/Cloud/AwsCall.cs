using Amazon.Glue.Model;
using Amazon.RedshiftDataAPIService.Model;
using Amazon.Runtime;
using Amazon.S3.Model;
using Amazon.SimpleSystemsManagement.Model;

namespace RetailLake.Tests.Aws.Cloud;

/// <summary>What IAM is asked about one request.</summary>
/// <param name="Resource">ARN; <c>*</c> for actions that take none.</param>
/// <param name="Prefix">Of a listing: the condition key s3:prefix.</param>
/// <param name="Overwrites">Creates an object whatever lies there: the condition key s3:if-none-match is null.</param>
internal sealed record AwsCall(string Action, string Resource, string? Prefix = null, bool Overwrites = false)
{
    public const string LakeKey = "arn:aws:kms:ap-south-1:123456789012:key/lake";
    public const string Workgroup = "arn:aws:redshift-serverless:ap-south-1:123456789012:workgroup/emulated";
    public const string Account = "ap-south-1:123456789012";

    private const string Glue = $"arn:aws:glue:{Account}";
    private const string Reference = "/aws/reference/secretsmanager/";

    /// <summary>The request's own action and those that the service asks for on the caller's behalf: the key of the object, the login of the statement, the secret behind the parameter.</summary>
    /// <remarks>https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html</remarks>
    public static IEnumerable<AwsCall> Of(AmazonWebServiceRequest request) => request switch
    {
        GetObjectRequest get => Read(get.BucketName, get.Key),
        GetObjectMetadataRequest head => Read(head.BucketName, head.Key),
        ListObjectsV2Request list => [new("s3:ListBucket", $"arn:aws:s3:::{list.BucketName}", list.Prefix)],
        PutObjectRequest put => Write(put.BucketName, put.Key, put.IfNoneMatch != "*"),
        DeleteObjectRequest delete => [new("s3:DeleteObject", Object(delete.BucketName, delete.Key))],
        CopyObjectRequest copy => [.. Read(copy.SourceBucket, copy.SourceKey), .. Write(copy.DestinationBucket, copy.DestinationKey, copy.IfNoneMatch != "*")],
        CopyPartRequest copy => [.. Read(copy.SourceBucket, copy.SourceKey), .. Parts(copy.DestinationBucket, copy.DestinationKey)],
        InitiateMultipartUploadRequest begin => Parts(begin.BucketName, begin.Key),
        UploadPartRequest part => Parts(part.BucketName, part.Key),
        CompleteMultipartUploadRequest complete => Parts(complete.BucketName, complete.Key, complete.IfNoneMatch != "*"),
        AbortMultipartUploadRequest abort => [new("s3:AbortMultipartUpload", Object(abort.BucketName, abort.Key))],
        GetParameterRequest { Name: var name } when name.StartsWith(Reference, StringComparison.Ordinal) =>
        [
            new("ssm:GetParameter", $"arn:aws:ssm:{Account}:parameter{name}"), new("secretsmanager:GetSecretValue", SecretArn(name[Reference.Length..])), new("kms:Decrypt", LakeKey),
        ],
        BatchExecuteStatementRequest or ExecuteStatementRequest => [new($"redshift-data:{Name(request)}", Workgroup), new("redshift-serverless:GetCredentials", Workgroup)],
        DescribeStatementRequest or GetStatementResultRequest or CancelStatementRequest => [new($"redshift-data:{Name(request)}", "*")],
        GetTableRequest get => Table(request, get.DatabaseName, get.Name),
        CreateTableRequest create => Table(request, create.DatabaseName, create.TableInput.Name),
        UpdateTableRequest update => Table(request, update.DatabaseName, update.TableInput.Name),
        BatchCreatePartitionRequest add => Table(request, add.DatabaseName, add.TableName),
        _ => throw new NotSupportedException($"Found a request {request.GetType().FullName} that has no IAM action here. Add what the service authorization reference says of it."),
    };

    /// <summary>Secrets Manager ends a secret's ARN in six characters of its own.</summary>
    public static string SecretArn(string name) => $"arn:aws:secretsmanager:{Account}:secret:{name}-AbCdEf";

    public static AwsCall States(string action, string source) => new($"states:{action}", $"arn:aws:states:{Account}:stateMachine:{source}-ingest");

    private static string Name(AmazonWebServiceRequest request) => request.GetType().Name[..^"Request".Length];

    private static string Object(string bucket, string key) => $"arn:aws:s3:::{bucket}/{key}";

    private static IEnumerable<AwsCall> Read(string bucket, string key) => [new("s3:GetObject", Object(bucket, key)), new("kms:Decrypt", LakeKey)];

    private static IEnumerable<AwsCall> Write(string bucket, string key, bool overwrites) => [new("s3:PutObject", Object(bucket, key), Overwrites: overwrites), new("kms:GenerateDataKey", LakeKey)];

    /// <summary>S3 decrypts the parts when it puts them together; who begins an upload must be able to end it.</summary>
    private static IEnumerable<AwsCall> Parts(string bucket, string key, bool overwrites = false) => [.. Write(bucket, key, overwrites), new("kms:Decrypt", LakeKey), new("s3:AbortMultipartUpload", Object(bucket, key))];

    private static IEnumerable<AwsCall> Table(AmazonWebServiceRequest request, string database, string table) =>
        new[] { "catalog", $"database/{database}", $"table/{database}/{table}" }.Select(resource => new AwsCall($"glue:{Name(request)}", $"{Glue}:{resource}"));
}

using Amazon.Glue.Model;
using Amazon.RedshiftDataAPIService.Model;
using Amazon.Runtime;
using Amazon.S3.Model;
using Amazon.SimpleSystemsManagement.Model;
using RetailLake.Tests.Stack.Iam;

namespace RetailLake.Tests.Aws.Cloud;

/// <summary>What IAM is asked about one request.</summary>
/// <param name="Resource">ARN; <c>*</c> for actions that take none.</param>
/// <param name="Prefix">Of a listing: the condition key s3:prefix; empty for one of the whole bucket.</param>
/// <param name="Overwrites">Creates an object whatever lies there: the condition key s3:if-none-match is null.</param>
/// <param name="Owner">The function that began the statement: the condition key redshift-data:statement-owner-iam-userid; null where none of them did.</param>
internal sealed record AwsCall(string Action, string Resource, string? Prefix = null, bool Overwrites = false, string? Owner = null)
{
    public const string PrefixKey = "s3:prefix";
    public const string OwnerKey = "redshift-data:statement-owner-iam-userid";

    private const string Account = $"{StackValues.Region}:{StackValues.Account}";
    private const string LakeKey = $"arn:aws:kms:{Account}:key/{nameof(LakeKey)}";
    private const string Workgroup = $"arn:aws:redshift-serverless:{Account}:workgroup/{nameof(Workgroup)}";
    private const string Glue = $"arn:aws:glue:{Account}";
    private const string Reference = "/aws/reference/secretsmanager/";

    /// <summary>The request's own action and those that the service asks for on the caller's behalf: the key of the object, the login of the statement, the secret behind the parameter.</summary>
    /// <remarks>https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html</remarks>
    /// <param name="ownerOf">The function that began a statement, by the statement's id.</param>
    public static IEnumerable<AwsCall> Of(AmazonWebServiceRequest request, Func<string, string?> ownerOf) => request switch
    {
        GetObjectRequest get => Read(get.BucketName, get.Key),
        GetObjectMetadataRequest head => Read(head.BucketName, head.Key),
        ListObjectsV2Request list => [new("s3:ListBucket", $"arn:aws:s3:::{list.BucketName}", list.Prefix ?? "")],
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
        DescribeStatementRequest describe => [new($"redshift-data:{Name(request)}", "*", Owner: ownerOf(describe.Id))],
        GetStatementResultRequest result => [new($"redshift-data:{Name(request)}", "*", Owner: ownerOf(result.Id))],
        CancelStatementRequest cancel => [new($"redshift-data:{Name(request)}", "*", Owner: ownerOf(cancel.Id))],
        GetTableRequest get => Table(request, get.DatabaseName, get.Name),
        CreateTableRequest create => Table(request, create.DatabaseName, create.TableInput.Name),
        UpdateTableRequest update => Table(request, update.DatabaseName, update.TableInput.Name),
        BatchCreatePartitionRequest add => Table(request, add.DatabaseName, add.TableName),
        _ => throw new NotSupportedException($"Found a request {request.GetType().FullName} that has no IAM action here. Add what the service authorization reference says of it."),
    };

    public static AwsCall States(string action, string source) => new($"states:{action}", $"arn:aws:states:{Account}:stateMachine:{source}-ingest");

    /// <summary>Secrets Manager ends a secret's ARN in six characters of its own.</summary>
    private static string SecretArn(string name) => $"arn:aws:secretsmanager:{Account}:secret:{name}-AbCdEf";

    private static string Name(AmazonWebServiceRequest request) => request.GetType().Name[..^"Request".Length];

    private static string Object(string bucket, string key) => $"arn:aws:s3:::{bucket}/{key}";

    private static IEnumerable<AwsCall> Read(string bucket, string key) => [new("s3:GetObject", Object(bucket, key)), new("kms:Decrypt", LakeKey)];

    private static IEnumerable<AwsCall> Write(string bucket, string key, bool overwrites) => [new("s3:PutObject", Object(bucket, key), Overwrites: overwrites), new("kms:GenerateDataKey", LakeKey)];

    /// <summary>S3 decrypts the parts when it puts them together; who begins an upload must be able to end it.</summary>
    private static IEnumerable<AwsCall> Parts(string bucket, string key, bool overwrites = false) => [.. Write(bucket, key, overwrites), new("kms:Decrypt", LakeKey), new("s3:AbortMultipartUpload", Object(bucket, key))];

    private static IEnumerable<AwsCall> Table(AmazonWebServiceRequest request, string database, string table) =>
        new[] { "catalog", $"database/{database}", $"table/{database}/{table}" }.Select(resource => new AwsCall($"glue:{Name(request)}", $"{Glue}:{resource}"));
}

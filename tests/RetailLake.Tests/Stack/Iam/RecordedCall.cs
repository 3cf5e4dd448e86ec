namespace RetailLake.Tests.Stack.Iam;

/// <summary>One use of a permission: what IAM would be asked.</summary>
/// <param name="Resource">An ARN; <c>*</c> for actions that take none.</param>
/// <param name="Context">Condition keys of the request, e.g. <c>s3:prefix</c> of a listing.</param>
internal sealed record RecordedCall(string Action, string Resource, IReadOnlyDictionary<string, string>? Context = null)
{
    /// <summary>Permissions that an operation of an API asks for on its resource, where they do not share its name.</summary>
    private static readonly Dictionary<string, string> Renamed = new(StringComparer.Ordinal)
    {
        ["s3:HeadObject"] = "s3:GetObject",
        ["s3:GetObjectAttributes"] = "s3:GetObject",
        ["s3:ListObjectsV2"] = "s3:ListBucket",
        ["s3:HeadBucket"] = "s3:ListBucket",
        ["s3:CreateMultipartUpload"] = "s3:PutObject",
        ["s3:UploadPart"] = "s3:PutObject",
        ["s3:UploadPartCopy"] = "s3:PutObject",
        ["s3:CompleteMultipartUpload"] = "s3:PutObject",
        ["s3:CopyObject"] = "s3:PutObject",
    };

    /// <param name="service">As IAM spells it: <c>s3</c>, <c>redshift-data</c>, <c>states</c>, <c>glue</c>, <c>ssm</c>.</param>
    public static RecordedCall Of(string service, string operation, string resource, IReadOnlyDictionary<string, string>? context = null) =>
        new(Renamed.GetValueOrDefault($"{service}:{operation}", $"{service}:{operation}"), resource, context);

    /// <summary>The source of a copy is read.</summary>
    public static IEnumerable<RecordedCall> Copy(string from, string to) => [new("s3:GetObject", from), new("s3:PutObject", to)];
}

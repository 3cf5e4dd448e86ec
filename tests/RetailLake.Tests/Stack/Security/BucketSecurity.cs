using RetailLake.Tests.Stack.Expansion;

namespace RetailLake.Tests.Stack.Security;

internal static class BucketSecurity
{
    /// <summary>Where S3 itself delivers: it takes SSE-S3 only, and would log its own deliveries for ever.</summary>
    private const string AccessLogs = "AccessLogBucket";

    private static readonly string[] Stateful =
    [
        "AWS::S3::Bucket", "AWS::KMS::Key", "AWS::SecretsManager::Secret", "AWS::Logs::LogGroup", "AWS::RedshiftServerless::Namespace", "AWS::SQS::Queue",
    ];

    public static IReadOnlyList<StackRule> All { get; } =
    [
        Buckets("BucketsBlockPublicAccess", (_, bucket) => new[] { "BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets" }
            .All(flag => bucket.Text("PublicAccessBlockConfiguration", flag) == "true")),

        Buckets("BucketsHaveNoAcl", (_, bucket) => bucket.At("AccessControl") is null
            && Expanded.List(bucket.At("OwnershipControls", "Rules")) is [{ } rule] && (string?)rule["ObjectOwnership"] == "BucketOwnerEnforced"),

        Buckets("BucketsAreTlsOnly", (stack, bucket) => stack.PoliciesOf(bucket).Any(statement => !statement.IsAllow && statement.IsOfEverybody && statement.Actions is ["s3:*"]
            && statement.Condition("Bool", "aws:SecureTransport") == "\"false\"" && statement.Resources.Count == 2
            && statement.Resources.Any(resource => resource.ToJsonString().Contains($"{bucket.Name}.Arn\"", StringComparison.Ordinal))
            && statement.Resources.Any(resource => resource.ToJsonString().Contains($"${{{bucket.Name}.Arn}}/*", StringComparison.Ordinal)))),

        Buckets("BucketsAreEncryptedWithOwnKeys", (_, bucket) => bucket.Name == AccessLogs || (Expanded.List(bucket.At("BucketEncryption", "ServerSideEncryptionConfiguration")) is [{ } rule]
            && (string?)rule["BucketKeyEnabled"] == "true" && (string?)rule["ServerSideEncryptionByDefault"]?["SSEAlgorithm"] == "aws:kms"
            && (string?)rule["ServerSideEncryptionByDefault"]?["KMSMasterKeyID"]?["Fn::GetAtt"] is "LakeKey.Arn" or "LogKey.Arn")),

        Buckets("BucketsRefuseOtherKeys", (stack, bucket) => bucket.Name == AccessLogs || stack.PoliciesOf(bucket).Any(statement => !statement.IsAllow && statement.IsOfEverybody
            && statement.Actions is ["s3:PutObject"] && statement.Resources is [{ } all] && all.ToJsonString().EndsWith(".Arn}/*\"}", StringComparison.Ordinal)
            && statement.Condition("StringNotEqualsIfExists", "s3:x-amz-server-side-encryption-aws-kms-key-id") is { } key && key.Contains("Key.Arn", StringComparison.Ordinal))),

        Buckets("BucketsKeepVersionsAndLeaveNoParts", (_, bucket) => bucket.Text("VersioningConfiguration", "Status") == "Enabled"
            && Expanded.List(bucket.At("LifecycleConfiguration", "Rules")).Any(rule => (string?)rule!["Status"] == "Enabled" && rule["Prefix"] is null && rule["AbortIncompleteMultipartUpload"] is not null)),

        Expanded.Rule("TemporaryObjectsExpire", stack =>
            from prefix in new[] { "unload/", "landing/", "pulls/" }
            where !Expanded.List(stack.Named("LakeBucket")!.At("LifecycleConfiguration", "Rules")).Any(rule =>
                (string?)rule!["Prefix"] == prefix && (string?)rule["Status"] == "Enabled" && rule["ExpirationInDays"] is not null && rule["NoncurrentVersionExpiration"] is not null)
            select $"nothing expires under {prefix}"),

        Buckets("BucketsLogAccess", (_, bucket) => bucket.Name == AccessLogs || (string?)bucket.At("LoggingConfiguration", "DestinationBucketName")?["Ref"] == AccessLogs),

        Expanded.Rule("NobodyAtLargeIsAllowed", stack =>
            from statement in stack.Statements
            where (statement.IsAllow && statement.IsOfEverybody && !statement.IsOfThisAccount) || statement.Json["NotPrincipal"] is not null || statement.Json["NotAction"] is not null
                || (statement is { IsAllow: true, Kind: "resource" } && statement.Actions.Any(action => action.Contains('*', StringComparison.Ordinal)))
            select statement.ToString()),

        Buckets("EveryBucketHasAPolicy", (stack, bucket) => stack.PoliciesOf(bucket).Any()),

        Expanded.Rule("LakeIsWrittenOnce", stack =>
            from zone in new[] { "landing", "runs", "ordinals", "quarantine", "curated", "exports" }
            where !stack.PoliciesOf(stack.Named("LakeBucket")!).Any(statement => !statement.IsAllow && statement.IsOfEverybody && statement.Actions is ["s3:PutObject"]
                && statement.Condition("Null", "s3:if-none-match") == "\"true\"" && statement.Condition("Bool", "s3:ObjectCreationOperation") == "\"true\""
                && statement.Condition("ArnNotLike", "aws:PrincipalArn") is { } but && but.Contains(":role/${SecretPrefix}/machines/*", StringComparison.Ordinal)
                && statement.Resources.Any(resource => (string?)resource["Fn::Sub"] == $"${{LakeBucket.Arn}}/{zone}/*"))
            select $"objects under {zone}/ can be written over"),

        // The one hole in LakeIsWrittenOnce; whoever else got a role with that path could write over plans and manifests.
        Expanded.Rule("OnlyMachinesHaveTheMachinesPath", stack =>
            from role in stack.Of("AWS::IAM::Role")
            let isMachine = role.Name == "StateMachineRole"
            where isMachine != role.Text("Path").Contains("/machines/", StringComparison.Ordinal)
            select role.ToString()),

        Expanded.Rule("StatefulResourcesAreRetained", stack =>
            from resource in stack.Of(Stateful)
            where (string?)resource.Json["DeletionPolicy"] != "Retain" || (string?)resource.Json["UpdateReplacePolicy"] != "Retain"
            select resource.ToString()),
    ];

    private const string Root = "template.yaml";

    public static IReadOnlyList<Mutation> Mutations { get; } =
    [
        Mutation.OfText("BucketsBlockPublicAccess", "one flag off", Root, "RestrictPublicBuckets: true", "RestrictPublicBuckets: false"),
        Mutation.OfText("BucketsBlockPublicAccess", "one flag gone", Root, "IgnorePublicAcls: true, ", ""),
        Mutation.OfText("BucketsHaveNoAcl", "writer owns", Root, "BucketOwnerEnforced", "ObjectWriter"),
        Mutation.OfText("BucketsHaveNoAcl", "public", Root, "    Properties:\n      BucketName:", "    Properties:\n      AccessControl: PublicRead\n      BucketName:"),
        Mutation.OfText("BucketsAreTlsOnly", "turned round", Root, "Bool: { aws:SecureTransport: 'false' }", "Bool: { aws:SecureTransport: 'true' }"),
        Mutation.OfText("BucketsAreTlsOnly", "objects forgotten", Root, "Resource: [!GetAtt LogArchiveBucket.Arn, !Sub '${LogArchiveBucket.Arn}/*']", "Resource: [!GetAtt LogArchiveBucket.Arn]"),
        Mutation.OfText("BucketsAreEncryptedWithOwnKeys", "AWS's key", Root, "SSEAlgorithm: aws:kms, KMSMasterKeyID: !GetAtt LakeKey.Arn", "SSEAlgorithm: AES256"),
        Mutation.OfText("BucketsAreEncryptedWithOwnKeys", "no bucket key", Root, "BucketKeyEnabled: true", "BucketKeyEnabled: false"),
        Mutation.OfText("BucketsRefuseOtherKeys", "allowed", Root, "StringNotEqualsIfExists: { s3:x-amz-server-side-encryption-aws-kms-key-id: !GetAtt LakeKey.Arn }", "StringEquals: { s3:x-amz-server-side-encryption-aws-kms-key-id: !GetAtt LakeKey.Arn }"),
        Mutation.OfText("BucketsKeepVersionsAndLeaveNoParts", "suspended", Root, "VersioningConfiguration: { Status: Enabled }", "VersioningConfiguration: { Status: Suspended }"),
        Mutation.OfText("BucketsKeepVersionsAndLeaveNoParts", "parts stay", Root, "            AbortIncompleteMultipartUpload: { DaysAfterInitiation: 2 }\n          - Id: landing", "          - Id: landing"),
        Mutation.OfText("TemporaryObjectsExpire", "unloads stay", Root, "            Prefix: unload/\n            ExpirationInDays: 2\n", "            Prefix: unload/\n"),
        Mutation.OfText("BucketsLogAccess", "no log", Root, "      LoggingConfiguration: { DestinationBucketName: !Ref AccessLogBucket, LogFilePrefix: lake/ }\n", ""),
        Mutation.OfText("NobodyAtLargeIsAllowed", "a grant to all", Root, "          - Sid: OwnKeyOnly\n            Effect: Deny", "          - Sid: OwnKeyOnly\n            Effect: Allow"),
        Mutation.OfText("NobodyAtLargeIsAllowed", "all but one", Root, "            Principal: { Service: logging.s3.amazonaws.com }", "            NotPrincipal: { Service: logging.s3.amazonaws.com }"),
        Mutation.OfText("NobodyAtLargeIsAllowed", "any action", Root, "            Action: s3:GetBucketAcl", "            Action: s3:*"),
        Mutation.OfText("NobodyAtLargeIsAllowed", "endpoint of all accounts", "stacks/network.template.yaml", "StringEquals: { aws:PrincipalAccount: !Ref AWS::AccountId }", "StringEquals: { aws:PrincipalOrgID: o-1 }"),
        Mutation.OfText("EveryBucketHasAPolicy", "another's", Root, "      Bucket: !Ref LogArchiveBucket\n", "      Bucket: !Ref LakeBucket\n"),
        Mutation.OfText("LakeIsWrittenOnce", "landing forgotten", Root, "              - !Sub ${LakeBucket.Arn}/landing/*\n              - !Sub ${LakeBucket.Arn}/runs/*\n              - !Sub ${LakeBucket.Arn}/ordinals/*", "              - !Sub ${LakeBucket.Arn}/runs/*\n              - !Sub ${LakeBucket.Arn}/ordinals/*"),
        Mutation.OfText("LakeIsWrittenOnce", "turned round", Root, "'Null': { s3:if-none-match: 'true' }", "'Null': { s3:if-none-match: 'false' }"),
        Mutation.OfText("LakeIsWrittenOnce", "completions left out", Root, "Bool: { s3:ObjectCreationOperation: 'true' }", "Bool: { s3:ObjectCreationOperation: 'false' }"),
        Mutation.OfText("LakeIsWrittenOnce", "any role", Root, "role/${SecretPrefix}/machines/*", "role/*"),
        Mutation.OfText("OnlyMachinesHaveTheMachinesPath", "another role", Root, "  WarehouseRole:\n    Type: AWS::IAM::Role\n    Properties:\n", "  WarehouseRole:\n    Type: AWS::IAM::Role\n    Properties:\n      Path: /retaillake/machines/\n"),
        Mutation.OfText("OnlyMachinesHaveTheMachinesPath", "a machine without", "statemachines/pull.template.yaml", "      Path: !Sub /${SecretPrefix}/machines/\n", ""),
        Mutation.OfText("StatefulResourcesAreRetained", "deleted", Root, "DeletionPolicy: Retain", "DeletionPolicy: Delete"),
        Mutation.OfText("StatefulResourcesAreRetained", "replaced", "statemachines/source.template.yaml", "    UpdateReplacePolicy: Retain\n", ""),
    ];

    private static StackRule Buckets(string name, Func<Expanded, ExpandedResource, bool> holds) => Expanded.Rule(name, stack =>
        from bucket in stack.Of("AWS::S3::Bucket")
        where !holds(stack, bucket)
        select bucket.ToString());
}

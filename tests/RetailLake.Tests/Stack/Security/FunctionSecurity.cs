using System.Globalization;
using System.Text.RegularExpressions;
using RetailLake.Tests.Stack.Expansion;

namespace RetailLake.Tests.Stack.Security;

internal static partial class FunctionSecurity
{
    private const string Root = "template.yaml";

    private const string Source = "statemachines/source.template.yaml";

    /// <summary>Actions that take no resource, by the service authorization reference.</summary>
    private static readonly string[] WithoutResource =
    [
        "xray:PutTraceSegments", "xray:PutTelemetryRecords", "xray:GetSamplingRules", "xray:GetSamplingTargets",
        "logs:CreateLogDelivery", "logs:GetLogDelivery", "logs:UpdateLogDelivery", "logs:DeleteLogDelivery", "logs:ListLogDeliveries",
        "logs:PutResourcePolicy", "logs:DescribeResourcePolicies", "logs:DescribeLogGroups",
        "ec2:DescribeVpcs", "ec2:DescribeSubnets", "ec2:DescribeSecurityGroups",
        "redshift-data:DescribeStatement", "redshift-data:GetStatementResult", "redshift-data:CancelStatement",
    ];

    private static readonly string[] ManagedBySam = ["service-role/AWSLambdaVPCAccessExecutionRole", "service-role/AWSLambdaBasicExecutionRole", "AWSXrayWriteOnlyAccess"];

    private static readonly string[] Endpoints = ["ssm", "secretsmanager", "kms", "logs", "states", "redshift-data", "redshift-serverless", "glue", "sqs", "sns"];

    public static IReadOnlyList<StackRule> All { get; } =
    [
        Expanded.Rule("EveryFunctionHasARoleOfItsOwn", stack => stack.Of("AWS::Lambda::Function")
            .GroupBy(function => function.Properties["Role"]!.ToJsonString()).Where(role => role.Count() > 1 || stack.Named($"{role.First().Name}Role") is null).Select(role => role.Key)),

        Expanded.Rule("RolesNameTheirActions", stack =>
            from statement in stack.Statements
            where statement.Kind == "identity" && (statement.Actions.Count == 0 || statement.Actions.Any(action => action.Contains('*', StringComparison.Ordinal)))
            select statement.ToString()),

        Expanded.Rule("RolesNameTheirResources", stack =>
            from statement in stack.Statements
            where statement is { Kind: "identity", IsAllow: true } && (statement.Resources.Count == 0 || statement.Resources.Any(resource => resource.ToJsonString() == "\"*\""))
                && statement.Actions.Except(WithoutResource).Any()
            select statement.ToString()),

        Expanded.Rule("StatementsOfOthersAreOutOfReach", stack =>
            from statement in stack.Statements
            where statement.Actions.Any(action => action is "redshift-data:DescribeStatement" or "redshift-data:GetStatementResult" or "redshift-data:CancelStatement")
                && statement.Kind == "identity" && statement.Condition("StringEquals", "redshift-data:statement-owner-iam-userid") != "\"${aws:userid}\""
                && !IsOfTheLoad(statement)
            select statement.ToString()),

        Expanded.Rule("NoRoleIsPassedOn", stack => stack.Statements
            .Where(statement => statement.Kind == "identity" && statement.Actions.Any(action => action.StartsWith("iam:", StringComparison.OrdinalIgnoreCase))).Select(statement => statement.ToString())),

        Expanded.Rule("NoUsersAndNoBroadManagedPolicies", stack => stack.Of("AWS::IAM::User", "AWS::IAM::Group", "AWS::IAM::AccessKey").Select(user => user.ToString()).Concat(
            from role in stack.Of("AWS::IAM::Role")
            from policy in Expanded.List(role.At("ManagedPolicyArns"))
            where !ManagedBySam.Any(known => policy!.ToString().EndsWith($":policy/{known}", StringComparison.Ordinal))
            select $"{role} has {policy}")),

        Expanded.Rule("RolesTrustOneServiceOfThisAccount", stack =>
            from role in stack.Of("AWS::IAM::Role")
            let trusts = PolicyStatement.Of(role).Where(statement => statement.Kind == "trust").ToList()
            where trusts.Count == 0 || trusts.Any(trust => trust.Services.Count == 0 || trust.Services.Any(service => !service.EndsWith(".amazonaws.com", StringComparison.Ordinal))
                || !trust.IsOfThisAccount || trust.Actions is not ["sts:AssumeRole"])
            select role.ToString()),

        Functions("EnvironmentsHoldNoSecrets", (_, function) => function.At("Environment", "Variables")!.AsObject().All(variable =>
            !SecretName().IsMatch(variable.Key) && !SecretValue().IsMatch(variable.Value!.ToJsonString()))),

        Expanded.Rule("ParametersAndOutputsHoldNoSecrets", stack => stack.All.SelectMany(resource => Literal().Matches(resource.Json.ToJsonString()).Select(match => $"{resource} holds '{match.Value}'"))),

        Functions("EnvironmentsAreEncryptedWithOurKey", (_, function) => (string?)function.At("KmsKeyArn")?["Fn::GetAtt"] == "LakeKey.Arn"),

        Functions("FunctionsAreInTheVpc", (_, function) => function.At("VpcConfig", "SubnetIds")?["Ref"]?.ToString() == "PrivateSubnetIds"
            && Expanded.List(function.At("VpcConfig", "SecurityGroupIds")).Any(group => (string?)group!["Ref"] == "FunctionSecurityGroup")),

        Expanded.Rule("EveryServiceHasAnEndpoint", stack => Endpoints.Where(service => !stack.Of("AWS::EC2::VPCEndpoint").Any(endpoint =>
            endpoint.Text("ServiceName").Contains($"${{AWS::Region}}.{service}\"", StringComparison.Ordinal) && endpoint.Is("VpcEndpointType", "Interface") && endpoint.Is("PrivateDnsEnabled", "true")))),

        // Rules and schedules invoke without waiting: what fails after Lambda's own retries would be gone.
        Expanded.Rule("AsynchronousFunctionsHaveDeadLetters", stack =>
            from target in stack.Of("AWS::Events::Rule").SelectMany(rule => Expanded.List(rule.At("Targets")).Select(target => (Owner: rule, Json: target!)))
                .Concat(stack.Of("AWS::Scheduler::Schedule").Select(schedule => (Owner: schedule, Json: schedule.At("Target")!)))
            let function = stack.Of("AWS::Lambda::Function").FirstOrDefault(function => ExpandedResource.Refers(target.Json["Arn"], function.Name))
            where function is not null && (target.Json["DeadLetterConfig"]?["Arn"] is null || target.Json["RetryPolicy"] is null || function.At("DeadLetterConfig", "TargetArn") is null)
            select $"{target.Owner} → {function}"),

        Functions("FunctionsAreStatedWhole", (_, function) => function.Is("Runtime", "dotnet10") && Expanded.List(function.At("Architectures")) is [{ } one] && one.ToString() == "arm64"
            && function.Text("TracingConfig", "Mode") == "Active" && Between(function.Text("Timeout"), 1, 900) && Between(function.Text("MemorySize"), 256, 10_240) && function.Text("Description").Length > 0),

        Functions("FunctionsHaveNoUrl", (stack, function) => function.At("FunctionUrlConfig") is null && !stack.Of("AWS::Lambda::Url").Any()),

        Expanded.Rule("PermissionsNameTheirSource", stack =>
            from permission in stack.Of("AWS::Lambda::Permission")
            where permission.At("SourceArn") is null || permission.Text("Principal") is "*" or ""
            select permission.ToString()),

        // S3 tells 404 from 403 only to who may list; IfExists, for a read has no prefix to compare.
        Expanded.Rule("ReadersSeeWhatIsAbsent", stack =>
            from role in stack.Of("AWS::IAM::Role")
            where role.Name.EndsWith("FunctionRole", StringComparison.Ordinal)
            let statements = PolicyStatement.Of(role).Where(statement => statement.Kind == "identity").ToList()
            from resource in statements.Where(statement => statement.Actions.Contains("s3:GetObject")).SelectMany(statement => statement.Resources)
            let prefix = ((string)resource["Fn::Sub"]!)["${LakeBucket.Arn}/".Length..]
            where !statements.Any(statement => statement.Actions is ["s3:ListBucket"] && statement.Condition("StringLikeIfExists", "s3:prefix")?.Contains($"\"{prefix}\"", StringComparison.Ordinal) == true)
            select $"{role} reads {prefix} and may not list it"),
    ];

    public static IReadOnlyList<Mutation> Mutations { get; } =
    [
        new("EveryFunctionHasARoleOfItsOwn", "a shared role", files => files.Template["Globals"]!["Function"]!["Role"] = "arn:aws:iam::1:role/one"),
        Mutation.OfText("RolesNameTheirActions", "any action", Root, "Action: [s3:GetObject, s3:PutObject, s3:DeleteObject]", "Action: s3:*"),
        Mutation.OfText("RolesNameTheirActions", "a family of actions", Source, "Action: lambda:InvokeFunction", "Action: lambda:Invoke*"),
        Mutation.OfText("RolesNameTheirResources", "any machine", Root, "Resource: !Sub arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:stateMachine:*-ingest", "Resource: '*'"),
        Mutation.OfText("RolesNameTheirResources", "more where none is named", Source, "                  - logs:CreateLogDelivery\n", "                  - logs:CreateLogDelivery\n                  - logs:DeleteLogGroup\n"),
        Mutation.OfText("StatementsOfOthersAreOutOfReach", "no condition", Root, "                StringEquals: { redshift-data:statement-owner-iam-userid: '${aws:userid}' }", "                StringEquals: { aws:RequestedRegion: ap-south-1 }"),
        Mutation.OfText("NoRoleIsPassedOn", "passed", Root, "Action: [redshift-data:BatchExecuteStatement, redshift-data:ExecuteStatement]", "Action: [redshift-data:BatchExecuteStatement, iam:PassRole]"),
        Mutation.OfText("NoUsersAndNoBroadManagedPolicies", "an administrator", Root, "      Policies:\n        - Version:", "      Policies:\n        - AdministratorAccess\n        - Version:"),
        Mutation.OfText("NoUsersAndNoBroadManagedPolicies", "a user", Root, "  LogSubscriptionRole:\n    Type: AWS::IAM::Role", "  LogSubscriptionRole:\n    Type: AWS::IAM::User"),
        Mutation.OfText("RolesTrustOneServiceOfThisAccount", "functions of any account", Root, "          Condition:\n            StringEquals: { aws:SourceAccount: !Ref AWS::AccountId }\n    VpcConfig", "    VpcConfig"),
        Mutation.OfText("RolesTrustOneServiceOfThisAccount", "a person", Source, "Principal: { Service: scheduler.amazonaws.com }", "Principal: { AWS: !Ref AWS::AccountId }"),
        Mutation.OfText("EnvironmentsHoldNoSecrets", "a password", Root, "        LAKE_URI: !Sub s3://${LakeBucket}", "        MYSQL_PASSWORD: hunter2\n        LAKE_URI: !Sub s3://${LakeBucket}"),
        Mutation.OfText("EnvironmentsHoldNoSecrets", "a login in a URI", Root, "LAKE_URI: !Sub s3://${LakeBucket}", "LAKE_URI: ftp://lake:hunter2@host/"),
        Mutation.OfText("EnvironmentsHoldNoSecrets", "a resolved secret", Root, "LAKE_URI: !Sub s3://${LakeBucket}", "LAKE_URI: '{{resolve:secretsmanager:lake}}'"),
        Mutation.OfText("ParametersAndOutputsHoldNoSecrets", "a literal password", Root, "      ManageAdminPassword: true\n", "      AdminUserPassword: Hunter2hunter2\n"),
        Mutation.OfText("ParametersAndOutputsHoldNoSecrets", "a literal secret", Root, "      GenerateSecretString: { PasswordLength: 64, ExcludePunctuation: true }", "      SecretString: abc"),
        Mutation.OfText("EnvironmentsAreEncryptedWithOurKey", "AWS's key", Root, "    KmsKeyArn: !GetAtt LakeKey.Arn\n    AssumeRole", "    AssumeRole"),
        Mutation.OfText("FunctionsAreInTheVpc", "outside", Root, "      SecurityGroupIds: [!Ref FunctionSecurityGroup]", "      SecurityGroupIds: [!Ref PullSecurityGroup]"),
        Mutation.OfText("EveryServiceHasAnEndpoint", "no KMS", "stacks/network.template.yaml", "${AWS::Region}.kms", "${AWS::Region}.ec2"),
        Mutation.OfText("EveryServiceHasAnEndpoint", "no names", "stacks/network.template.yaml", "PrivateDnsEnabled: true", "PrivateDnsEnabled: false"),
        Mutation.OfText("AsynchronousFunctionsHaveDeadLetters", "of the function", Root, "      DeadLetterQueue: { Type: SQS, TargetArn: !GetAtt CompleteLoadDeadLetters.Arn } # what fails after Lambda's own two retries\n", ""),
        Mutation.OfText("AsynchronousFunctionsHaveDeadLetters", "of the rule", Root, "            DeadLetterConfig: { Arn: !GetAtt WakeFeedDeadLetters.Arn }\n", ""),
        Mutation.OfText("AsynchronousFunctionsHaveDeadLetters", "of the schedule", Source, "        DeadLetterConfig: { Arn: !Ref ScheduleDeadLettersArn }\n", ""),
        Mutation.OfText("FunctionsAreStatedWhole", "no tracing", Root, "    Tracing: Active", "    Tracing: PassThrough"),
        Mutation.OfText("FunctionsAreStatedWhole", "an old runtime", Root, "Runtime: dotnet10", "Runtime: dotnet6"),
        Mutation.OfText("FunctionsAreStatedWhole", "default time", Root, "      MemorySize: 512\n      Timeout: 120\n", "      MemorySize: 512\n"),
        Mutation.OfText("FunctionsHaveNoUrl", "a URL", Root, "    Tracing: Active\n", "    Tracing: Active\n    FunctionUrlConfig: { AuthType: NONE }\n"),
        Mutation.OfText("PermissionsNameTheirSource", "anybody", Root, "  DropQueueMapping:\n", "  Open:\n    Type: AWS::Lambda::Permission\n    Properties: { Principal: '*', Action: lambda:InvokeFunction }\n\n  DropQueueMapping:\n"),
        Mutation.OfText("ReadersSeeWhatIsAbsent", "a prefix forgotten", Root, "StringLikeIfExists: { s3:prefix: [runs/*, landing/*] }", "StringLikeIfExists: { s3:prefix: [runs/*] }"),
        Mutation.OfText("ReadersSeeWhatIsAbsent", "lists only", Root, "StringLikeIfExists: { s3:prefix: [runs/*, curated/*] }", "StringLike: { s3:prefix: [runs/*, curated/*] }"),
    ];

    /// <summary>CompleteLoad asks why the statement failed that CopyToRedshift submitted, under that role's name.</summary>
    private static bool IsOfTheLoad(PolicyStatement statement) => statement.Owner.Name == "CompleteLoadFunctionRole" && statement.Actions is ["redshift-data:DescribeStatement"]
        && statement.Condition("StringLike", "redshift-data:statement-owner-iam-userid") == """{"Fn::Sub":"${CopyToRedshiftFunctionRole.RoleId}:*"}""";

    private static bool Between(string text, int least, int most) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most;

    private static StackRule Functions(string name, Func<Expanded, ExpandedResource, bool> holds) => Expanded.Rule(name, stack =>
        from function in stack.Of("AWS::Lambda::Function")
        where !holds(stack, function)
        select function.ToString());

    [GeneratedRegex("(?i)password|passwd|credential|private_?key|access_?key|_secret$|_token$")]
    private static partial Regex SecretName();

    /// <summary>Resolved at deploy time (it would stand in the function's configuration), or a login within a URI.</summary>
    [GeneratedRegex("""{{resolve:|://[^/@"]+:[^/@"]+@""")]
    private static partial Regex SecretValue();

    [GeneratedRegex("""(?i)"(SecretString|AdminUserPassword|MasterUserPassword|Password)":"[^"]+"|AKIA[0-9A-Z]{16}|-----BEGIN""")]
    private static partial Regex Literal();
}

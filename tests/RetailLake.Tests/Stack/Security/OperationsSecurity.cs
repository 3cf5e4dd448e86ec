using RetailLake.Tests.Stack.Asl;
using RetailLake.Tests.Stack.Expansion;

namespace RetailLake.Tests.Stack.Security;

/// <summary>State machines, warehouse, messages, keys, audit, alarms, network.</summary>
internal static class OperationsSecurity
{
    /// <summary>Changing it would change every token, and with them every join on personal data.</summary>
    private const string NotRotated = "TokenKeySecret";

    private const int MaxHistoryEvents = 25_000;

    private static readonly (string Namespace, string Metric)[] Watched =
    [
        ("AWS/States", "ExecutionsFailed"), ("AWS/States", "ExecutionsTimedOut"), ("AWS/States", "ExecutionsAborted"), ("AWS/States", "ExecutionThrottled"),
        ("AWS/Lambda", "Throttles"), ("AWS/Lambda", "Errors"), ("AWS/SQS", "ApproximateNumberOfMessagesVisible"), ("AWS/SQS", "ApproximateAgeOfOldestMessage"),
        ("RetailLake", "OverdueSeconds"), ("RetailLake", "LagSeconds"), ("RetailLake", "RowsLoaded"), ("RetailLake", "DropsRefused"),
        ("RetailLake", "ControlFilesContradicted"), ("RetailLake", "BillsHeld"), ("RetailLake", "BillsExpired"), ("AWS/Redshift-Serverless", "ComputeSeconds"),
    ];

    public static IReadOnlyList<StackRule> All { get; } =
    [
        Of("MachinesLogWithoutData", "AWS::StepFunctions::StateMachine", (stack, machine) => machine.Text("LoggingConfiguration", "Level") is "ALL" or "ERROR"
            && machine.Text("LoggingConfiguration", "IncludeExecutionData") == "false" && Expanded.List(machine.At("LoggingConfiguration", "Destinations")) is [{ } destination]
            && stack.Of("AWS::Logs::LogGroup").Any(group => group.File == machine.File && ExpandedResource.Refers(destination, group.Name))),
        Of("MachinesAreTraced", "AWS::StepFunctions::StateMachine", (_, machine) => machine.Text("TracingConfiguration", "Enabled") == "true"),
        Of("MachinesAreStandard", "AWS::StepFunctions::StateMachine", (_, machine) => machine.Text("StateMachineType") == "STANDARD"),

        Of("WarehouseIsNotPublic", "AWS::RedshiftServerless::Workgroup", (_, workgroup) => workgroup.Is("PubliclyAccessible", "false")),
        Of("WarehouseTrafficStaysInTheVpc", "AWS::RedshiftServerless::Workgroup", (_, workgroup) => workgroup.Is("EnhancedVpcRouting", "true")),
        Of("WarehouseAsksForTls", "AWS::RedshiftServerless::Workgroup", (_, workgroup) => Setting(workgroup, "require_ssl") == "true"),
        Of("WarehouseIsEncryptedAndLogged", "AWS::RedshiftServerless::Namespace", (_, space) => space.RefersTo("KmsKeyId", "LakeKey") && space.RefersTo("AdminPasswordSecretKmsKeyId", "LakeKey")
            && space.Is("ManageAdminPassword", "true") && space.Text("AdminUsername") is not ("admin" or "awsuser" or "")
            && Expanded.List(space.At("LogExports")).Select(log => log!.ToString()).Order().SequenceEqual(["connectionlog", "useractivitylog", "userlog"])),
        Expanded.Rule("StatementsGoToOurWorkgroupOnly", stack =>
            from statement in stack.Statements
            where statement.Kind == "identity" && statement.Actions.Any(action => action.EndsWith("ExecuteStatement", StringComparison.Ordinal) || action == "redshift-serverless:GetCredentials")
                && (statement.Resources is not [{ } resource] || (string?)resource["Fn::GetAtt"] != "Workgroup.Workgroup.WorkgroupArn")
            select statement.ToString()),
        Of("WarehouseHasLimits", "AWS::RedshiftServerless::Workgroup", (stack, workgroup) => Setting(workgroup, "max_query_execution_time") is { Length: > 0 } && workgroup.At("MaxCapacity") is not null
            && stack.Of("AWS::Budgets::Budget").Any(budget => Expanded.List(budget.At("NotificationsWithSubscribers")).Count > 0)),
        Expanded.Rule("WarehouseIsSnapshot", stack => stack.Of("AWS::Scheduler::Schedule").Any(schedule => schedule.Text("Target", "Arn").Contains("redshiftserverless:createSnapshot", StringComparison.Ordinal)
            && schedule.Text("Target", "Input").Contains("RetentionPeriod", StringComparison.Ordinal) && !schedule.Is("State", "DISABLED")) ? [] : ["nobody takes snapshots of the warehouse"]),

        Expanded.Rule("SecretsAreRotated", stack =>
            from secret in stack.Of("AWS::SecretsManager::Secret")
            where !secret.RefersTo("KmsKeyId", "LakeKey") || secret.At("GenerateSecretString") is null || (secret.Name != NotRotated && !stack.Of("AWS::SecretsManager::RotationSchedule")
                .Any(rotation => rotation.RefersTo("SecretId", secret.Name) && int.TryParse(rotation.Text("RotationRules", "AutomaticallyAfterDays"), out var days) && days <= 90))
            select secret.ToString()),
        Of("KeysAreRotatedAndGuarded", "AWS::KMS::Key", (_, key) => key.Is("EnableKeyRotation", "true") && PolicyStatement.Of(key).All(statement => !statement.IsOfEverybody
            && (statement.Services.Count == 0 || statement.Json["Condition"] is not null))),
        Expanded.Rule("LogsHaveAKeyOfTheirOwn", stack => stack.Of("AWS::Logs::LogGroup").Where(group => !group.RefersTo("KmsKeyId", "LogKey")).Select(group => group.ToString())),
        Of("LogGroupsAreKeptAndArchived", "AWS::Logs::LogGroup", (stack, group) => group.At("RetentionInDays")?["Ref"]?.ToString() == "LogRetentionDays"
            && stack.Of("AWS::Logs::SubscriptionFilter").Any(filter => filter.File == group.File && filter.RefersTo("LogGroupName", group.Name)
                && filter.RefersTo("DestinationArn", "LogArchive") && filter.Text("FilterPattern").Length == 0)),
        Of("ArchiveIsEncryptedAndCools", "AWS::KinesisFirehose::DeliveryStream", (stack, stream) => stream.Text("DeliveryStreamEncryptionConfigurationInput", "KeyType") == "CUSTOMER_MANAGED_CMK"
            && stream.At("ExtendedS3DestinationConfiguration", "EncryptionConfiguration", "KMSEncryptionConfig") is not null && ExpandedResource.Refers(stream.At("ExtendedS3DestinationConfiguration", "BucketARN"), "LogArchiveBucket")
            && Expanded.List(stack.Named("LogArchiveBucket")!.At("LifecycleConfiguration", "Rules")).Any(rule => rule!["Transitions"] is not null && int.Parse(rule["ExpirationInDays"]!.ToString()) >= 365)),
        Expanded.Rule("TrailSeesEveryObject", stack => stack.Of("AWS::CloudTrail::Trail").Any(trail => new[] { "IsLogging", "IsMultiRegionTrail", "EnableLogFileValidation", "IncludeGlobalServiceEvents" }.All(flag => trail.Is(flag, "true"))
            && trail.RefersTo("KMSKeyId", "LogKey") && trail.At("CloudWatchLogsLogGroupArn") is not null && trail.At("AdvancedEventSelectors")!.ToJsonString() is { } selectors
            && selectors.Contains("\"Data\"", StringComparison.Ordinal) && selectors.Contains("AWS::S3::Object", StringComparison.Ordinal) && selectors.Contains("${LakeBucketArn}/", StringComparison.Ordinal)
            && selectors.Contains("\"Management\"", StringComparison.Ordinal)) ? [] : ["no trail sees who reads and writes objects of the lake"]),
        // CloudTrail and flow logs try the bucket, and budgets the topic, when they are made.
        Expanded.Rule("PoliciesComeBeforeWhatNeedsThem", stack =>
            from stackName in new[] { "Operations", "Network" }
            where stack.Named(stackName)!.Json["DependsOn"]?.ToJsonString().Contains("LogArchiveBucketPolicy", StringComparison.Ordinal) != true
            select $"{stackName} does not wait for LogArchiveBucketPolicy"),
        Expanded.Rule("EverythingThatMattersHasAnAlarm", stack => Watched.Where(metric => !stack.Of("AWS::CloudWatch::Alarm")
            .Any(alarm => alarm.Is("Namespace", metric.Namespace) && alarm.Is("MetricName", metric.Metric))).Select(metric => $"{metric.Namespace} {metric.Metric}").Concat(
            from machine in stack.Of("AWS::StepFunctions::StateMachine")
            from metric in Watched.Where(metric => metric.Namespace == "AWS/States")
            where !stack.Of("AWS::CloudWatch::Alarm").Any(alarm => alarm.File == machine.File && alarm.Is("MetricName", metric.Metric) && ExpandedResource.Refers(alarm.At("Dimensions"), machine.Name))
            select $"{metric.Metric} of {machine}")),
        Of("AlarmsTellSomebodyWhatToDo", "AWS::CloudWatch::Alarm", (_, alarm) => Expanded.List(alarm.At("AlarmActions")).Any(action => ExpandedResource.Refers(action, "AlarmTopic")) && alarm.Text("AlarmDescription").Length > 20
            && alarm.At("TreatMissingData") is not null),
        Expanded.Rule("DeadLettersHaveAlarms", stack =>
            from queue in stack.Of("AWS::SQS::Queue")
            where queue.Name.EndsWith("DeadLetters", StringComparison.Ordinal) && !stack.Of("AWS::CloudWatch::Alarm").Any(alarm => alarm.Text("Dimensions").Contains($"{queue.Name}.QueueName", StringComparison.Ordinal))
            select queue.ToString()),

        Of("SecurityGroupsAreNarrow", "AWS::EC2::SecurityGroup", (_, group) => group.Text("GroupDescription").Length > 0 && Expanded.List(group.At("SecurityGroupEgress")).Count > 0
            && Expanded.List(group.At("SecurityGroupIngress")).Concat(Expanded.List(group.At("SecurityGroupEgress"))).All(rule => (string?)rule!["Description"] is { Length: > 0 }
                && (string?)rule["IpProtocol"] != "-1" && (rule["CidrIp"] as System.Text.Json.Nodes.JsonValue)?.ToString() != "0.0.0.0/0" && rule["CidrIpv6"] is null)),
        Expanded.Rule("FlowLogsAndOwnBucketsOnly", stack => stack.Of("AWS::EC2::FlowLog").Any(log => log.Is("TrafficType", "ALL")) && stack.Of("AWS::EC2::VPCEndpoint").Any(endpoint => endpoint.Is("VpcEndpointType", "Gateway")
            && PolicyStatement.Of(endpoint).All(statement => statement.Resources.All(resource => resource.ToJsonString().Contains("BucketArn", StringComparison.Ordinal)))) ? [] : ["no flow logs, or the way to S3 leads to buckets of others"]),
        Expanded.Rule("TopicsAreReadWithIam", stack => stack.Of("AWS::Lambda::EventSourceMapping").Where(mapping => mapping.At("Topics") is not null)
            .Where(mapping => mapping.At("SelfManagedEventSource") is not null || mapping.At("EventSourceArn")?["Ref"]?.ToString() != "KafkaClusterArn"
                || !stack.Statements.Any(statement => statement.Actions.Contains("kafka-cluster:Connect"))).Select(mapping => mapping.ToString())),

        new("ItemsAndResultsStayInTheLake", files =>
            from state in AslState.Of(files)
            where (state.Kind == "Map" && (state.Json["ItemReader"] is null || state.Json["ResultWriter"] is null)) || (state.Kind == "Task" && !IsWaiting(state) && (string?)state.Json["OutputPath"] is not "$.Payload" && !(state.Json.ContainsKey("ResultPath") && state.Json["ResultPath"] is null))
            select $"'{state.Name}' carries data in its payload"),
        new("HistoryStaysShort", files =>
            from machine in files.Machines
            let events = AslState.Of(files).Where(state => ReferenceEquals(Root(state.Siblings), machine.Value)).Sum(state => 2 + (5 * (1 + state.Retriers.Sum(retrier => (int)retrier["MaxAttempts"]!))))
            where events >= MaxHistoryEvents
            select $"'{machine.Key}' can have {events} events"),
        Expanded.Rule("BadEndsAreTold", stack => stack.Of("AWS::Events::Rule").Any(rule => rule.At("EventPattern")!.ToJsonString() is { } pattern
            && new[] { "FAILED", "TIMED_OUT", "ABORTED", "aws.states" }.All(word => pattern.Contains($"\"{word}\"", StringComparison.Ordinal))
            && Expanded.List(rule.At("Targets")).Any(target => ExpandedResource.Refers(target!["Arn"], "AlarmTopic"))) ? [] : ["an execution can fail and nobody hears of it"]),
        Expanded.Rule("OperatorsMayRedrive", stack =>
            from kind in new[] { "ingest", "pull" }
            where !stack.Of("AWS::IAM::ManagedPolicy").SelectMany(PolicyStatement.Of).Any(statement => statement.IsAllow && statement.Actions.Contains("states:RedriveExecution")
                && statement.Resources.Any(resource => resource.ToJsonString().Contains($":execution:*-{kind}:*", StringComparison.Ordinal)))
            select $"no operator may redrive executions of *-{kind}"),
        Expanded.Rule("FunctionsDoNotRedrive", stack => stack.Statements.Where(statement => statement.Actions.Contains("states:RedriveExecution") && statement.Owner.Name.EndsWith("FunctionRole", StringComparison.Ordinal)).Select(statement => statement.ToString())),
    ];

    private static bool IsWaiting(AslState state) => ((string?)state.Json["Resource"])?.EndsWith(".waitForTaskToken", StringComparison.Ordinal) == true;

    private static System.Text.Json.Nodes.JsonNode Root(System.Text.Json.Nodes.JsonNode node) => node.Root;

    private static string? Setting(ExpandedResource workgroup, string key) =>
        (string?)Expanded.List(workgroup.At("ConfigParameters")).FirstOrDefault(parameter => (string?)parameter!["ParameterKey"] == key)?["ParameterValue"];

    /// <summary>There is one, and it holds for each.</summary>
    private static StackRule Of(string name, string type, Func<Expanded, ExpandedResource, bool> holds) => Expanded.Rule(name, stack =>
        stack.Of(type).Any() ? stack.Of(type).Where(resource => !holds(stack, resource)).Select(resource => resource.ToString()) : [$"there is no {type}"]);
}

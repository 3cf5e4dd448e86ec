namespace RetailLake.Tests.Stack.Security;

internal static class OperationsMutations
{
    private const string Root = "template.yaml";
    private const string Source = "statemachines/source.template.yaml";
    private const string Pull = "statemachines/pull.template.yaml";
    private const string Operations = "stacks/operations.template.yaml";
    private const string Network = "stacks/network.template.yaml";
    private const string Ingest = "statemachines/source-ingest.asl.json";

    public static IReadOnlyList<Mutation> All { get; } =
    [
        Mutation.OfText("MachinesLogWithoutData", "with data", Source, "IncludeExecutionData: false", "IncludeExecutionData: true"),
        Mutation.OfText("MachinesLogWithoutData", "off", Pull, "Level: ALL", "Level: OFF"),
        Mutation.OfText("MachinesAreTraced", "not", Source, "Tracing: { Enabled: true }", "Tracing: { Enabled: false }"),
        Mutation.OfText("MachinesAreStandard", "express", Pull, "Type: STANDARD", "Type: EXPRESS"),
        Mutation.OfText("WarehouseIsNotPublic", "public", Root, "PubliclyAccessible: false", "PubliclyAccessible: true"),
        Mutation.OfText("WarehouseTrafficStaysInTheVpc", "through the internet", Root, "EnhancedVpcRouting: true", "EnhancedVpcRouting: false"),
        Mutation.OfText("WarehouseAsksForTls", "not", Root, "ParameterKey: require_ssl, ParameterValue: 'true'", "ParameterKey: require_ssl, ParameterValue: 'false'"),
        Mutation.OfText("WarehouseIsEncryptedAndLogged", "AWS's key", Root, "      KmsKeyId: !Ref LakeKey\n      DefaultIamRoleArn", "      DefaultIamRoleArn"),
        Mutation.OfText("WarehouseIsEncryptedAndLogged", "default name", Root, "AdminUsername: lakeadmin", "AdminUsername: admin"),
        Mutation.OfText("WarehouseIsEncryptedAndLogged", "a log less", Root, "LogExports: [userlog, connectionlog, useractivitylog]", "LogExports: [userlog, connectionlog]"),
        Mutation.OfText("StatementsGoToOurWorkgroupOnly", "any workgroup", Root, "Action: redshift-serverless:GetCredentials\n              Resource: !GetAtt Workgroup.Workgroup.WorkgroupArn", "Action: redshift-serverless:GetCredentials\n              Resource: !Sub arn:${AWS::Partition}:redshift-serverless:*:*:workgroup/*"),
        Mutation.OfText("WarehouseHasLimits", "no end of a query", Root, "        - { ParameterKey: max_query_execution_time, ParameterValue: '7200' }\n", ""),
        Mutation.OfText("WarehouseHasLimits", "no end of growth", Root, "      MaxCapacity: !Ref MaxCapacityRpu\n", ""),
        Mutation.OfText("WarehouseHasLimits", "no budget", Operations, "AWS::Budgets::Budget", "AWS::Budgets::BudgetsAction"),
        Mutation.OfText("WarehouseIsSnapshot", "another call", Operations, "redshiftserverless:createSnapshot", "redshiftserverless:deleteSnapshot"),
        Mutation.OfText("WarehouseIsSnapshot", "switched off", Operations, "      ScheduleExpressionTimezone: Asia/Kolkata\n", "      ScheduleExpressionTimezone: Asia/Kolkata\n      State: DISABLED\n"),
        Mutation.OfText("SecretsAreRotated", "twice a year", Root, "AutomaticallyAfterDays: 30", "AutomaticallyAfterDays: 180"),
        Mutation.OfText("SecretsAreRotated", "another's", Root, "SecretId: !Ref OmsSecret", "SecretId: !Ref CrmSecret"),
        Mutation.OfText("SecretsAreRotated", "AWS's key", Root, "      KmsKeyId: !GetAtt LakeKey.Arn\n      GenerateSecretString: {", "      GenerateSecretString: {"),
        Mutation.OfText("KeysAreRotatedAndGuarded", "never", Root, "EnableKeyRotation: true", "EnableKeyRotation: false"),
        Mutation.OfText("KeysAreRotatedAndGuarded", "everybody", Root, "Principal: { AWS: !Sub 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' }", "Principal: '*'"),
        Mutation.OfText("KeysAreRotatedAndGuarded", "a service of all accounts", Root, "            Condition:\n              StringEquals: { aws:SourceAccount: !Ref AWS::AccountId }\n\n  LogKey", "\n  LogKey"),
        Mutation.OfText("LogsHaveAKeyOfTheirOwn", "the lake's", Root, "KmsKeyId: !GetAtt LogKey.Arn", "KmsKeyId: !GetAtt LakeKey.Arn"),
        Mutation.OfText("LogsHaveAKeyOfTheirOwn", "none", Pull, "      KmsKeyId: !Ref LogKeyArn\n", ""),
        Mutation.OfText("LogGroupsAreKeptAndArchived", "for ever", Root, "      RetentionInDays: !Ref LogRetentionDays\n", ""),
        Mutation.OfText("LogGroupsAreKeptAndArchived", "one not archived", Root, "      LogGroupName: !Ref AuditRunLogGroup\n      FilterPattern", "      LogGroupName: !Ref PlanIngestLogGroup\n      FilterPattern"),
        Mutation.OfText("LogGroupsAreKeptAndArchived", "errors only", Source, "FilterPattern: ''", "FilterPattern: ERROR"),
        Mutation.OfText("ArchiveIsEncryptedAndCools", "in the clear", Root, "        EncryptionConfiguration: { KMSEncryptionConfig: { AWSKMSKeyARN: !GetAtt LogKey.Arn } }\n", ""),
        Mutation.OfText("ArchiveIsEncryptedAndCools", "gone in a month", Root, "ExpirationInDays: 2557", "ExpirationInDays: 30"),
        Mutation.OfText("TrailSeesEveryObject", "no objects", Operations, "Equals: [Data]", "Equals: [NetworkActivity]"),
        Mutation.OfText("TrailSeesEveryObject", "not validated", Operations, "EnableLogFileValidation: true", "EnableLogFileValidation: false"),
        Mutation.OfText("TrailSeesEveryObject", "one region", Operations, "IsMultiRegionTrail: true", "IsMultiRegionTrail: false"),
        Mutation.OfText("PoliciesComeBeforeWhatNeedsThem", "the trail may come first", Root, "DependsOn: [LogArchiveBucketPolicy, AlarmTopicPolicy]", "DependsOn: [AlarmTopicPolicy]"),
        Mutation.OfText("EverythingThatMattersHasAnAlarm", "abortions unheard", Source, "MetricName: ExecutionsAborted", "MetricName: ExecutionsStarted"),
        Mutation.OfText("EverythingThatMattersHasAnAlarm", "freshness unheard", Operations, "MetricName: OverdueSeconds", "MetricName: FreshSeconds"),
        Mutation.OfText("AlarmsTellSomebodyWhatToDo", "nobody", Operations, "      AlarmActions: [!Ref AlarmTopicArn]\n", ""),
        Mutation.OfText("AlarmsTellSomebodyWhatToDo", "nothing", Root, "AlarmDescription: A landed file has waited an hour for DispatchDrop. Look at the function's log and throttles.", "AlarmDescription: Age"),
        Mutation.OfText("DeadLettersHaveAlarms", "none", Root, "Value: !GetAtt StartIngestDeadLetters.QueueName", "Value: !GetAtt DropQueue.QueueName"),
        Mutation.OfText("SecurityGroupsAreNarrow", "the world", Root, "CidrIp: !Ref SourceCidr, Description: MySQL sources", "CidrIp: 0.0.0.0/0, Description: MySQL sources"),
        Mutation.OfText("SecurityGroupsAreNarrow", "everything", Network, "IpProtocol: tcp", "IpProtocol: '-1'"),
        Mutation.OfText("FlowLogsAndOwnBucketsOnly", "rejected only", Network, "TrafficType: ALL", "TrafficType: REJECT"),
        Mutation.OfText("FlowLogsAndOwnBucketsOnly", "any bucket", Network, "Resource: [!Ref LakeBucketArn, ", "Resource: ['*', "),
        Mutation.OfText("TopicsAreReadWithIam", "brokers without IAM", Root, "      EventSourceArn: !Ref KafkaClusterArn\n", "      SelfManagedEventSource: { Endpoints: { KafkaBootstrapServers: ['b:9092'] } }\n"),
        Mutation.OfText("ItemsAndResultsStayInTheLake", "items in the payload", Ingest, "\"ItemReader\": {", "\"ItemsPath\": {"),
        Mutation.OfText("HistoryStaysShort", "ten thousand attempts", Ingest, "\"MaxAttempts\": 6", "\"MaxAttempts\": 10000"),
        Mutation.OfText("BadEndsAreTold", "abortions left out", Root, "status: [FAILED, TIMED_OUT, ABORTED]", "status: [FAILED, TIMED_OUT]"),
        Mutation.OfText("OperatorsMayRedrive", "not pulls", Operations, ":execution:*-pull:*", ":execution:*-ingest:x"),
        Mutation.OfText("FunctionsDoNotRedrive", "one does", Root, "Action: [states:StartExecution, states:ListExecutions]", "Action: [states:StartExecution, states:RedriveExecution]"),
    ];
}

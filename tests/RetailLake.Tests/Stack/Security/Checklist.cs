namespace RetailLake.Tests.Stack.Security;

/// <summary>A row of the security and reliability checklist of the stack, and the rules that stand for it.</summary>
/// <param name="Waiver">Why (a part of) it is not followed; stands in docs/decisions.md too.</param>
internal sealed record ChecklistRow(string Id, string What, IReadOnlyList<string> Rules, string? Waiver = null);

internal static class Checklist
{
    public static IReadOnlyList<ChecklistRow> Rows { get; } =
    [
        new("S1", "Public access is blocked.", ["BucketsBlockPublicAccess"]),
        new("S2", "No ACLs; the bucket's owner owns.", ["BucketsHaveNoAcl"]),
        new("S3", "Buckets take TLS only.", ["BucketsAreTlsOnly"]),
        new("S4", "SSE-KMS with our key; other keys are refused.", ["BucketsAreEncryptedWithOwnKeys", "BucketsRefuseOtherKeys"], "S3 delivers access logs to SSE-S3 buckets only."),
        new("S5", "Versions, lifecycle, no lasting parts.", ["BucketsKeepVersionsAndLeaveNoParts", "TemporaryObjectsExpire", "UploadsDoNotExpire"]),
        new("S6", "Access is logged.", ["BucketsLogAccess"], "The bucket of access logs would log its own deliveries for ever."),
        new("S7", "No wildcard principals or actions; each bucket has a policy.", ["NobodyAtLargeIsAllowed", "EveryBucketHasAPolicy"]),
        new("S8", "What is written stays as written.", ["LakeIsWrittenOnce", "OnlyMachinesHaveTheMachinesPath"]),
        new("S9", "What holds state outlives the stack.", ["StatefulResourcesAreRetained"]),
        new("L1", "One role per function, exact actions and resources.", ["EveryFunctionHasARoleOfItsOwn", "RolesNameTheirActions", "RolesNameTheirResources", "StatementsOfOthersAreOutOfReach", "ReadersSeeWhatIsAbsent"]),
        new("L2", "No role is passed on.", ["NoRoleIsPassedOn"]),
        new("L3", "No users, no broad managed policies.", ["NoUsersAndNoBroadManagedPolicies"]),
        new("L4", "Trust: one service, this account.", ["RolesTrustOneServiceOfThisAccount"]),
        new("L5", "No secrets in environments and templates.", ["EnvironmentsHoldNoSecrets", "ParametersAndOutputsHoldNoSecrets", "EnvironmentsAreEncryptedWithOurKey", "EnvironmentIsWhatLakeSettingsReads"]),
        new("L6", "In the VPC, with endpoints.", ["FunctionsAreInTheVpc", "EveryServiceHasAnEndpoint", "SecurityGroupsAreNarrow"]),
        new("L7", "Reserved concurrency.", [], "Functions are shared by all sources; loads lock per contract in the warehouse, Maps state MaxConcurrency, so a reservation would only take from the account."),
        new("L8", "Dead letters of asynchronous invocations.", ["AsynchronousFunctionsHaveDeadLetters", "DropQueueHasDeadLetters"]),
        new("L9", "Supported runtime, tracing, stated time and memory.", ["FunctionsAreStatedWhole", "EveryFunctionStatesTimeAndMemory"]),
        new("L10", "Nobody invokes from outside.", ["PermissionsNameTheirSource", "FunctionsHaveNoUrl"]),
        new("F1", "Machines log without data to an encrypted group.", ["MachinesLogWithoutData", "LogsHaveAKeyOfTheirOwn"]),
        new("F2", "Machines are traced.", ["MachinesAreTraced"]),
        new("F3", "Standard machines.", ["MachinesAreStandard"], "No key of our own for definitions and histories: SAM's state machine has no such property, and both hold pointers and counts only."),
        new("F4", "A machine invokes its own steps.", ["MachineMayInvokeItsStepsOnly"]),
        new("R1", "Not public.", ["WarehouseIsNotPublic"]),
        new("R2", "Enhanced VPC routing.", ["WarehouseTrafficStaysInTheVpc"]),
        new("R3", "TLS.", ["WarehouseAsksForTls"]),
        new("R4", "Own key, logs, managed password.", ["WarehouseIsEncryptedAndLogged"]),
        new("R5", "Statements to our workgroup only.", ["StatementsGoToOurWorkgroupOnly", "StatementsOfOthersAreOutOfReach"]),
        new("R6", "Snapshots and limits.", ["WarehouseIsSnapshot", "WarehouseHasLimits"]),
        new("M1", "Topics: encrypted, TLS, no wildcard.", ["TopicsAndQueuesAreEncrypted", "EveryTopicAndQueueIsTlsOnly", "OnlyTheLakesBucketPublishes", "NobodyAtLargeIsAllowed"]),
        new("M2", "Queues: encrypted, TLS, dead letters.", ["TopicsAndQueuesAreEncrypted", "EveryTopicAndQueueIsTlsOnly", "DropQueueHasDeadLetters", "OnlyTheTopicSendsToTheDropQueues"]),
        new("M3", "Secrets: own key, rotation.", ["SecretsAreRotated"], "The token key is not rotated: each token, and every join on it, would change. Partners' secrets are made by hand and changed by their owners."),
        new("M4", "Keys: rotation, guarded, one for logs.", ["KeysAreRotatedAndGuarded", "LogsHaveAKeyOfTheirOwn", "KeyServesTheChain"]),
        new("M5", "Log groups: retention, key, archive.", ["LogGroupsAreKeptAndArchived", "ArchiveIsEncryptedAndCools", "EveryFunctionHasItsLogGroup"]),
        new("M6", "Trail with data events.", ["TrailSeesEveryObject", "PoliciesComeBeforeWhatNeedsThem"]),
        new("M7", "Alarms with actions.", ["EverythingThatMattersHasAnAlarm", "AlarmsTellSomebodyWhatToDo", "DeadLettersHaveAlarms", "DeadLettersAndAgeRaiseAlarms"]),
        new("N1", "Narrow security groups.", ["SecurityGroupsAreNarrow"]),
        new("N2", "Flow logs; endpoints lead to own buckets.", ["FlowLogsAndOwnBucketsOnly"]),
        new("N3", "Kafka by TLS and IAM.", ["TopicsAreReadWithIam"], "MySQL's and senders' TLS stand in contracts and secrets, and are tested there."),
        new("1b.1", "Lambda's service errors are retried, with jitter.", ["EveryTaskRetriesLambdaServiceErrors", "EveryRetrierHasJitterAndCaps", "EveryTaskRetriesLambdaUnknown"]),
        new("1b.2", "Time limits.", ["EveryTaskOutlastsItsFunction", "EveryMachineHasCommentAndTimeLimit"], "No heartbeats: a function ends within its limit, and nobody could beat for a statement; its status event, or the task's limit, ends the wait."),
        new("1b.3", "Data errors are not retried.", ["OnlyWhatIsWorthItIsRetried", "CatchAllIsAloneAndLast", "EveryErrorNameIsAnOutcome"]),
        new("1b.4", "Nothing is caught into an end.", ["NoFailState", "NoCatcherEndsTheExecution"]),
        new("1b.5", "Payloads are pointers.", ["ItemsAndResultsStayInTheLake", "PayloadIsTheFunctionsInput"]),
        new("1b.6", "Histories end below 25,000 events.", ["HistoryStaysShort", "EveryMapIsDistributedAndToleratesNothing"]),
        new("1b.7", "Maps tolerate nothing.", ["EveryMapIsDistributedAndToleratesNothing"]),
        new("1b.8", "Standard, with names that repeat.", ["MachinesAreStandard", "ScheduleStartsIngestOfItsSource"]),
        new("1b.9", "Bad ends are told.", ["BadEndsAreTold"]),
        new("1b.10", "Who may redrive.", ["OperatorsMayRedrive", "OperatorsMayDoWhatTheRunbookSays", "OperatorsMayDoNothingElse", "MachineMayFollowAndRedriveItsMapRuns", "FunctionsDoNotRedrive"]),
    ];
}

using RetailLake.Core.Errors;

namespace RetailLake.Tests.Stack.Asl;

internal static class RetryRules
{
    /// <summary>What goes away by itself. Any other outcome is about the data or the set-up: trying again only hides it.</summary>
    private static readonly string[] WorthARetry =
    [
        nameof(SourceUnavailableException), nameof(LoadConflictException), nameof(LoadAbortedException), nameof(DeliveryUnavailableException), nameof(DeliveryOutOfOrderException),
        nameof(LakeUnavailableException), nameof(WarehouseUnavailableException), nameof(DeadlinePassedException),
    ];

    private static readonly string[] LambdaServiceErrors =
    [
        "Lambda.ClientExecutionTimeoutException", "Lambda.ServiceException", "Lambda.AWSLambdaException", "Lambda.SdkClientException", "Lambda.TooManyRequestsException",
    ];

    private static readonly HashSet<string> Outcomes = [.. typeof(LakeException).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(LakeException))).Select(type => type.Name)];

    public static IReadOnlyList<StackRule> All { get; } =
    [
        new("EveryTaskRetriesLambdaServiceErrors", files =>
            from state in AslState.Of(files)
            where state.Kind == "Task" && !state.Retriers.Any(retrier => !LambdaServiceErrors.Except(AslState.Errors(retrier)).Any())
            select $"'{state.Name}' has no retrier with all of {string.Join(", ", LambdaServiceErrors)}"),

        // A killed or exhausted function arrives under no other name.
        new("EveryTaskRetriesLambdaUnknown", files =>
            from state in AslState.Of(files)
            where state.Kind == "Task" && !state.Retriers.SelectMany(AslState.Errors).Contains("Lambda.Unknown")
            select $"'{state.Name}' does not retry Lambda.Unknown"),

        new("EveryTaskRetriesAFunctionsDeadline", files =>
            from state in AslState.Of(files)
            where state.Kind == "Task" && !state.Retriers.SelectMany(AslState.Errors).Contains(nameof(DeadlinePassedException))
            select $"'{state.Name}' does not retry {nameof(DeadlinePassedException)}"),

        new("EveryRetrierHasJitterAndCaps", files =>
            from state in AslState.Of(files)
            from retrier in state.Retriers
            where (string?)retrier["JitterStrategy"] != "FULL" || retrier["MaxDelaySeconds"] is null || retrier["MaxAttempts"] is null
            select $"'{state.Name}' has a retrier without full jitter, MaxDelaySeconds or MaxAttempts: {retrier.ToJsonString()}"),

        new("OnlyWhatIsWorthItIsRetried", files =>
            from state in AslState.Of(files)
            from error in state.Retriers.SelectMany(AslState.Errors)
            where error is "States.ALL" or "States.TaskFailed" || (!IsService(error) && !WorthARetry.Contains(error))
            select $"'{state.Name}' retries '{error}'"),

        new("EveryErrorNameIsAnOutcome", files =>
            from state in AslState.Of(files)
            from error in state.Retriers.Concat(state.Catchers).SelectMany(AslState.Errors)
            where !IsService(error) && !Outcomes.Contains(error)
            select $"'{state.Name}' names '{error}', and no class in Core/Errors has that name"),
    ];

    private static bool IsService(string error) => error.StartsWith("States.", StringComparison.Ordinal) || error.StartsWith("Lambda.", StringComparison.Ordinal);
}

using System.Text.Json.Nodes;
using RetailLake.Core;

namespace RetailLake.Tests.Stack.Template;

/// <summary>Functions of the template and classes with handlers are the same set under the same names.</summary>
internal static class FunctionRules
{
    // AWS Lambda's limit; the generator refuses longer ones as AWSLambda0118.
    private const int MaxHandler = 127;

    public static IReadOnlyList<StackRule> All { get; } =
    [
        new("EveryFunctionHasItsClassAndMethod", files =>
            from function in files.Functions
            let name = function.Name.EndsWith("Function", StringComparison.Ordinal) ? function.Name[..^"Function".Length] : ""
            let method = files.Methods.FirstOrDefault(method => method.ResourceName == function.Name)
            where method is null || method.Class != $"{name}Function" || method.Method != name
            select $"'{function.Name}' has no class {name}Function with [LambdaFunction(ResourceName = \"{function.Name}\")] {name}(…)"),

        new("EveryHandlerMethodHasItsFunction", files =>
            from method in files.Methods
            where !files.Functions.Any(function => function.Name == method.ResourceName)
            select $"'{method.Class}.{method.Method}' has no function '{method.ResourceName}' in template.yaml"),

        // One switch over method names in the generated Main: two alike do not compile.
        new("MethodNamesAreUnique", files => files.Methods.GroupBy(method => method.Method).Where(group => group.Count() > 1).Select(group => group.Key)),

        new("HandlersAreOfTheGeneratorsForm", files =>
            from function in files.Functions
            let method = files.Methods.FirstOrDefault(method => method.ResourceName == function.Name)
            where method is not null && (string?)function.Properties["Handler"] != method.Handler
            select $"'{function.Name}' has handler '{function.Properties["Handler"]}'; the generator makes '{method.Handler}'"),

        new("HandlersFit", files => files.Methods.Where(method => method.Handler.Length > MaxHandler).Select(method => $"'{method.Handler}' has {method.Handler.Length} characters")),

        new("EveryFunctionHasItsLogGroup", files =>
            from function in files.Functions
            let logs = function.Name.Replace("Function", "LogGroup", StringComparison.Ordinal)
            where (string?)function.Properties["LoggingConfig"]?["LogGroup"]?["Ref"] != logs
                || files.Template["Resources"]![logs]?["Properties"]?["RetentionInDays"] is null
            select $"'{function.Name}' does not log to a '{logs}' with retention"),

        new("EveryFunctionStatesTimeAndMemory", files =>
            from function in files.Functions
            where function.Properties["Timeout"] is null || function.Properties["MemorySize"] is null
            select function.Name),

        new("EnvironmentIsWhatLakeSettingsReads", files =>
        {
            var given = files.Template["Globals"]!["Function"]!["Environment"]!["Variables"]!.AsObject().Select(variable => variable.Key).ToHashSet();
            var read = new HashSet<string>();
            LakeSettings.FromEnvironment(name =>
            {
                read.Add(name);
                return "set";
            });
            // Contracts lie beside the code on AWS; only a machine of one's own points elsewhere.
            read.Remove("LAKE_CONTRACTS");

            // The C library's own.
            given.Remove("MALLOC_ARENA_MAX");
            read.SymmetricExceptWith(given);
            return read.Select(name => $"'{name}' is only on one side");
        }),

        new("StateMachinePatternHasASourcePlace", files =>
            files.Template["Globals"]!["Function"]!["Environment"]!["Variables"]!["SOURCE_STATE_MACHINE_ARN"]?["Fn::Sub"] is JsonValue pattern
                && ((string)pattern!).EndsWith(":stateMachine:{source}-ingest", StringComparison.Ordinal)
                && (string?)files.SourceResource("StateMachine")["Properties"]!["Name"]?["Fn::Sub"] == "${Source}-ingest"
                ? []
                : ["SOURCE_STATE_MACHINE_ARN and the nested stack's machine name differ"]),
    ];
}

using RetailLake.StatesLanguage.Definitions;
using RetailLake.StatesLanguage.Errors;

namespace RetailLake.StatesLanguage.States;

/// <summary>
/// Which error a name in ErrorEquals stands for:
/// the name itself → that error, but States.Runtime never: AWS says it "will always cause the execution to fail".
/// States.ALL → any but States.DataLimitExceeded and States.Runtime.
/// States.TaskFailed → any but those and the timeouts.
/// States.Timeout → also States.HeartbeatTimeout. States.BranchFailed → whatever a branch of a Parallel raised.
/// </summary>
internal static class ErrorMatch
{
    public static bool Any(IReadOnlyList<string> names, StateFailedException failure) => names.Any(name => Matches(name, failure));

    private static bool Matches(string name, StateFailedException failure)
    {
        var error = failure.Error;
        if (error == ErrorNames.Runtime)
        {
            return false;
        }

        var timeout = error is ErrorNames.Timeout or ErrorNames.HeartbeatTimeout;
        return name == error || name switch
        {
            ErrorNames.All => error != ErrorNames.DataLimitExceeded,
            ErrorNames.TaskFailed => error != ErrorNames.DataLimitExceeded && !timeout,
            ErrorNames.Timeout => timeout,
            ErrorNames.BranchFailed => failure.FromBranch,
            _ => false,
        };
    }

    public static void Check(FieldReader reader, string field, IReadOnlyList<IReadOnlyList<string>> entries)
    {
        for (var index = 0; index < entries.Count; index++)
        {
            if (entries[index].Contains(ErrorNames.All) && (entries[index].Count > 1 || index < entries.Count - 1))
            {
                reader.Report(field, $"Found States.ALL in {field}[{index}], where it is not alone or not last; "
                    + "expected it alone in the last entry.");
            }

            foreach (var name in entries[index]
                .Where(name => name.StartsWith("States.", StringComparison.Ordinal) && !ErrorNames.Reserved.Contains(name)))
            {
                reader.Report(field, $"Found error name '{name}' in {field}[{index}]; "
                    + $"names that start with 'States.' are reserved: {string.Join(", ", ErrorNames.Reserved.Order(StringComparer.Ordinal))}.");
            }
        }
    }
}

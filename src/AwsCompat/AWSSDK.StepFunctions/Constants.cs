#nullable disable // the package is not annotated
using Amazon.Runtime;

namespace Amazon.StepFunctions;

public class ExecutionStatus(string value) : ConstantClass(value)
{
    public static readonly ExecutionStatus ABORTED = new("ABORTED");

    public static readonly ExecutionStatus FAILED = new("FAILED");

    public static readonly ExecutionStatus PENDING_REDRIVE = new("PENDING_REDRIVE");

    public static readonly ExecutionStatus RUNNING = new("RUNNING");

    public static readonly ExecutionStatus SUCCEEDED = new("SUCCEEDED");

    public static readonly ExecutionStatus TIMED_OUT = new("TIMED_OUT");

    public static implicit operator ExecutionStatus(string value) => FindValue(value);

    public static ExecutionStatus FindValue(string value) => FindValue<ExecutionStatus>(value);
}

public class ExecutionRedriveFilter(string value) : ConstantClass(value)
{
    public static readonly ExecutionRedriveFilter NOT_REDRIVEN = new("NOT_REDRIVEN");

    public static readonly ExecutionRedriveFilter REDRIVEN = new("REDRIVEN");

    public static implicit operator ExecutionRedriveFilter(string value) => FindValue(value);

    public static ExecutionRedriveFilter FindValue(string value) => FindValue<ExecutionRedriveFilter>(value);
}

public class ExecutionRedriveStatus(string value) : ConstantClass(value)
{
    public static readonly ExecutionRedriveStatus NOT_REDRIVABLE = new("NOT_REDRIVABLE");

    public static readonly ExecutionRedriveStatus REDRIVABLE = new("REDRIVABLE");

    public static readonly ExecutionRedriveStatus REDRIVABLE_BY_MAP_RUN = new("REDRIVABLE_BY_MAP_RUN");

    public static implicit operator ExecutionRedriveStatus(string value) => FindValue(value);

    public static ExecutionRedriveStatus FindValue(string value) => FindValue<ExecutionRedriveStatus>(value);
}

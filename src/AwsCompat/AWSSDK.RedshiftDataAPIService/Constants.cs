#nullable disable // the package is not annotated
using Amazon.Runtime;

namespace Amazon.RedshiftDataAPIService;

public class StatusString(string value) : ConstantClass(value)
{
    public static readonly StatusString ABORTED = new("ABORTED");

    public static readonly StatusString ALL = new("ALL");

    public static readonly StatusString FAILED = new("FAILED");

    public static readonly StatusString FINISHED = new("FINISHED");

    public static readonly StatusString PICKED = new("PICKED");

    public static readonly StatusString STARTED = new("STARTED");

    public static readonly StatusString SUBMITTED = new("SUBMITTED");

    public static implicit operator StatusString(string value) => FindValue(value);

    public static StatusString FindValue(string value) => FindValue<StatusString>(value);
}

public class StatementStatusString(string value) : ConstantClass(value)
{
    public static readonly StatementStatusString ABORTED = new("ABORTED");

    public static readonly StatementStatusString FAILED = new("FAILED");

    public static readonly StatementStatusString FINISHED = new("FINISHED");

    public static readonly StatementStatusString PICKED = new("PICKED");

    public static readonly StatementStatusString STARTED = new("STARTED");

    public static readonly StatementStatusString SUBMITTED = new("SUBMITTED");

    public static implicit operator StatementStatusString(string value) => FindValue(value);

    public static StatementStatusString FindValue(string value) => FindValue<StatementStatusString>(value);
}

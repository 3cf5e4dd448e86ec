using System.Security;
using System.Text;

namespace RetailLake.Tests.Aws.S3;

/// <param name="Body">Empty where S3 sends none.</param>
internal sealed record S3Answer(int Status, byte[] Body, params (string Name, string Value)[] Headers)
{
    /// <summary>Of a HEAD, which has no body.</summary>
    public long? Length { get; init; }

    public static S3Answer Xml(string xml) => new(200, Encoding.UTF8.GetBytes($"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{xml}"), ("Content-Type", "application/xml"));

    public static S3Answer Error(int status, string code, string message = "as asked") =>
        Xml($"<Error><Code>{code}</Code><Message>{SecurityElement.Escape(message)}</Message><RequestId>r</RequestId></Error>") with { Status = status };
}

/// <summary>What the wire does to one request.</summary>
public enum S3Fault
{
    None,

    /// <summary>503 SlowDown, nothing done.</summary>
    SlowDown,

    /// <summary>500 InternalError, nothing done.</summary>
    InternalError,

    /// <summary>403 AccessDenied, nothing done.</summary>
    Denied,

    /// <summary>409 ConditionalRequestConflict, nothing done.</summary>
    Conflict,

    /// <summary>Done, and some gateway on the way back answers 503.</summary>
    AnswerLost,

    /// <summary>Done, and the connection ends without a body.</summary>
    ConnectionLost,

    /// <summary>200 whose body says InternalError, as Complete and Copy may; nothing done.</summary>
    ErrorWithin200,

    /// <summary>The body ends after half of its bytes, with the connection.</summary>
    Truncated,

    /// <summary>One byte of the body is another one.</summary>
    Damaged,
}

using RetailLake.Core.Errors;

namespace RetailLake.Core.Drops;

/// <summary>
/// A drop cannot be taken as a whole: it is torn, its trailer or control file says otherwise, or it is no document of its format. The run
/// goes on with the other drops; this one goes to quarantine with the message, and does not come back by itself: a new version of the file does.
/// </summary>
/// <param name="code">Stable; see <see cref="DropRefusalCode"/>.</param>
public sealed class DropRefusedException(string code, string found, string became, string remedy, Exception? inner = null)
    : LakeException(found, became, remedy, inner)
{
    public string Code { get; } = code;
}

/// <summary>Codes of refused drops; ledgers and dashboards hold them, so they are never renamed.</summary>
public static class DropRefusalCode
{
    /// <summary>The bytes end too early: torn compression, no trailer, no end tag, a record without its end.</summary>
    public const string Torn = "torn";

    /// <summary>The bytes are not what their checksum, or the format, says.</summary>
    public const string Damaged = "damaged";

    /// <summary>A count, hash total, size or hash that trailer or control file states is not what was found.</summary>
    public const string Totals = "totals";

    /// <summary>Not a document of the contract's format: not well-formed, a DTD, another header, an unknown record type, another encoding.</summary>
    public const string Format = "format";

    /// <summary>Larger, deeper or more numerous than the contract allows.</summary>
    public const string TooLarge = "too_large";
}

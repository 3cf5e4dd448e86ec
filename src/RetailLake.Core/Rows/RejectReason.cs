namespace RetailLake.Core.Rows;

/// <summary>Why a value is refused. Built once per column: it never holds a value.</summary>
/// <param name="Code">Stable: <see cref="RejectCode"/>.</param>
/// <param name="Expected">What the contract expects, e.g. <c>at most 100</c>.</param>
public sealed record RejectReason(string Code, string Expected);

/// <summary>One refusal of a row.</summary>
/// <param name="Column">Name in the lake; null when the reason concerns the row's unit.</param>
public readonly record struct RowReason(string? Column, RejectReason Reason);

/// <summary>Codes of rejects; quarantine files, manifests and dashboards hold them, so they are never renamed.</summary>
public static class RejectCode
{
    public const string Required = "required";
    public const string Type = "type";
    public const string Range = "range";
    public const string Scale = "scale";
    public const string ZeroDate = "zero_date";
    public const string NonexistentTime = "nonexistent_time";
    public const string Utf8 = "utf8";
    public const string Nul = "nul";
    public const string TooLongBytes = "too_long_bytes";
    public const string Json = "json";
    public const string Length = "length";
    public const string Pattern = "pattern";
    public const string Values = "values";
    public const string Gstin = "gstin";
    public const string Ean13 = "ean13";
    public const string Hsn = "hsn";
    public const string PhoneIn = "phone_in";
    public const string Upi = "upi";
    public const string PinIn = "pin_in";
    public const string AtMost = "at_most";
    public const string AtLeast = "at_least";

    /// <summary>Drops: the value is not written in the form that the contract declares.</summary>
    public const string Format = "format";

    /// <summary>Drops: the record has another number of fields, or another length.</summary>
    public const string Columns = "columns";

    /// <summary>Drops: a quote where none may stand.</summary>
    public const string Quote = "quote";

    /// <summary>Topics: a member stands twice, or is of another form than the contract's paths need.</summary>
    public const string Members = "members";

    /// <summary>Topics: the record's key is missing or unreadable where order or deletion needs it.</summary>
    public const string RecordKey = "record_key";

    /// <summary>Topics: the record is no change event that can be taken.</summary>
    public const string Event = "event";

    /// <summary>Topics: the change event does not say where it stands in the source's log.</summary>
    public const string Position = "position";

    /// <summary>Another row of the same unit (bill) was rejected.</summary>
    public const string UnitRejected = "unit_rejected";

    /// <summary>The slice, or the unit of a drop, holds no parent row of this key.</summary>
    public const string Orphan = "orphan";
}

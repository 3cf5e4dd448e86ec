using RetailLake.Core.Drops;

namespace RetailLake.Sources.Xml;

/// <summary>Where a document is being read, and how it is refused there. Messages name no value of the document.</summary>
/// <param name="key">Of the landed object.</param>
internal sealed class XmlPosition(string key)
{
    private const string Became = "The drop is refused as a whole; its bytes stay in landing.";
    private const string AskSender = "Ask the sender for a new drop.";

    /// <summary>Bytes of UTF-8 before the construct being read.</summary>
    public long Offset { get; set; }

    /// <summary>1-based number of the last unit begun; 0 before the first.</summary>
    public long Unit { get; set; }

    private string Where => $"at byte {Offset:N0} of '{key}'{(Unit > 0 ? $", unit {Unit:N0}" : "")}";

    /// <param name="found">What is there, as an object: <c>an end tag without its start tag</c>.</param>
    public DropRefusedException NotWellFormed(string found) =>
        new(DropRefusalCode.Format, $"Found {found} {Where}; an XML 1.0 document may not have that.", Became, AskSender);

    public DropRefusedException DocumentType() => new(
        DropRefusalCode.Format,
        $"Found a document type declaration {Where}; documents with one are refused, because it can make small files endless and read other files.",
        Became,
        "Ask the sender for documents without DOCTYPE.");

    public DropRefusedException OtherEncoding(string found, string remedy) => new(DropRefusalCode.Format, $"Found {found} {Where}.", Became, remedy);

    public DropRefusedException Damaged(string found) => new(DropRefusalCode.Damaged, $"Found {found} {Where}.", Became, AskSender);

    public DropRefusedException Torn() => new(
        DropRefusalCode.Torn,
        $"Found the end of the bytes {Where}, before the end tag of the root element; a complete document closes all its elements.",
        Became,
        "Wait for the sender to finish, or ask for a new drop.");

    public DropRefusedException BehindUnits(string name) => new(
        DropRefusalCode.Format,
        $"Found '{name}' {Where}, behind units whose rows need it; the contract reads it from around the units, so it must stand before them.",
        Became,
        AskSender);

    public DropRefusedException TooLarge(string found, string otherwise) =>
        new(DropRefusalCode.TooLarge, $"Found {found} {Where}.", Became, $"If the sender means it, {otherwise}; otherwise ask for a new drop.");
}

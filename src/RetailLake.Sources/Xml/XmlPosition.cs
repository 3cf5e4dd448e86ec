using RetailLake.Core.Drops;
using RetailLake.Sources.Drops;

namespace RetailLake.Sources.Xml;

/// <summary>Where a document is being read, and how it is refused there. Messages hold no value of the document.</summary>
internal sealed class XmlPosition(DropFaults faults)
{
    /// <summary>Bytes of UTF-8 before the construct being read.</summary>
    public long Offset { get; set; }

    /// <summary>1-based number of the last unit begun; 0 before the first.</summary>
    public long Unit { get; set; }

    private string Where => $"at byte {Offset:N0} of {faults.Where}{(Unit > 0 ? $", unit {Unit:N0}" : "")}";

    /// <param name="found">What is there, as an object: <c>an end tag without its start tag</c>.</param>
    public DropRefusedException NotWellFormed(string found) => faults.Format($"Found {found} {Where}; an XML 1.0 document does not have that.");

    public DropRefusedException DocumentType() =>
        faults.Format($"Found a document type declaration {Where}; it can make small files endless and read other files, so documents are without.");

    public DropRefusedException OtherEncoding(string found) => faults.Format(
        $"Found {found} {Where}; a document is in UTF-8, UTF-16 with a byte order mark, US-ASCII, ISO-8859-1 or Windows-1252, and says so.");

    public DropRefusedException Damaged(string found) => faults.Damaged($"Found {found} {Where}.");

    public DropRefusedException Torn() => faults.Torn($"Found the end of the bytes {Where}, before the end tag of the root element.");

    public DropRefusedException OtherRoot(string expected, bool isInOtherNamespace) => faults.Format(
        $"Found {(isInOtherNamespace ? $"the root element '{expected}' in another namespace" : "another root element")} {Where}; the contract reads '{expected}'{(isInOtherNamespace ? " in the namespaces of its layout" : "")}.");

    public DropRefusedException BehindUnits(string name) =>
        faults.Format($"Found '{name}' {Where}, behind units whose rows need it; the contract reads it from around the units, so it stands before them.");

    public DropRefusedException TooLarge(string found) => faults.TooLarge($"Found {found} {Where}.");
}

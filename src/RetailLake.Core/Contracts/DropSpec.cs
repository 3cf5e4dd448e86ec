using System.Text.Json.Serialization;

namespace RetailLake.Core.Contracts;

/// <summary>How the drops of a file feed are recognised, proven complete, put in order and read. All of it is data: no layout is known to the code.</summary>
public sealed record DropSpec
{
    public required DropFormat Format { get; init; }

    /// <summary>Regular expression for the whole original name, case-sensitive; its named groups are values for columns. Null: every name.</summary>
    public string? NamePattern { get; init; }

    public DropProof Proof { get; init; } = new(ProofKind.Stable);

    public VersionOrigin Version { get; init; } = VersionOrigin.Modified;

    /// <summary>What a drop is the whole truth about: nothing (rows are added and replaced by key), its own file name, or each combination of these columns' values that it holds.</summary>
    public DropScope Replaces { get; init; } = DropScope.Rows;

    /// <summary>Columns of the parent table, present in every table of the contract; only with <see cref="DropScope.Columns"/>.</summary>
    public IReadOnlyList<string> ReplacesColumns { get; init; } = [];

    public DropCompression Compression { get; init; }

    /// <summary><c>utf-8</c> (a BOM is taken), <c>utf-16</c> (BOM required), <c>utf-16le</c>, <c>utf-16be</c>, <c>windows-1252</c>, <c>iso-8859-1</c>, <c>us-ascii</c>.</summary>
    public string Encoding { get; init; } = "utf-8";

    public DelimitedLayout? Delimited { get; init; }

    public FixedLayout? Fixed { get; init; }

    public XmlLayout? Xml { get; init; }

    /// <summary>Whether 0x1A behind the last line is no data, as old programs write it.</summary>
    [JsonIgnore]
    public bool SubstitutesEof => (Delimited?.SubstituteEof ?? Fixed?.SubstituteEof) == true;

    /// <summary>Delimited and fixed: several kinds of records in one file, told apart by a field.</summary>
    public RecordTypes? Records { get; init; }

    /// <summary>Most bytes of one drop after decompression; more is a bomb or a mistake and refuses the drop.</summary>
    public long MaxBytes { get; init; } = 16L * 1024 * 1024 * 1024;

    /// <summary>Drops are put together into one slice until they hold so many landed bytes.</summary>
    public long SliceBytes { get; init; } = 256L * 1024 * 1024;
}

public enum DropFormat
{
    Delimited,
    Fixed,
    Xml,
}

public enum DropCompression
{
    None,
    Gzip,

    /// <summary>Every file in the archive is a document of its own, read in the order of their names.</summary>
    Zip,
}

/// <summary>What shows that a drop is complete.</summary>
/// <param name="Name">Of the marker or control file: <c>{name}.done</c>, <c>{stem}.ctl</c> (without the last extension).</param>
public sealed record DropProof(ProofKind Kind, string? Name = null)
{
    /// <summary>How the control file is read; only with <see cref="ProofKind.Control"/>.</summary>
    public ControlFile? Control { get; init; }

    /// <summary>Seconds that size and time must stay as they are before a pulled file counts as complete; only with <see cref="ProofKind.Trailer"/> and <see cref="ProofKind.Stable"/>.</summary>
    public int SettleSeconds { get; init; } = 60;
}

public enum ProofKind
{
    /// <summary>An empty file beside it, written after it.</summary>
    Marker,

    /// <summary>A file beside it that states bytes, rows or a hash.</summary>
    Control,

    /// <summary>The drop's own last record (<see cref="RecordTypes.Trailer"/>), or the end tag of an XML document; size and time must be stable as well.</summary>
    Trailer,

    /// <summary>Size and time do not change over two polls, and the text ends with a line end. The weakest.</summary>
    Stable,
}

/// <summary>A control file of <c>key=value</c>, <c>key,value</c> or <c>key:value</c> lines; keys without regard to case.</summary>
/// <param name="Bytes">Key of the number of bytes.</param>
/// <param name="Rows">Key of the number of rows of the parent table.</param>
/// <param name="Sha256">Key of the SHA-256, hex.</param>
/// <param name="Md5">Key of the MD5, hex.</param>
public sealed record ControlFile(string? Bytes = null, string? Rows = null, string? Sha256 = null, string? Md5 = null);

/// <summary>What puts two versions of the same rows in order, whatever order they arrive in.</summary>
public enum VersionOrigin
{
    /// <summary>The file's time at the sender (FTP MDTM, S3 LastModified), in microseconds.</summary>
    Modified,

    /// <summary>Group <c>version</c> of <see cref="DropSpec.NamePattern"/>: digits, compared as a number (a date, a sequence, or both).</summary>
    Name,
}

public enum DropScope
{
    Rows,
    File,
    Columns,
}

/// <param name="Delimiter">One or more characters; <c>\t</c> is written as a tab.</param>
/// <param name="Quote">Null: quotes are plain characters.</param>
/// <param name="Header">The first record names the fields; columns are found by name, in any order.</param>
/// <param name="SkipLines">Lines before the header or the first record that are not records.</param>
/// <param name="SubstituteEof">A trailing 0x1A (CP/M end of file) is no data.</param>
public sealed record DelimitedLayout(
    string Delimiter = ",", [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] char? Quote = '"', bool Header = true, int SkipLines = 0, bool SubstituteEof = false);

/// <param name="Unit">What start and length of a field count.</param>
/// <param name="RecordLength">0: records end with line ends. Otherwise records of that many units follow each other without any.</param>
public sealed record FixedLayout(FixedUnit Unit = FixedUnit.Characters, int RecordLength = 0, int SkipLines = 0, bool SubstituteEof = false);

public enum FixedUnit
{
    Characters,
    Bytes,
}

/// <param name="Namespaces">Accepted namespace names of elements; empty: any. Paths are by local name.</param>
/// <param name="Unit">Path from the root of the element that is one unit (a transaction): <c>POSLog/Transaction</c>. Units are published or rejected whole.</param>
/// <param name="MaxDepth">Deeper documents are refused.</param>
public sealed record XmlLayout(string Unit, IReadOnlyList<string> Namespaces, int MaxDepth = 64);

/// <summary>H/D/T files. The value at <paramref name="At"/> says what a record is; tables name theirs in <see cref="ContractTable.Record"/>.</summary>
/// <param name="At">The field that holds the record type, in the grammar of <see cref="FieldSource"/>: <c>1</c> or <c>1-2</c>.</param>
/// <param name="Header">Type of the file's first record; null: none.</param>
/// <param name="Trailer">Type of the file's last record; null: none.</param>
/// <param name="Ignored">Types that are skipped and counted.</param>
/// <param name="Totals">What the trailer states.</param>
public sealed record RecordTypes(string At, string? Header, string? Trailer, IReadOnlyList<string> Ignored, IReadOnlyList<TrailerTotal> Totals)
{
    /// <summary>Fields of the header, or characters or bytes of a fixed one; 0: not stated.</summary>
    public int HeaderWidth { get; init; }

    /// <summary>The same of the trailer.</summary>
    public int TrailerWidth { get; init; }
}

/// <param name="At">The trailer's field.</param>
/// <param name="Table">The table counted or summed; null: all records between header and trailer.</param>
/// <param name="Column">The column summed (a hash total); null: a count of rows.</param>
/// <param name="Format">How the total is written.</param>
public sealed record TrailerTotal(FieldSource At, string? Table, string? Column, FieldFormat? Format);

using RetailLake.Core.Lake;

namespace RetailLake.Core.Export;

/// <summary>One export as it was built; written last and once (<see cref="Runs.RunKeys.Export"/>). A resend sends exactly these bytes.</summary>
/// <param name="Execution">The execution whose load is exported.</param>
/// <param name="Deletions">Rows that left the warehouse with this load; null when none did.</param>
/// <param name="Control">Sent after the data.</param>
/// <param name="ReplacedCharacters">Delimiters and line breaks inside text that became spaces.</param>
public sealed record ExportManifest(
    string Contract, string Subject, long Sequence, string Execution, ExportFile Data, ExportFile? Deletions, ExportFile Control, long ReplacedCharacters);

/// <param name="Name">Name at the receiver.</param>
/// <param name="Rows">Data rows, without the header.</param>
public sealed record ExportFile(string Name, LakeObject Object, long Rows);

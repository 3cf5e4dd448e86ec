namespace RetailLake.Local.Owner;

/// <summary>A command that another process was asked to run, sent to the owner of the home.</summary>
/// <param name="Folder">Working folder of the client; relative paths in the arguments start there.</param>
/// <param name="Width">Columns of the client's terminal; 0 when it has none.</param>
public sealed record CommandRequest(IReadOnlyList<string> Arguments, string Folder, int Width);

/// <summary>One piece of the answer, one JSON object per line: text for standard output, text for standard error, or the exit code (last).</summary>
public sealed record CommandFrame(string? Out = null, string? Error = null, int? Exit = null);

/// <summary>Runs a forwarded command in the owner.</summary>
public delegate Task<int> CommandRunner(CommandRequest request, TextWriter output, TextWriter error, CancellationToken cancellationToken);

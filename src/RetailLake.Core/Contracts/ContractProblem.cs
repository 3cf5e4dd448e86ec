namespace RetailLake.Core.Contracts;

/// <summary>One thing wrong in one contract file.</summary>
/// <param name="Line">1-based.</param>
/// <param name="Column">1-based.</param>
/// <param name="Message">Found what, expected what.</param>
public sealed record ContractProblem(string File, int Line, int Column, string Message, string Remedy)
{
    public const string Code = "LAKE0001";

    /// <summary>The form that MSBuild and editors make a link of.</summary>
    public override string ToString() => $"{File}({Line},{Column}): error {Code}: {Message} {Remedy}";
}

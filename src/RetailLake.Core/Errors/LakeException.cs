namespace RetailLake.Core.Errors;

/// <summary>
/// An outcome that a state machine can name: the class name is the ASL error name, so renaming a class changes a workflow.
/// The text is always three parts: found what (where, expected what); what became of the data; what to do.
/// </summary>
public abstract class LakeException(string found, string became, string remedy, Exception? inner = null)
    : Exception($"{found} {became} {remedy}", inner)
{
    public string Found { get; } = found;

    public string Became { get; } = became;

    public string Remedy { get; } = remedy;
}

namespace RetailLake.Core.Drops.Intake;

/// <param name="Name">The sender's name, as data.</param>
/// <param name="Reason">Why it was not taken in, in words for people; it continues "the upload '…'". Null when it was.</param>
/// <param name="DropId">Only when it was taken in.</param>
public sealed record IntakeResult(string Contract, string Name, IntakeOutcome Outcome, string? Reason = null, string? DropId = null)
{
    /// <summary>Refused because the sender's control file says otherwise.</summary>
    public bool IsContradicted { get; init; }
}

public enum IntakeOutcome
{
    /// <summary>Landed, recorded, and gone from the uploads.</summary>
    Taken,

    /// <summary>Only when looking: it would be taken in.</summary>
    Ready,

    /// <summary>Not complete yet; the missing part's arrival, or the next sweep, looks again.</summary>
    Waiting,

    /// <summary>It stays where it is until somebody does something about it.</summary>
    Refused,

    /// <summary>Not there any more: another attempt took it in, or its sender removed it.</summary>
    Gone,
}

namespace RetailLake.Cli;

internal static class ExitCode
{
    public const int Ok = 0;

    /// <summary>Work was done and failed: an execution, a comparison, a query.</summary>
    public const int Failed = 1;

    /// <summary>The command line could not be understood.</summary>
    public const int Usage = 2;

    /// <summary>Nothing was begun: the contracts, the template, the home or the state of the execution do not allow it.</summary>
    public const int Refused = 3;
}

using System.CommandLine;
using RetailLake.Core.Errors;
using RetailLake.Local.Home;
using RetailLake.Local.Running;
using RetailLake.Local.Templates;

namespace RetailLake.Cli;

internal static class Failures
{
    /// <returns>3 when nothing was begun, 1 when work failed.</returns>
    public static int Report(Terminal terminal, ParseResult parsed, LakeException exception)
    {
        if (CommandScope.WantsJson(parsed))
        {
            terminal.WriteJson(new { Error = new { Type = exception.GetType().Name, exception.Message, exception.Found, exception.Became, exception.Remedy } });
        }
        else
        {
            terminal.Note(exception.Message);
        }

        return exception is TemplateRefusedException or ContractInvalidException or ContractChangedException or HomeInUseException or CommandRefusedException
            ? ExitCode.Refused
            : ExitCode.Failed;
    }
}

using System.CommandLine;
using System.Text.RegularExpressions;

namespace RetailLake.Cli;

/// <summary>An option nobody knows would otherwise become the value of an argument, and a typing error a wrong answer.</summary>
internal static partial class UnknownOptions
{
    public static void Refuse(Command command)
    {
        foreach (var argument in command.Arguments)
        {
            argument.Validators.Add(result =>
            {
                foreach (var token in result.Tokens.Where(token => OptionLike().IsMatch(token.Value)))
                {
                    result.AddError($"Unrecognized option '{token.Value}'.");
                }
            });
        }

        foreach (var subcommand in command.Subcommands)
        {
            Refuse(subcommand);
        }
    }

    [GeneratedRegex("^--?[A-Za-z][A-Za-z0-9-]*(=.*)?$")]
    private static partial Regex OptionLike();
}

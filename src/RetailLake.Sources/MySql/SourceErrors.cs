using System.Security.Authentication;
using MySqlConnector;
using RetailLake.Core.Errors;

namespace RetailLake.Sources.MySql;

/// <summary>Server and network errors as outcomes. The server's own words are passed on only where they cannot hold a value of a row.</summary>
/// <remarks>
/// | error                                              | outcome                     |
/// | password, privilege, account, TLS                  | SourceAccessException       |
/// | table, column or database gone                     | SourceSchemaException       |
/// | cut, killed, timed out, busy, table being altered  | SourceUnavailableException  |
/// | anything else the server refuses                   | SourceAccessException       |
/// </remarks>
internal static class SourceErrors
{
    private const string NothingUsed = "What was read of the slice is not used and nothing was loaded.";

    public static bool Handles(Exception exception) =>
        exception is MySqlException or MySqlProtocolException or IOException or System.Net.Sockets.SocketException or TimeoutException or AuthenticationException;

    public static bool IsAccessDenied(MySqlException exception) => exception.Number is 1045 or 1698;

    public static bool IsPrivilegeMissing(MySqlException exception) => exception.Number is 1227 or 1142 or 1044;

    public static LakeException Of(Exception exception, string place) => exception is MySqlException error ? OfServer(error, place) : Cut(exception, place);

    private static LakeException OfServer(MySqlException error, string place)
    {
        if (Holds<AuthenticationException>(error) || error.Number is 3159 || error.Message.Contains("SSL", StringComparison.Ordinal))
        {
            return new SourceAccessException(
                $"Found no acceptable TLS at '{place}' ({error.Message}).",
                "Nothing was read.",
                "Name the authority's certificate in the secret's 'caFile', use a host name that the certificate holds, or state 'sslMode' in the secret if the network is trusted.",
                error);
        }

        return error.Number switch
        {
            1044 or 1045 or 1142 or 1143 or 1227 or 1251 or 1370 or 1698 or 1820 or 1862 or 3118 or 4151 => new SourceAccessException(
                $"Found '{place}' refusing us: {error.Message} (error {error.Number}).",
                NothingUsed,
                "Correct the password in the secret or grant SELECT on the contract's tables (and PROCESS) to the user, then redrive.",
                error),
            1049 or 1054 or 1146 => new SourceSchemaException(
                $"Found '{place}' without something the contract names: {error.Message} (error {error.Number}).",
                NothingUsed,
                "Correct the contract or the source; 'lake contract check' shows what is expected.",
                error),
            _ when error.IsTransient || IsPassing(error) => Cut(error, place),
            _ => new SourceAccessException(
                $"Found '{place}' refusing a statement with error {error.Number} ({error.ErrorCode}).",
                NothingUsed,
                "Look the number up in the server's manual; the statement only reads.",
                error),
        };
    }

    private static bool IsPassing(MySqlException error) =>
        error.Number is 0 or 1021 or 1037 or 1040 or 1042 or 1043 or 1053 or 1105 or 1129 or 1152 or 1156 or 1157 or 1158 or 1159 or 1160 or 1161
            or 1184 or 1203 or 1205 or 1213 or 1226 or 1317 or 1412 or 1792 or 1836 or 1927 or 1969 or 2002 or 2003 or 2006 or 2013 or 3024 or 3169 or 4031
        || Holds<IOException>(error) || Holds<System.Net.Sockets.SocketException>(error);

    private static SourceUnavailableException Cut(Exception exception, string place) => new(
        exception is MySqlException { Number: > 0 } error
            ? $"Found '{place}' breaking off or out of reach, error {error.Number} ({error.ErrorCode})."
            : $"Found '{place}' out of reach or the connection to it cut ({exception.GetType().Name}).",
        NothingUsed,
        "It is tried again; if it stays so, check the server, its limits on statement time, and the network, then redrive.",
        exception);

    private static bool Holds<T>(Exception? exception)
        where T : Exception
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is T)
            {
                return true;
            }
        }

        return false;
    }
}

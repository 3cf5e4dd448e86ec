using System.Security.Cryptography;
using System.Text;

namespace RetailLake.StatesLanguage.Running;

/// <summary>A task token says which execution and frame it belongs to, so that a late one can be told from one never given out.</summary>
internal static class TaskToken
{
    public static string New(string executionArn, string frame) => Convert.ToBase64String(
        Encoding.UTF8.GetBytes($"{executionArn}\n{frame}\n{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12))}"));

    public static bool TryRead(string token, out string executionArn)
    {
        executionArn = "";
        var bytes = new byte[token.Length];
        if (!Convert.TryFromBase64String(token, bytes, out var length)
            || Encoding.UTF8.GetString(bytes, 0, length).Split('\n') is not [var arn, _, { Length: 24 }])
        {
            return false;
        }

        executionArn = arn;
        return true;
    }
}

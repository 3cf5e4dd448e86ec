using System.Text.RegularExpressions;

namespace RetailLake.Core.Streams;

/// <summary>Kafka's own rule for names of topics, which is also what a segment of a lake key may hold.</summary>
public static partial class TopicName
{
    public const string Words = "1 to 249 letters, digits and '._-'";

    public static bool IsValid(string topic) => topic is not ("." or "..") && Pattern().IsMatch(topic);

    [GeneratedRegex(@"^[A-Za-z0-9._-]{1,249}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}

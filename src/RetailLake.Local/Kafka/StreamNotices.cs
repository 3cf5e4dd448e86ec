namespace RetailLake.Local.Kafka;

/// <summary>What a reader tells others.</summary>
/// <param name="Warn">For people: something is lost, given up, or there again.</param>
/// <param name="Landed">Records of the topic landed.</param>
internal sealed record StreamNotices(Action<string> Log, Action<string> Warn, Action<StreamTopic> Landed);

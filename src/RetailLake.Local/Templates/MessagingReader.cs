namespace RetailLake.Local.Templates;

/// <summary>
/// Bucket notifications, topics, queues and who reads them. An AWS setting that would change what is told, and is not built here, is refused:
/// a message that silently never came would be a lost file.
/// </summary>
internal sealed class MessagingReader
{
    private const string Drops = "drops/";

    private static readonly string[] Events = ["s3:ObjectCreated:*", "s3:ObjectCreated:Put"];

    private readonly Dictionary<string, LocalQueue> queues = new(StringComparer.Ordinal);
    private readonly List<Subscription> subscriptions = [];
    private readonly List<Mapping> mappings = [];
    private readonly List<LocalNotification> toTopics = [];
    private readonly List<LocalNotification> toQueues = [];
    private readonly List<LocalTopicMapping> topics = [];

    public IReadOnlyList<LocalTopicMapping> TopicMappings => topics;

    /// <summary>Asked for when everything is read: a queue may stand below what names it.</summary>
    public IReadOnlyList<LocalQueueReader> QueueReaders() => [.. mappings.Select(mapping => mapping.Of(
        queues.GetValueOrDefault(mapping.QueueArn) ?? throw new TemplateRefusedException($"Found that {mapping.Where} reads '{mapping.QueueArn}', which the template does not have.", "Declare the queue.")))];

    public IReadOnlyList<LocalNotification> Notifications(List<string> notRun)
    {
        List<LocalNotification> all = [.. toQueues];
        foreach (var notification in toTopics)
        {
            foreach (var subscription in subscriptions.Where(subscription => subscription.TopicArn == notification.TopicArn))
            {
                if (subscription.Protocol == "sqs")
                {
                    all.Add(notification with { QueueArn = subscription.Endpoint, IsEnveloped = !subscription.IsRaw });
                }
                else
                {
                    notRun.Add($"{subscription.Protocol} subscription of '{subscription.TopicArn}' ({subscription.Where})");
                }
            }
        }

        return all.FirstOrDefault(notification => mappings.All(mapping => mapping.QueueArn != notification.QueueArn)) is { } unheard
            ? throw new TemplateRefusedException(
                $"Found that new objects of '{unheard.Bucket}' in {unheard.Where} are told to '{unheard.QueueArn}', which no function reads.", "Give the queue an event source mapping.")
            : all;
    }

    public void ReadQueue(ResourceReader resource, LocalReference reference)
    {
        var arn = reference.Attributes["Arn"];
        if (resource.Text("FifoQueue") is "true")
        {
            throw Refused(resource, "FifoQueue", "queues without an order");
        }

        var redrive = resource.Map("RedrivePolicy");
        queues[arn] = new(
            reference.Attributes["Name"], arn, TimeSpan.FromSeconds(resource.Number("VisibilityTimeout", 30)),
            redrive.TryGetValue("maxReceiveCount", out var count) && count is TemplateText text ? int.Parse(text.Text, System.Globalization.CultureInfo.InvariantCulture) : 0, resource.Where);
    }

    public void ReadSubscription(ResourceReader resource)
    {
        var protocol = resource.RequiredText("Protocol");
        if (protocol == "sqs" && resource.Raw("FilterPolicy") is not null)
        {
            throw Refused(resource, "FilterPolicy", "subscriptions that get everything");
        }

        subscriptions.Add(new(resource.RequiredText("TopicArn"), protocol, resource.Text("Endpoint") ?? "", resource.Text("RawMessageDelivery") is "true", resource.Where));
    }

    public void ReadMapping(ResourceReader resource, string functionArn, TemplateValue? source, Intrinsics intrinsics, List<string> notRun)
    {
        var queueArn = source is null ? "" : intrinsics.Text(source);
        if (TopicMappingReader.Is(queueArn) && resource.Text("Enabled") is not "false")
        {
            topics.Add(TopicMappingReader.Read(resource, functionArn, queueArn, intrinsics));
            return;
        }

        if (!queueArn.Contains(":sqs:", StringComparison.Ordinal))
        {
            notRun.Add($"event source mapping '{resource.LogicalId}' ({resource.Where})");
            return;
        }

        if (resource.Raw("FilterCriteria") is not null)
        {
            throw Refused(resource, "FilterCriteria", "mappings that give a function everything");
        }

        if (resource.Text("Enabled") is "false")
        {
            notRun.Add($"disabled event source mapping '{resource.LogicalId}' ({resource.Where})");
            return;
        }

        var answers = (resource.Raw("FunctionResponseTypes") as TemplateList)?.Items.OfType<TemplateText>().Select(item => item.Text).ToList() ?? [];
        mappings.Add(new(
            queueArn, functionArn, resource.Number("BatchSize", 10), TimeSpan.FromSeconds(resource.Number("MaximumBatchingWindowInSeconds", 0)),
            answers.Contains("ReportBatchItemFailures"), resource.Where));
    }

    public void ReadBucket(ResourceReader resource, Intrinsics intrinsics)
    {
        foreach (var (kind, configurations) in resource.Map("NotificationConfiguration"))
        {
            var target = kind switch
            {
                "TopicConfigurations" => "Topic",
                "QueueConfigurations" => "Queue",
                _ => throw Refused(resource, kind, "TopicConfigurations and QueueConfigurations"),
            };
            foreach (var entry in ((TemplateList)configurations).Items.Cast<TemplateMap>())
            {
                var arn = intrinsics.Text(entry[target] ?? throw new TemplateRefusedException($"Found no {target} in {entry.Where}.", $"Name the {target}."));
                var notification = Notification(resource, entry, intrinsics);
                (target == "Topic" ? toTopics : toQueues).Add(target == "Topic" ? notification with { TopicArn = arn } : notification with { QueueArn = arn });
            }
        }
    }

    private static LocalNotification Notification(ResourceReader resource, TemplateMap entry, Intrinsics intrinsics)
    {
        var told = entry["Event"] is { } text ? intrinsics.Text(text) : "";
        if (!Events.Contains(told))
        {
            throw Refused(resource, $"the event '{told}'", string.Join(" and ", Events));
        }

        var (prefix, suffix) = ("", "");
        var rules = ((entry["Filter"] as TemplateMap)?["S3Key"] as TemplateMap)?["Rules"] as TemplateList;
        foreach (var rule in rules?.Items.Cast<TemplateMap>() ?? [])
        {
            var value = intrinsics.Text(rule["Value"]!);
            _ = intrinsics.Text(rule["Name"]!).ToLowerInvariant() switch
            {
                "prefix" => prefix = value,
                "suffix" => suffix = value,
                var name => throw Refused(resource, $"the filter '{name}'", "prefix and suffix"),
            };
        }

        return prefix.StartsWith(Drops, StringComparison.Ordinal)
            ? new(resource.LogicalId, prefix, suffix, null, IsEnveloped: false, "", entry.Where)
            : throw Refused(resource, $"a notification of '{prefix}…'", $"notifications of '{Drops}', which is the part of the lake that it watches");
    }

    private static TemplateRefusedException Refused(ResourceReader resource, string what, string built) =>
        new($"Found {what} on '{resource.LogicalId}' in {resource.Where}; the local runner knows {built}.", "Use these, or take it out of the template.");

    private sealed record Subscription(string TopicArn, string Protocol, string Endpoint, bool IsRaw, string Where);

    private sealed record Mapping(string QueueArn, string FunctionArn, int BatchSize, TimeSpan Window, bool ReportsItems, string Where)
    {
        public LocalQueueReader Of(LocalQueue queue) => new(queue, FunctionArn, BatchSize, Window, ReportsItems, Where);
    }
}

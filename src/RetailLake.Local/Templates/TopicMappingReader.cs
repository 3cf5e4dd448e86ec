using System.Globalization;

namespace RetailLake.Local.Templates;

/// <summary>Reads Kafka event source mappings. A setting that would leave records out, and is not built here, is refused.</summary>
internal static class TopicMappingReader
{
    private const string Bucket = "LakeBucket";

    private static readonly string[] NotBuilt = ["FilterCriteria", "SelfManagedEventSource", "SourceAccessConfigurations"];

    public static bool Is(string source) => source.Contains(":kafka:", StringComparison.Ordinal);

    public static LocalTopicMapping Read(ResourceReader resource, string functionArn, string clusterArn, Intrinsics intrinsics)
    {
        foreach (var property in NotBuilt.Where(property => resource.Raw(property) is not null))
        {
            throw Refused(resource, property, "mappings that give a function every record of an MSK cluster's topic");
        }

        if (resource.Number("MaximumRecordAgeInSeconds", -1, least: -1) != -1)
        {
            throw Refused(resource, "MaximumRecordAgeInSeconds", "mappings that give up no record for its age");
        }

        var topics = resource.Raw("Topics") is TemplateList list ? list.Items.Select(intrinsics.Text).ToList() : [];
        var start = resource.RequiredText("StartingPosition");
        if (topics.Count == 0 || start is not ("TRIM_HORIZON" or "LATEST"))
        {
            throw Refused(resource, topics.Count == 0 ? "no Topics" : $"StartingPosition {start}", "Topics read from TRIM_HORIZON or LATEST");
        }

        var answers = (resource.Raw("FunctionResponseTypes") as TemplateList)?.Items.OfType<TemplateText>().Select(item => item.Text).ToList() ?? [];
        return new(
            resource.LogicalId, functionArn, clusterArn, topics, start == "LATEST", resource.Number("BatchSize", 100),
            TimeSpan.FromSeconds(double.Parse(resource.Text("MaximumBatchingWindowInSeconds") ?? "0.5", CultureInfo.InvariantCulture)),
            answers.Contains("ReportBatchItemFailures"), resource.Text("BisectBatchOnFunctionError") is "true", resource.Number("MaximumRetryAttempts", -1, least: -1),
            KeepsFailures(resource, intrinsics), resource.Where);
    }

    private static bool KeepsFailures(ResourceReader resource, Intrinsics intrinsics)
    {
        if ((resource.Map("DestinationConfig").GetValueOrDefault("OnFailure") as TemplateMap)?["Destination"] is not { } destination)
        {
            return false;
        }

        var arn = intrinsics.Text(destination);
        return arn == LocalArn.OfUnused(Bucket, "Arn") ? true : throw Refused(resource, $"the destination '{arn}'", $"{Bucket} as the place for batches that failed");
    }

    private static TemplateRefusedException Refused(ResourceReader resource, string what, string built) =>
        new($"Found {what} on '{resource.LogicalId}' in {resource.Where}; the local runner knows {built}.", "Use these, or take it out of the template.");
}

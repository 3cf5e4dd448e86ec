using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using RetailLake.Core.Metrics;
using RetailLake.Functions.Hosting;
using RetailLake.Tests.Stack.Expansion;

namespace RetailLake.Tests.Metrics;

/// <summary>The shape is that of the specification of CloudWatch's embedded metric format.</summary>
public sealed class EmbeddedMetricsTests
{
    private readonly FakeTimeProvider time = new(DateTimeOffset.Parse("2026-11-22T19:30:00Z"));
    private readonly List<string> lines = [];

    [Fact]
    public void Measurements_AreOneLineThatSaysWhatIsAMetric()
    {
        new EmbeddedMetrics(time, lines.Add).Put("crm.customer", [Measurement.Count(MetricName.RowsLoaded, 1_250_000), Measurement.Seconds(MetricName.LagSeconds, TimeSpan.FromMilliseconds(90_500))]);

        lines.Should().ContainSingle().Which.Should().Be(
            """{"_aws":{"Timestamp":1795375800000,"CloudWatchMetrics":[{"Namespace":"RetailLake","Dimensions":[["Application"],["Application","Feed"]],"Metrics":[{"Name":"RowsLoaded","Unit":"Count"},{"Name":"LagSeconds","Unit":"Seconds"}]}]},"Application":"RetailLake","Feed":"crm.customer","RowsLoaded":1250000,"LagSeconds":90.5}""");
    }

    [Fact]
    public void EveryDimensionAndMetric_IsAMemberOfTheLine()
    {
        new EmbeddedMetrics(time, lines.Add).Put("pos.bill", [Measurement.Count(MetricName.BillsHeld, 3)]);
        var line = JsonElement.Parse(lines.Single());
        var directive = line.GetProperty("_aws").GetProperty("CloudWatchMetrics")[0];

        directive.GetProperty("Dimensions").EnumerateArray().SelectMany(set => set.EnumerateArray()).Should().OnlyContain(name => line.GetProperty(name.GetString()!).ValueKind == JsonValueKind.String);
        directive.GetProperty("Metrics").EnumerateArray().Should().OnlyContain(metric => line.GetProperty(metric.GetProperty("Name").GetString()!).ValueKind == JsonValueKind.Number);
    }

    [Fact]
    public void NothingMeasured_PrintsNothing()
    {
        new EmbeddedMetrics(time, lines.Add).Put("crm.customer", []);

        lines.Should().BeEmpty();
    }

    [Fact]
    public void AlarmsAndDashboard_AskForWhatIsMeasured()
    {
        var measured = typeof(MetricName).GetFields().Select(field => (string)field.GetValue(null)!).ToList();
        var stack = new Expanded(new());
        var alarms = stack.Of("AWS::CloudWatch::Alarm").Where(alarm => alarm.File == "stacks/operations.template.yaml" && alarm.Is("Namespace", EmbeddedMetrics.Namespace)).ToList();

        alarms.Select(alarm => alarm.Text("MetricName")).Should().NotBeEmpty().And.BeSubsetOf(measured);
        alarms.Should().OnlyContain(alarm => alarm.Text("Dimensions").Contains(EmbeddedMetrics.Application));
        var dashboard = stack.Of("AWS::CloudWatch::Dashboard").Single().Text("DashboardBody", "Fn::Sub");
        measured.Should().OnlyContain(name => dashboard.Contains($"\"{name}") || dashboard.Contains(name + "\\\""));
        JsonElement.Parse(dashboard.Replace("${AWS::Region}", "ap-south-1").Replace("${WorkgroupName}", "w")).GetProperty("widgets").GetArrayLength().Should().Be(6);
    }
}

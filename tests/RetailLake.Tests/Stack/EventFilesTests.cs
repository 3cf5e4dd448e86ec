using System.Reflection;
using System.Text.Json;
using RetailLake.Core.Warehouse;
using RetailLake.Functions;
using RetailLake.Functions.Hosting;

namespace RetailLake.Tests.Stack;

/// <summary>events/&lt;Function&gt;/&lt;case&gt;.json, for <c>sam local invoke</c> and <c>lake invoke</c>.</summary>
public sealed class EventFilesTests
{
    private static readonly IReadOnlyList<string> Paths = [.. Directory.GetFiles(Repository.Path("events"), "*.json", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Repository.Path("events"), file).Replace('\\', '/')).Order()];

    /// <summary>Events of AWS hold more than the functions read.</summary>
    private static readonly IReadOnlyList<Type> OfAws = [typeof(StatementEvent), typeof(QueueBatchInput), typeof(ExecutionStatusEvent), typeof(KafkaBatchInput)];

    public static TheoryData<string> Files => new(Paths);

    [Theory]
    [MemberData(nameof(Files))]
    public void Event_IsItsFunctionsInput(string file)
    {
        var method = LambdaMethod.All.SingleOrDefault(method => method.Method == file.Split('/')[0]);
        method.Should().NotBeNull("'{0}' must lie in the folder of a function", file);
        var json = Repository.Read("events", file);

        var input = Deserialize(method!.Input, json);

        Problems(method.Input, input, JsonElement.Parse(json), isWhole: !OfAws.Contains(method.Input)).Should().BeEmpty();
    }

    [Fact]
    public void EveryFunction_HasAnEvent() =>
        Paths.Select(path => path.Split('/')[0]).Distinct().Should().BeEquivalentTo(LambdaMethod.All.Select(method => method.Method));

    [Theory]
    [InlineData("""{"run":"runs/crm.customer/x"}""", "slice")]
    [InlineData("""{"run":"runs/crm.customer/x","slice":1,"table":"t"}""", "table")]
    [InlineData("""{"slice":1}""", "run")]
    public void WrongEvent_IsFound(string json, string member) =>
        Problems(typeof(SliceInput), Deserialize(typeof(SliceInput), json), JsonElement.Parse(json), isWhole: true).Should().ContainMatch($"*'{member}'*");

    [Theory]
    [InlineData("finished", "FINISHED", true)]
    [InlineData("failed", "FAILED", true)]
    [InlineData("aborted", "ABORTED", true)]
    [InlineData("not-a-load", "FINISHED", false)]
    public void StatementEvent_IsWhatTheRuleLetsThrough(string file, string state, bool isLoad)
    {
        var json = JsonElement.Parse(Repository.Read("events", "CompleteLoad", $"{file}.json"));
        var detail = json.GetProperty("detail");

        json.GetProperty("source").GetString().Should().Be("aws.redshift-data");
        json.GetProperty("detail-type").GetString().Should().Be("Redshift Data Statement Status Change");
        detail.GetProperty("state").GetString().Should().Be(state);
        (LoadTokens.RunOf(detail.GetProperty("statementName").GetString()!) is not null).Should().Be(isLoad);
    }

    [Theory]
    [InlineData("two-partitions", 3)]
    [InlineData("self-managed", 1)]
    [InlineData("tombstone", 1)]
    [InlineData("poison", 1)]
    public void PosEvents_AreBillsThatAddUp(string file, int bills)
    {
        var records = JsonElement.Parse(Repository.Read("events", "LandPosEvents", $"{file}.json")).GetProperty("records").EnumerateObject().SelectMany(partition => partition.Value.EnumerateArray());
        var read = records.Where(record => record.TryGetProperty("key", out var key) && key.GetString() is { Length: > 0 } && record.GetProperty("value").ValueKind == JsonValueKind.String)
            .Select(record => (Key: System.Text.Encoding.UTF8.GetString(record.GetProperty("key").GetBytesFromBase64()), Bill: JsonElement.Parse(record.GetProperty("value").GetBytesFromBase64()))).ToList();

        read.Should().HaveCount(bills);
        read.Should().OnlyContain(record => record.Bill.GetProperty("bill_no").GetString() == record.Key);
        foreach (var (_, bill) in read)
        {
            var net = bill.GetProperty("totals").GetProperty("net").GetString();
            Sum(bill, "lines").Should().Be(Sum(bill, "tenders")).And.Be(decimal.Parse(net!, System.Globalization.CultureInfo.InvariantCulture));
        }

        static decimal Sum(JsonElement bill, string of) =>
            bill.GetProperty(of).EnumerateArray().Sum(one => decimal.Parse(one.GetProperty("amount").GetString()!, System.Globalization.CultureInfo.InvariantCulture));
    }

    private static object Deserialize(Type type, string json)
    {
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(json));
        return typeof(LakeLambdaSerializer).GetMethod("Deserialize")!.MakeGenericMethod(type).Invoke(new LakeLambdaSerializer(), [stream])!;
    }

    /// <summary>A misspelled member is silently null or 0 in the function; here it is a problem.</summary>
    private static IEnumerable<string> Problems(Type type, object input, JsonElement json, bool isWhole)
    {
        var members = type.GetConstructors().MaxBy(constructor => constructor.GetParameters().Length)!.GetParameters();
        var given = json.EnumerateObject().Select(member => char.ToLowerInvariant(member.Name[0]) + member.Name[1..]).ToList();
        foreach (var member in members)
        {
            var name = char.ToLowerInvariant(member.Name![0]) + member.Name[1..];
            if (!member.HasDefaultValue && !given.Contains(name))
            {
                yield return $"'{name}' is missing";
            }
            else if (given.Contains(name) && type.GetProperty(member.Name, BindingFlags.Public | BindingFlags.Instance)!.GetValue(input) is null)
            {
                yield return $"'{name}' was not read";
            }
        }

        foreach (var unknown in isWhole ? given.Where(name => !members.Any(member => member.Name!.Equals(name, StringComparison.OrdinalIgnoreCase))) : [])
        {
            yield return $"'{unknown}' is no member of {type.Name}";
        }
    }
}

using Microsoft.Extensions.Time.Testing;
using RetailLake.Local.Schedules;
using RetailLake.Local.Templates;

namespace RetailLake.Tests.Local;

public sealed class ScheduleExpressionTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("cron(30 0 * * ? *)", "Asia/Kolkata", "2026-11-22T19:00:00Z")]
    [InlineData("cron(0 12 * * ? *)", null, "2026-11-23T12:00:00Z")]
    [InlineData("cron(0 9 ? * 2 *)", null, "2026-11-23T09:00:00Z")] // AWS: 2 is Monday
    [InlineData("cron(0 9 ? * MON-FRI *)", null, "2026-11-23T09:00:00Z")]
    [InlineData("cron(0 0 L * ? *)", null, "2026-11-30T00:00:00Z")]
    [InlineData("cron(0 0 1 1 ? 2028)", null, "2028-01-01T00:00:00Z")]
    [InlineData("rate(5 minutes)", null, "2026-11-22T12:05:00Z")]
    [InlineData("rate(1 hour)", null, "2026-11-22T13:00:00Z")]
    [InlineData("at(2026-11-22T18:00:00)", "Asia/Kolkata", "2026-11-22T12:30:00Z")]
    public void Expression_HasItsNextTime(string expression, string? zone, string expected) =>
        ScheduleExpression.Parse(Schedule(expression, zone), Noon).After(Noon).Should().Be(DateTimeOffset.Parse(expected));

    [Fact]
    public void YearsThatArePast_HaveNoNextTime() =>
        ScheduleExpression.Parse(Schedule("cron(0 0 1 1 ? 2020)"), Noon).After(Noon).Should().BeNull();

    [Theory]
    [InlineData("cron(0 12 * * ?)", null)]
    [InlineData("rate(0 minutes)", null)]
    [InlineData("every day", null)]
    [InlineData("rate(1 hour)", "Asia/Nowhere")]
    public void UnreadableExpression_IsRefused(string expression, string? zone)
    {
        var parse = () => ScheduleExpression.Parse(Schedule(expression, zone), Noon);

        parse.Should().Throw<TemplateRefusedException>().WithMessage("*template.yaml*");
    }

    [Fact]
    public async Task Scheduler_FiresWhenDue_WithTheDueTimeInTheInput()
    {
        var time = new FakeTimeProvider(Noon);
        var fired = new List<string>();
        var schedule = Schedule("rate(10 minutes)") with { Input = """{"tick":"<aws.scheduler.scheduled-time>"}""" };
        using var stop = new CancellationTokenSource();
        var signal = new SemaphoreSlim(0);
        var running = new Scheduler([schedule, schedule with { Enabled = false }], Fire, time).RunAsync(stop.Token);

        time.Advance(TimeSpan.FromMinutes(9));
        fired.Should().BeEmpty();
        time.Advance(TimeSpan.FromMinutes(1));
        await signal.WaitAsync(TimeSpan.FromSeconds(10));
        await stop.CancelAsync();

        fired.Should().Equal("""{"tick":"2026-11-22T12:10:00Z"}""");
        await running.Awaiting(task => task).Should().ThrowAsync<OperationCanceledException>();

        Task Fire(LocalSchedule due, string input, CancellationToken cancellationToken)
        {
            fired.Add(input);
            signal.Release();
            return Task.CompletedTask;
        }
    }

    private static LocalSchedule Schedule(string expression, string? zone = null) => new("S", expression, zone, "arn", null, Enabled: true, "'template.yaml' line 1");
}

namespace RetailLake.Tests.Cli;

public sealed class CommandLineTests : IDisposable
{
    private readonly CommandRun lake = new();

    public void Dispose() => lake.Dispose();

    [Theory]
    [InlineData("frobnicate")]
    [InlineData("ingest")]
    [InlineData("ledger", "--colour")]
    [InlineData("sql", "SELECT 1", "--format", "xml")]
    [InlineData("executions", "--status", "MAYBE")]
    [InlineData("demo", "--rows", "many")]
    public async Task UnknownArguments_ShowTheHelpOfTheirCommand(params string[] arguments)
    {
        var answer = await lake.RunAsync(arguments);

        answer.Exit.Should().Be(2);
        answer.Output.Should().BeEmpty();
        answer.Error.Should().Contain("Usage:").And.Contain(arguments[0] == "frobnicate" ? "Commands:" : $" {arguments[0]} ");
        Directory.Exists(lake.Home).Should().BeFalse("nothing was begun");
    }

    [Theory]
    [InlineData("ingest", "nowhere")]
    [InlineData("ingest", "crm/nothing")]
    [InlineData("run", "nowhere-ingest")]
    [InlineData("redrive", "customer-20261122T000000Z")]
    [InlineData("rerun", "customer-20261122T000000Z")]
    [InlineData("executions", "show", "customer-20261122T000000Z")]
    [InlineData("invoke", "Nothing")]
    [InlineData("invoke", "PlanIngest", "-e", "events/none.json")]
    [InlineData("sql", "SELECT 1; SELECT 2")]
    public async Task WhatCannotBegin_IsRefused(params string[] arguments)
    {
        var answer = await lake.RunAsync(arguments);

        answer.Exit.Should().Be(3, answer.Error);
        answer.Error.Should().Contain("Found ");
    }

    [Fact]
    public async Task Refusal_IsJsonWhenAskedFor()
    {
        var answer = await lake.RunAsync("ingest", "nowhere", "--json");

        answer.Exit.Should().Be(3);
        answer.Json["error"]!["type"]!.GetValue<string>().Should().Be("ContractInvalidException");
        answer.Json["error"]!["remedy"]!.GetValue<string>().Should().NotBeEmpty();
    }

    [Fact]
    public async Task NewHome_AnswersEveryLook()
    {
        (await lake.RunAsync("executions", "--json")).Json["executions"]!.AsArray().Should().BeEmpty();
        (await lake.RunAsync("ledger", "--json")).Json["loads"]!.AsArray().Should().BeEmpty();
        (await lake.RunAsync("quarantine", "list", "--json")).Json["runs"]!.AsArray().Should().BeEmpty();
        (await lake.RunAsync("quarantine")).Exit.Should().Be(0);
        (await lake.RunAsync("sql", "SELECT 1 AS one, 'a,b' AS two, NULL AS three", "--format", "csv")).Output.Should().Be("one,two,three\n1,\"a,b\",\n".ReplaceLineEndings());
    }

    [Theory]
    [InlineData("customer-20261122T093000Z")]
    [InlineData("crm.customer/customer-20261122T093000Z")]
    [InlineData("crm.custmer")]
    [InlineData("crm-ingest/../..")]
    [InlineData("")]
    public async Task Quarantine_OfAnUnknownName_IsRefused(string name)
    {
        foreach (var command in (string[])["show", "release"])
        {
            var answer = await lake.RunAsync("quarantine", command, name);

            answer.Exit.Should().Be(3, answer.Error);
            answer.Error.Should().Contain("Found ").And.MatchRegex("Nothing was (shown|released|read)");
        }
    }

    [Fact]
    public async Task Sql_IsReadOnlyUnlessToldOtherwise()
    {
        var refused = await lake.RunAsync("sql", "CREATE TABLE t (n INT)");
        var allowed = await lake.RunAsync("sql", "CREATE TABLE t (n INT)", "--write");

        refused.Exit.Should().Be(1);
        refused.Error.Should().Contain("read-only").And.Contain("--write");
        allowed.Exit.Should().Be(0, allowed.Error);
        (await lake.RunAsync("sql", "SELECT COUNT(*) AS n FROM t", "--json")).Json[0]!["n"]!.GetValue<long>().Should().Be(0);
    }

    [Fact]
    public async Task ContractCheck_NamesEveryContract()
    {
        var answer = await lake.RunAsync("contract", "check", "--json");

        answer.Exit.Should().Be(0, answer.Output);
        answer.Json["contracts"]!.AsArray().Select(id => id!.GetValue<string>()).Should().Contain(["crm.customer", "oms.order"]);
        answer.Json["problems"]!.AsArray().Should().BeEmpty();
    }

    [Theory]
    [InlineData("redshift", "DISTKEY")]
    [InlineData("duckdb", "CREATE TABLE")]
    public async Task Ddl_IsInTheDialectAskedFor(string dialect, string expected)
    {
        var answer = await lake.RunAsync("contract", "ddl", "--dialect", dialect, "oms.order");

        answer.Exit.Should().Be(0, answer.Error);
        answer.Output.ToUpperInvariant().Should().Contain(expected).And.Contain("SALES_ORDER_LINE");
    }

    [Fact]
    public async Task Invoke_AnswersLambdasErrorObject()
    {
        var failed = await lake.RunAsync("invoke", "PlanIngestFunction");

        failed.Exit.Should().Be(1);
        failed.Json["errorType"]!.GetValue<string>().Should().NotBeEmpty();
    }
}

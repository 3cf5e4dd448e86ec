namespace RetailLake.Tests.Stack;

public sealed class CfnLintTests
{
    [Theory]
    [InlineData("template.yaml")]
    [InlineData("statemachines/source.template.yaml")]
    [InlineData("statemachines/pull.template.yaml")]
    [InlineData("stacks/network.template.yaml")]
    [InlineData("stacks/operations.template.yaml")]
    public async Task Template_PassesCfnLint(string template) => (await RunAsync(template)).Output.Trim().Should().BeEmpty();

    [Fact]
    public async Task BrokenTemplate_IsFound()
    {
        var broken = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.template.yaml");
        await File.WriteAllTextAsync(broken, Repository.Read("statemachines", "source.template.yaml").Replace("!GetAtt StateMachineRole.Arn", "!GetAtt NoSuchRole.Arn", StringComparison.Ordinal));

        var run = await RunAsync(broken);

        run.Output.Should().Contain("NoSuchRole");
        File.Delete(broken);
    }

    private static async Task<ToolRun> RunAsync(string template)
    {
        var run = await ToolRun.StartAsync("cfn-lint", "--format", "parseable", "--", template);
        // 127: a version manager's shim without the tool behind it.
        Assert.SkipWhen(run is null or { ExitCode: 127 }, "cfn-lint is not installed here (pip install cfn-lint).");
        return run!;
    }
}

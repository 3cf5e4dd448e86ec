namespace RetailLake.Tests.Stack;

public sealed class CfnLintTests
{
    /// <summary>The root template goes through the SAM transform, as cfn-lint does it.</summary>
    [Fact]
    public async Task Templates_PassCfnLint() => (await RunAsync([.. StackFiles.Templates])).Output.Trim().Should().BeEmpty();

    [Fact]
    public async Task BrokenTemplate_IsFound()
    {
        var broken = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.template.yaml");
        await File.WriteAllTextAsync(broken, Repository.Read("statemachines", "source.template.yaml").Replace("!GetAtt StateMachineRole.Arn", "!GetAtt NoSuchRole.Arn", StringComparison.Ordinal));

        var run = await RunAsync(broken);

        run.Output.Should().Contain("NoSuchRole");
        File.Delete(broken);
    }

    private static async Task<ToolRun> RunAsync(params string[] templates)
    {
        var run = await ToolRun.StartAsync("cfn-lint", ["--format", "parseable", "--", .. templates]);
        // 127: a version manager's shim without the tool behind it.
        Assert.SkipWhen(run is null or { ExitCode: 127 }, "cfn-lint is not installed here (pip install cfn-lint).");
        return run!;
    }
}

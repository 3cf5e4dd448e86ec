namespace RetailLake.StatesLanguage.Tests;

public sealed class LintTests
{
    private const string Retry = """
        "Retry":[{"ErrorEquals":["Lambda.ServiceException","Lambda.AWSLambdaException","Lambda.SdkClientException","Lambda.ClientExecutionTimeoutException","Lambda.TooManyRequestsException"],"JitterStrategy":"FULL","MaxDelaySeconds":60}]
        """;

    [Fact]
    public void SoundMachine_HasNoFindings() =>
        Check($$"""{"StartAt":"T","TimeoutSeconds":600,"States":{"T":{"Type":"Task","Resource":"r","TimeoutSeconds":5,{{Retry}},"End":true} } }""").Should().BeEmpty();

    [Theory]
    [InlineData("""{"Type":"Task","Resource":"r","TimeoutSeconds":5,RETRY,"Catch":[{"ErrorEquals":["A"],"Next":"N"}],"Next":"Z"}""", WorkflowLint.CatchToFail)]
    [InlineData("""{"Type":"Choice","Choices":[{"Variable":"$.x","IsNull":true,"Next":"N"}],"Default":"Z"}""", WorkflowLint.ChoiceToFail)]
    [InlineData("""{"Type":"Task","Resource":"r",RETRY,"Next":"Z"}""", WorkflowLint.TaskTimeout)]
    [InlineData("""{"Type":"Task","Resource":"r","TimeoutSeconds":5,"Next":"Z"}""", WorkflowLint.TaskRetrier)]
    [InlineData("""{"Type":"Task","Resource":"r","TimeoutSeconds":5,"Retry":[{"ErrorEquals":["Lambda.ServiceException","Lambda.AWSLambdaException","Lambda.SdkClientException","Lambda.ClientExecutionTimeoutException","Lambda.TooManyRequestsException"],"MaxDelaySeconds":60}],"Next":"Z"}""", WorkflowLint.TaskRetrier)]
    public void BrokenRule_IsFound(string state, string rule)
    {
        var rest = rule is WorkflowLint.CatchToFail or WorkflowLint.ChoiceToFail ? ",\"N\":{\"Type\":\"Pass\",\"Next\":\"F\"},\"F\":{\"Type\":\"Fail\"}" : "";
        var finding = Check($$"""{"StartAt":"S","TimeoutSeconds":600,"States":{"S":{{state.Replace("RETRY", Retry)}},"Z":{"Type":"Succeed"}{{rest}} } }""").Should().ContainSingle().Subject;

        finding.Rule.Should().Be(rule);
        finding.State.Should().Be("S");
    }

    [Fact]
    public void MachineWithoutTimeout_IsFound_AndInnerMachinesAreLookedAt() =>
        Check("""{"StartAt":"M","States":{"M":{"Type":"Map","End":true,"ItemProcessor":{"StartAt":"T","States":{"T":{"Type":"Task","Resource":"r","End":true}}}}}}""")
            .Select(finding => finding.Rule).Should().BeEquivalentTo(WorkflowLint.MachineTimeout, WorkflowLint.TaskTimeout, WorkflowLint.TaskRetrier);

    private static IReadOnlyList<LintFinding> Check(string definition) => WorkflowLint.Check("m", definition);
}

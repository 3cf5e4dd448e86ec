using RetailLake.Local.Templates;

namespace RetailLake.Tests.Local;

public sealed class TemplateReaderTests : IDisposable
{
    private const string Machine = """{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"${StepArn}"},"End":true}}}""";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Globals_LieUnderTheFunctionsOwnValues()
    {
        var application = Read("""
            Globals:
              Function: { Runtime: dotnet10, MemorySize: 512, Timeout: 30, Environment: { Variables: { A: global, B: global } } }
            Resources:
              StepFunction:
                Type: AWS::Serverless::Function
                Properties: { Handler: 'A::B::C', Timeout: 60, Environment: { Variables: { B: own } } }
            """);

        var function = application.Functions.Should().ContainSingle().Subject;
        function.Should().BeEquivalentTo(new { MemoryMegabytes = 512, Timeout = TimeSpan.FromSeconds(60), Arn = "arn:aws:lambda:local:000000000000:function:StepFunction" });
        function.Environment.Should().Equal(new Dictionary<string, string> { ["A"] = "global", ["B"] = "own" });
    }

    [Theory]
    [InlineData("!Ref Zone", "Asia/Kolkata")]
    [InlineData("!Sub '${Zone}-${AWS::Region}-${!kept}'", "Asia/Kolkata-local-${kept}")]
    [InlineData("!Sub ['${a}/${Zone}', { a: !Ref Zone }]", "Asia/Kolkata/Asia/Kolkata")]
    [InlineData("!Join ['-', [a, !Ref Zone]]", "a-Asia/Kolkata")]
    [InlineData("!Select [1, !Split ['/', !Ref Zone]]", "Kolkata")]
    [InlineData("!If [IsIndia, yes, no]", "yes")]
    [InlineData("!FindInMap [Sizes, small, memory]", "256")]
    [InlineData("!GetAtt StepFunction.Arn", "arn:aws:lambda:local:000000000000:function:StepFunction")]
    [InlineData("!Ref Bucket", "Bucket")]
    [InlineData("{ 'Fn::Sub': '${Zone}' }", "Asia/Kolkata")]
    public void Intrinsics_AreEvaluated(string written, string expected)
    {
        var application = Read($$"""
            Parameters: { Zone: { Type: String, Default: Asia/Kolkata } }
            Conditions:
              IsIndia: !And [!Equals [!Ref Zone, Asia/Kolkata], !Not [!Equals [a, b]]]
            Mappings: { Sizes: { small: { memory: 256 } } }
            Resources:
              Bucket: { Type: AWS::S3::Bucket }
              StepFunction:
                Type: AWS::Serverless::Function
                Properties:
                  Handler: A::B::C
                  Environment: { Variables: { VALUE: {{written}} } }
            """);

        application.Functions.Single().Environment["VALUE"].Should().Be(expected);
    }

    [Fact]
    public void NestedStack_IsReadOncePerSourceWithItsArguments()
    {
        folder.Write("machines/m.asl.json", Machine);
        folder.Write("machines/source.yaml", """
            Parameters: { Source: { Type: String }, StepArn: { Type: String }, Every: { Type: String, Default: rate(1 hour) } }
            Resources:
              StateMachine:
                Type: AWS::Serverless::StateMachine
                Properties:
                  Name: !Sub ${Source}-ingest
                  DefinitionUri: m.asl.json
                  DefinitionSubstitutions: { StepArn: !Ref StepArn }
              Schedule:
                Type: AWS::Scheduler::Schedule
                Properties:
                  ScheduleExpression: !Ref Every
                  ScheduleExpressionTimezone: Asia/Kolkata
                  Target: { Arn: !Ref StepArn, RoleArn: !GetAtt Role.Arn, Input: !Sub '{"source":"${Source}"}' }
              Role: { Type: AWS::IAM::Role }
            """);

        var application = Read("""
            Resources:
              CrmSource:
                Type: AWS::Serverless::Application
                Properties: { Location: machines/source.yaml, Parameters: { Source: crm, StepArn: !GetAtt StepFunction.Arn } }
              OmsSource:
                Type: AWS::CloudFormation::Stack
                Properties: { TemplateURL: machines/source.yaml, Parameters: { Source: oms, StepArn: !GetAtt StepFunction.Arn, Every: rate(5 minutes) } }
              StepFunction: { Type: AWS::Serverless::Function, Properties: { Handler: 'A::B::C' } }
            """);

        application.StateMachines.Select(machine => machine.Name).Should().Equal("crm-ingest", "oms-ingest");
        application.StateMachines[0].Definition.Should().Contain("function:StepFunction").And.NotContain("${");
        application.StateMachines[1].StackArguments["Source"].Should().Be("oms");
        application.Schedules.Select(schedule => (schedule.Expression, schedule.Input)).Should()
            .Equal(("rate(1 hour)", """{"source":"crm"}"""), ("rate(5 minutes)", """{"source":"oms"}"""));
    }

    [Fact]
    public void Rule_KeepsLocalTargetsOnly()
    {
        var rule = Read("""
            Resources:
              StepFunction: { Type: AWS::Serverless::Function, Properties: { Handler: 'A::B::C' } }
              Topic: { Type: AWS::SNS::Topic }
              LoadRule:
                Type: AWS::Events::Rule
                Properties:
                  EventPattern: { source: [aws.redshift-data], detail: { statementName: [{ prefix: runs/ }], state: [FINISHED, FAILED] } }
                  Targets: [{ Id: a, Arn: !GetAtt StepFunction.Arn }, { Id: b, Arn: !Ref Topic }]
            """).Rules.Should().ContainSingle().Subject;

        rule.Targets.Should().ContainSingle().Which.Arn.Should().EndWith(":StepFunction");
        rule.Pattern.ToJsonString().Should().Be("""{"source":["aws.redshift-data"],"detail":{"statementName":[{"prefix":"runs/"}],"state":["FINISHED","FAILED"]}}""");
    }

    [Theory]
    [InlineData("A: { Type: AWS::Serverless::Function, Properties: { Handler: !Reff X } }", "*'!Reff'*line 3*")]
    [InlineData("A: { Type: AWS::Serverless::Function, Properties: { Handler: !ImportValue X } }", "*Fn::ImportValue*line 3*")]
    [InlineData("A: { Type: AWS::Serverless::Function, Properties: { Handler: !Ref Nothing } }", "*'Nothing'*line 3*")]
    [InlineData("A: { Type: AWS::Serverless::Function, Properties: { Handler: 'A::B::C', Runtime: python3.13 } }", "*'A'*line 3*python3.13*")]
    [InlineData("A: { Type: AWS::Serverless::Function, Properties: { PackageType: Image } }", "*'A'*line 3*image*")]
    [InlineData("A: { Type: AWS::Lambda::Function }", "*'A'*line 3*")]
    [InlineData("A: { Type: AWS::Serverless::Function, Properties: { Handler: !Ref NoDefault } }", "*'NoDefault'*Default*")]
    [InlineData("A: { Type: AWS::Serverless::StateMachine, Properties: { DefinitionUri: none.json } }", "*none.json*")]
    public void WhatCannotRunHere_IsRefusedWithFileAndLine(string resource, string message)
    {
        var read = () => Read($"""
            Parameters: {"{"} NoDefault: {"{"} Type: String {"}"} {"}"}
            Resources:
              {resource}
            """);

        read.Should().Throw<TemplateRefusedException>().WithMessage(message);
    }

    [Fact]
    public void SubstitutionMissing_IsRefused()
    {
        folder.Write("m.asl.json", Machine);

        var read = () => Read("""
            Resources:
              M: { Type: AWS::Serverless::StateMachine, Properties: { DefinitionUri: m.asl.json } }
            """);

        read.Should().Throw<TemplateRefusedException>().WithMessage("*${StepArn}*DefinitionSubstitutions*");
    }

    [Fact]
    public void HostVariables_AreNotEvaluated()
    {
        var application = Read("""
            Parameters: { NoDefault: { Type: String } }
            Resources:
              A: { Type: AWS::Serverless::Function, Properties: { Handler: 'A::B::C', Environment: { Variables: { LAKE_URI: !Ref NoDefault } } } }
            """);

        application.Functions.Single().Environment.Should().BeEmpty();
    }

    private LocalApplication Read(string yaml) => TemplateReader.Read(folder.Write("template.yaml", yaml), new HashSet<string> { "LAKE_URI" });
}

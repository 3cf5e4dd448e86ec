using System.Text;
using RetailLake.Core.Contracts.Compile;
using RetailLake.Core.Contracts.Odcs;
using RetailLake.Core.Contracts.Yaml;

namespace RetailLake.Tests.Contracts;

/// <summary>Our structural check against the standard's JSON Schema.</summary>
public sealed class OdcsSchemaTests
{
    [Fact]
    public void Mutants_AreJudgedAsByTheStandard()
    {
        AskOracle();
        var mutants = OdcsMutants.All.Select(mutant => (mutant.Name, Document: Read(mutant.Yaml))).ToList();

        var verdicts = JsonSchemaOracle.Judge(mutants.Select(mutant => mutant.Document));

        var ours = mutants.Select(mutant => IsFormed(mutant.Document)).ToList();
        var differences = mutants.Select((mutant, index) => (mutant.Name, standard: verdicts[index], ours: ours[index])).Where(judged => judged.standard != judged.ours);
        differences.Should().BeEmpty();
        verdicts[0].Should().BeTrue("the document that the mutants come from is right");
        verdicts.Count(isValid => !isValid).Should().BeGreaterThan(50);
    }

    /// <summary>A server of a type that is not built is refused whole, so its own fields are not looked at: the one place where ours is wider.</summary>
    [Fact]
    public void TheStandardsExamples_AreJudgedAsByTheStandard()
    {
        AskOracle();
        var files = Directory.GetFiles(Path.Combine(Path.GetDirectoryName(JsonSchemaOracle.Schema)!, "examples"), "*.yaml");
        var documents = files.Select(file => Read(File.ReadAllText(file))).ToList();

        var verdicts = JsonSchemaOracle.Judge(documents);

        files.Zip(verdicts, documents.Select(IsFormed)).Where(judged => judged.Second != judged.Third).Select(judged => Path.GetFileName(judged.First)).Should().BeEmpty();
    }

    [Fact]
    public void WhatTheStandardRejects_IsRejected()
    {
        AskOracle();
        var texts = BadContractTests.Cases.Select(row => SampleContract.With(row.Data.Item1, row.Data.Item2)).ToList();

        var verdicts = JsonSchemaOracle.Judge(texts.Select(Read));

        texts.Zip(verdicts).Where(judged => !judged.Second && SampleContract.Load(judged.First).IsClean).Should().BeEmpty();
        verdicts.Count(isValid => !isValid).Should().BeGreaterThan(10);
    }

    [Fact]
    public void TheDemoContracts_ArePlainOdcs()
    {
        AskOracle();
        var files = Directory.GetFiles(Repository.Contracts, "*.yaml", SearchOption.AllDirectories);

        JsonSchemaOracle.Judge(files.Select(file => Read(File.ReadAllText(file)))).Should().OnlyContain(isValid => isValid);
    }

    private static void AskOracle()
    {
        var why = JsonSchemaOracle.WhyAbsent();
        Assert.SkipUnless(why is null, why ?? "");
    }

    private static YamlNode Read(string yaml) => YamlReader.Read(Encoding.UTF8.GetBytes(yaml), new("x"))!;

    private static bool IsFormed(YamlNode document)
    {
        var problems = new ProblemList("x");
        OdcsDocument.Shape.Check(document, "the document", problems);
        return problems.Count == 0;
    }
}

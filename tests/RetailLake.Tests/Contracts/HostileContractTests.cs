using System.Diagnostics;
using System.Text;
using RetailLake.Core.Contracts;

namespace RetailLake.Tests.Contracts;

/// <summary>A contract is untrusted input: it is refused in a moment, whatever it holds.</summary>
public sealed class HostileContractTests
{
    private static readonly string Bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + string.Concat(Enumerable.Range('b', 12).Select(letter =>
        $"{(char)letter}: &{(char)letter} [{string.Join(',', Enumerable.Repeat($"*{(char)(letter - 1)}", 9))}]\n"));

    [Fact]
    public void AnAliasBomb_IsRefusedAtItsFirstAnchor() => Refused(Bomb, "Found a YAML anchor or alias").Line.Should().Be(1);

    [Fact]
    public void ALoopOfAliases_IsRefused() => Refused("a: &a [*a]", "Found a YAML anchor or alias");

    [Fact]
    public void TenMegabytes_AreNotRead() => Refused("a: " + new string('x', 10_000_000), "Found a file of more than 1048576 bytes");

    [Fact]
    public void ManyNodes_AreRefused() => Refused("a: [" + string.Join(',', Enumerable.Repeat("1", 200_000)) + "]", "nodes");

    [Theory]
    [InlineData('[')]
    [InlineData('{')]
    public void DeepNesting_IsRefused(char open) => Refused(new string(open, 100_000), "levels");

    [Theory]
    [InlineData("id: a\nid: b", "Found the key 'id' a second time", 2)]
    [InlineData("a: 1\n<<: { b: 2 }", "merge key", 2)]
    [InlineData("? [a]\n: b", "no plain text", 1)]
    [InlineData("a: !!python/object:os.system x", "Found a YAML tag", 1)]
    [InlineData("a: !!int '1'", "Found a YAML tag", 1)]
    [InlineData("a: 1\n---\nb: 2", "Found a second YAML document", 2)]
    [InlineData("", "Found an empty file", 1)]
    [InlineData("# nothing", "Found an empty file", 2)]
    [InlineData("a: 'b", "not YAML", 1)]
    [InlineData("a: b: c", "not YAML", 1)]
    [InlineData("a:\n\tb: c", "Found a tab", 2)]
    [InlineData("- a", "the contract as a mapping", 1)]
    [InlineData("plain", "the contract as a mapping", 1)]
    [InlineData("a: yes", "take for a boolean", 1)]
    [InlineData("a: 07", "leading zero", 1)]
    [InlineData("a: 0x1F", "take for a number", 1)]
    [InlineData("a: 12:30:00", "take for a number", 1)]
    public void WhatIsNoPlainYaml_IsRefusedOnItsLine(string yaml, string message, int line) => Refused(yaml, message).Line.Should().Be(line);

    [Fact]
    public void BytesThatAreNotUtf8_AreNamedByTheirPlace()
    {
        byte[] bytes = [.. "a: 1\nb: "u8, 0xC3, 0x28];

        var problem = ContractLoader.Read("shop", "bill", bytes, "f").Problems.Should().ContainSingle().Subject;

        (problem.Message, problem.Line, problem.Column).Should().Be(("Found bytes that are not UTF-8.", 2, 4));
    }

    [Fact]
    public void AByteOrderMark_IsAllowed() =>
        ContractLoader.Read("shop", "bill", [.. "\uFEFF"u8, .. Encoding.UTF8.GetBytes(SampleContract.Yaml)], "f").Problems.Should().BeEmpty();

    [Theory]
    [InlineData("..", "bill")]
    [InlineData("shop", "bill/../../x")]
    [InlineData("Shop", "bill")]
    [InlineData("shop", "bill; DROP TABLE x")]
    [InlineData("ops", "bill")]
    [InlineData("pg_catalog", "bill")]
    [InlineData("shop", "a1234567890123456789012345678901234567890123456789")]
    public void APathThatIsNoName_IsRefused(string source, string feed) =>
        SampleContract.Load(SampleContract.With("id: shop.bill", $"id: '{source}.{feed}'"), source, feed).Problems.Should().NotBeEmpty();

    [Fact]
    public void ControlCharacters_DoNotReachTheTerminal()
    {
        var problem = SampleContract.Load(SampleContract.With("status: active", "status: \"\\e[31m\\u202eevil" + new string('x', 500) + "\"")).Problems.Should().ContainSingle().Subject;

        problem.ToString().Should().NotContain("\u001b").And.NotContain("\u202e");
        problem.Message.Length.Should().BeLessThan(250);
    }

    [Fact]
    public void ThousandsOfProblems_AreCappedWithTheirCount()
    {
        var yaml = "a:\n" + string.Concat(Enumerable.Range(0, 3_000).Select(number => $"b{number}: 1\n"));

        var loaded = SampleContract.Load(yaml);

        loaded.Problems.Should().HaveCount(200);
        loaded.ProblemsLeftOut.Should().BeGreaterThan(2_700);
    }

    [Fact]
    public void AHostilePattern_IsRefusedOrLinear()
    {
        var watch = Stopwatch.StartNew();
        var loaded = SampleContract.Load(SampleContract.With("arguments: { validValues: [CASH, CARD] }", "arguments: { pattern: '^(a+)+(b|c{1,900}){1,900}$' }"));

        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(10));
        loaded.Problems.Should().OnlyContain(problem => problem.Message.Contains("pattern", StringComparison.Ordinal));
    }

    private static ContractProblem Refused(string yaml, string message)
    {
        var watch = Stopwatch.StartNew();
        var loaded = ContractLoader.Read("shop", "bill", Encoding.UTF8.GetBytes(yaml), "f");

        loaded.Contracts.Should().BeEmpty();
        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(10));
        return loaded.Problems.First(problem => problem.Message.Contains(message, StringComparison.Ordinal));
    }
}

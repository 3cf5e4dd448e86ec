using System.Text;
using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using static RetailLake.Tests.Xml.XmlFeed;

namespace RetailLake.Tests.Xml;

/// <summary>Documents made to harm: each is refused with its code, in bounded memory.</summary>
public sealed class XmlAttackTests
{
    private const int Million = 1_000_000;

    private static readonly Contract Small = Contract("r/u", [Table("unit", "r/u", Text("a", "a"), Text("k", "@k"))]);

    public static TheoryData<string, string, string> Attacks() => new()
    {
        { "DTD", "<!DOCTYPE r [<!ENTITY a 'b'>]><r>&a;</r>", DropRefusalCode.Format },
        { "external entity", "<!DOCTYPE r [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><r>&a;</r>", DropRefusalCode.Format },
        { "parameter entity", "<!DOCTYPE r SYSTEM 'http://localhost:1/x.dtd'><r/>", DropRefusalCode.Format },
        { "laughs", "<!DOCTYPE r [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]><r>&b;</r>", DropRefusalCode.Format },
        { "doctype behind a comment", "<!-- x --><!DOCTYPE r><r/>", DropRefusalCode.Format },
        { "entity without a DTD", "<r>&nbsp;</r>", DropRefusalCode.Format },
        { "entity in an attribute", "<r k='&x;'/>", DropRefusalCode.Format },
        { "no character", "<r>&#0;</r>", DropRefusalCode.Format },
        { "half a pair", "<r>&#xD800;&#xDC00;</r>", DropRefusalCode.Format },
        { "a control", "<r>\u0001</r>", DropRefusalCode.Format },
        { "a NUL", "<r>\0</r>", DropRefusalCode.Format },
        { "version 1.1", "<?xml version='1.1'?><r/>", DropRefusalCode.Format },
        { "another root", "<x/>", DropRefusalCode.Format },
        { "two roots", "<r/><r/>", DropRefusalCode.Format },
        { "text behind the root", "<r/>x", DropRefusalCode.Format },
        { "text before the root", "x<r/>", DropRefusalCode.Format },
        { "wrong end tag", "<r><u></r></u>", DropRefusalCode.Format },
        { "attribute twice", "<r a='1' a='2'/>", DropRefusalCode.Format },
        { "attribute twice by namespace", "<r xmlns:p='urn:x' xmlns:q='urn:x' p:a='1' q:a='2'/>", DropRefusalCode.Format },
        { "undeclared prefix", "<r><p:u/></r>", DropRefusalCode.Format },
        { "deep", "<r>" + new StringBuilder().Insert(0, "<u>", Million), DropRefusalCode.TooLarge },
        { "deep below what is read", "<r>" + new StringBuilder().Insert(0, "<x>", Million), DropRefusalCode.TooLarge },
        { "wide", "<r " + string.Concat(Enumerable.Range(0, Million).Select(index => $"a{index}='' ")) + "/>", DropRefusalCode.TooLarge },
        { "namespace flood", "<r " + string.Concat(Enumerable.Range(0, Million).Select(index => $"xmlns:a{index}='urn:{index}' ")) + "/>", DropRefusalCode.TooLarge },
        { "namespaces one by one", "<r>" + string.Concat(Enumerable.Range(0, 100_000).Select(index => $"<x xmlns='urn:{index}'/>")) + "</r>", DropRefusalCode.TooLarge },
        { "names one by one", "<r>" + string.Concat(Enumerable.Range(0, 100_000).Select(index => $"<x{index}/>")) + "</r>", DropRefusalCode.TooLarge },
        { "long name", "<r><" + new string('x', 5_000) + "/></r>", DropRefusalCode.TooLarge },
        { "long attribute", "<r><u k='" + new string('x', 3 * Million) + "'/></r>", DropRefusalCode.TooLarge },
        { "long reference", "<r>&#" + new string('0', 3 * Million) + "65;</r>", DropRefusalCode.TooLarge },
        { "empty", "", DropRefusalCode.Torn },
        { "blank", " \n", DropRefusalCode.Torn },
        { "a declaration only", "<?xml version='1.0'?>", DropRefusalCode.Torn },
        { "no end tag", "<r><u><a>1</a></u>", DropRefusalCode.Torn },
        { "no end tag within a comment", "<r><!-- ", DropRefusalCode.Torn },
        { "no end tag within CDATA", "<r><![CDATA[ ]]", DropRefusalCode.Torn },
    };

    [Theory]
    [MemberData(nameof(Attacks))]
    public void Attack_IsRefusedInLittleMemory(string name, string document, string code)
    {
        var bytes = Encoding.UTF8.GetBytes(document);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var read = XmlRead.Of(Small, bytes);

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(16 * Million, name);
        read.Code.Should().Be(code, "of '{0}': {1}", name, read.Refusal?.Message);
        read.Refusal!.Message.Should().MatchRegex("^Found .*'sale.xml'.*\\.$", name);
    }

    [Fact]
    public void LargeUnit_IsRefusedBeforeItFillsMemory()
    {
        var document = "<r><u><a>" + new string('x', 70 * Million) + "</a></u></r>";

        XmlRead.Of(Small, document).Code.Should().Be(DropRefusalCode.TooLarge);
        XmlRead.Of(Small, document.Replace("a>", "b>", StringComparison.Ordinal)).Code.Should().BeNull("text that no column wants is not kept");
    }

    [Fact]
    public void MoreBytesThanTheContractAllows_AreRefused()
    {
        var contract = Small with { Drop = Small.Drop! with { MaxBytes = 1_000 } };

        XmlRead.Of(contract, "<r>" + new string(' ', 1_000) + "</r>").Code.Should().Be(DropRefusalCode.TooLarge);
        XmlRead.Of(contract, "<r>" + new string(' ', 900) + "</r>").Code.Should().BeNull();
    }

    [Fact]
    public void ManyRowsOfOneUnit_AreReadInOnePass()
    {
        var contract = Contract("r/u", [Table("line", "r/u/a", Text("own", "."), Text("behind", "../z"), Text("absent", "../y"))]);

        var read = XmlRead.Of(contract, "<r><u>" + new StringBuilder().Insert(0, "<a>1</a>", 200_000) + "<z>2</z></u></r>");

        read.Rows.Should().HaveCount(200_000);
        read.Rows[^1].ToString().Should().Be("line 1 200000 1|2|\\N");
    }
}

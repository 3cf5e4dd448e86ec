using RetailLake.Core.Contracts.Paths;
using static RetailLake.Tests.Xml.XmlFeed;

namespace RetailLake.Tests.Xml;

public sealed class XmlPathTests
{
    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("@VoidFlag")]
    [InlineData("Sale/ItemID")]
    [InlineData("../../BusinessUnit/UnitID/@Name")]
    [InlineData("../@MajorVersion")]
    [InlineData("ancestor::Transaction/BusinessUnit/UnitID")]
    [InlineData("ancestor::Transaction/@x")]
    [InlineData("ancestor::Transaction")]
    [InlineData("Total[@TotalType=TransactionNetAmount][@CurrencyCode]")]
    [InlineData("Total[@TotalType=X:Tax included, 5%]/@CurrencyCode")]
    [InlineData("é.b-c_1")]
    public void FieldPath_IsReadAndWrittenBack(string text)
    {
        XmlPath.TryParse(text, out var path, out var problem).Should().BeTrue(problem);

        path.ToString().Should().Be(text);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("/Sale", "needs a name at character 1")]
    [InlineData("Sale/", "needs a name at character 6")]
    [InlineData("Sale//ItemID", "needs a name at character 6")]
    [InlineData("./Sale", "needs a name at character 1")]
    [InlineData("Sale/..", "needs a name at character 6")]
    [InlineData("Sale/.", "needs a name at character 6")]
    [InlineData("@a/b", "goes on behind an attribute at character 3")]
    [InlineData("acs:Total", "has the prefix 'acs'; paths are by local names, so leave it out")]
    [InlineData("@acs:Total", "has the prefix 'acs'; paths are by local names, so leave it out")]
    [InlineData("Sale ", "has ' ' at character 5, where '/' or the end is expected")]
    [InlineData("a|b", "has '|' at character 2, where '/' or the end is expected")]
    [InlineData("LineItem[Sale]/x", "has a condition on a child element; a field's path may have conditions on attributes only")]
    [InlineData("Total[@a='x']", "needs a value of 1 to 200 characters at character 10, without quotes, brackets and bars")]
    [InlineData("Total[@a=]", "needs a value of 1 to 200 characters at character 10, without quotes, brackets and bars")]
    [InlineData("Total[@a", "needs ']' at character 9")]
    [InlineData("Total[@a!=b]", "needs ']' at character 9")]
    [InlineData("Total[1]", "has a condition on a child element; a field's path may have conditions on attributes only")]
    [InlineData("a[@b]c", "has 'c' at character 6, where '/' or the end is expected")]
    [InlineData("ancestor::", "needs a name at character 11")]
    [InlineData("ancestor::a/../b", "needs a name at character 13")]
    [InlineData("a/ancestor::b", "has the prefix 'ancestor'; paths are by local names, so leave it out")]
    [InlineData("...", "has '.' at character 3, where '/' or the end is expected")]
    public void OtherText_IsNoFieldPath(string text, string expected)
    {
        XmlPath.TryParse(text, out _, out var problem).Should().BeFalse();

        problem.Should().Be(expected);
    }

    [Fact]
    public void Record_HasAlternativesAndConditionsOnChildren()
    {
        XmlPath.TryParseRecord("a/b[c][@d=e] | a/f", out var paths, out _).Should().BeTrue();

        paths.Select(path => path.ToString()).Should().Equal("a/b[c][@d=e]", "a/f");
        foreach (var wrong in new[] { "", "a|", "../a", "a/@b", ".", "/a", "a/b[c", "a/b[c=d]", "a b" })
        {
            XmlPath.TryParseRecord(wrong, out _, out var problem).Should().BeFalse(wrong);
            problem.Should().NotBeEmpty(wrong);
        }

        XmlPath.TryParseUnit("a/b", out _, out _).Should().BeTrue();
        XmlPath.TryParseUnit("a/b[c]", out _, out var conditions).Should().BeFalse();
        conditions.Should().Be("has conditions; a unit is named by plain names");
    }

    [Fact]
    public void ProblemsOfAFeed_AreSaidAllAtOnce()
    {
        var contract = Contract("r/h/u", [
            Table("good", "r/h/u/a | r/h/u", Text("own", "."), Text("up", "../../@x"), Text("before", "../../s/t")),
            Table("elsewhere", "r/h/x", Text("a", "a")),
            Table("early", "r[q]/h/u", Text("a", "a")),
            Table("paths", "r/h/u/a", Text("above", "../../../../a"), Text("around", "../../."), Text("text", "../.."), Text("into", "../../u/b"), Text("wrong", "a//b"), Text("no_such", "ancestor::v/x"), Text("good", "ancestor::u/x | ancestor::h/s")),
            Table("none", "r/h/u", Text("a", "a")) with { Record = null },
            Table("broken", "r/h/u[", Text("a", "a")),
        ]);

        XmlFeedCheck.Problems(contract.Drop!, contract.Tables).Select(problem => $"{problem.Table}.{problem.Column} {problem.Problem}").Should().Equal(
            "elsewhere. retaillake.record 'r/h/x' does not lie in the unit 'r/h/u'",
            "early. retaillake.record 'r[q]/h/u' has a condition on a child above the unit, which is not known when the unit ends",
            "paths.above '../../../../a' goes above the root",
            "paths.around '../../.' needs a name at character 7",
            "paths.text '../..' is the text of an element around the unit, which is not known when the unit ends",
            "paths.into '../../u/b' leads from above the unit towards units again; a row sees its own unit and what stands before and around it",
            "paths.wrong 'a//b' needs a name at character 3",
            "paths.no_such 'ancestor::v/x' names an element that the record's path does not lead through",
            "none. has no retaillake.record, the path of its rows' element from the root",
            "broken. retaillake.record 'r/h/u[' needs a name at character 7");
    }
}

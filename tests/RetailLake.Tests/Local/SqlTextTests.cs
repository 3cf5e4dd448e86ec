using RetailLake.Local.Running;

namespace RetailLake.Tests.Local;

public sealed class SqlTextTests
{
    [Theory]
    [InlineData("SELECT 1", false)]
    [InlineData("SELECT 1; ", false)]
    [InlineData("SELECT ';' AS \"a;b\" -- ; nothing", false)]
    [InlineData("SELECT /* ; */ $$;$$, $t$;$t$", false)]
    [InlineData("SELECT 1; DELETE FROM t", true)]
    [InlineData("SELECT 'it''s'; DELETE FROM t", true)]
    [InlineData("SELECT a$b$ ; COMMIT -- $b$", true)]
    [InlineData("SELECT E'a\\' ' ; COMMIT; --'", true)]
    [InlineData("SELECT 1 -- '\n; COMMIT", true)]
    public void SecondStatement_IsSeen(string sql, bool expected) => SqlText.HoldsSeveralStatements(sql).Should().Be(expected);
}

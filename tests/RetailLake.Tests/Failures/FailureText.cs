using RetailLake.Local.Running;

namespace RetailLake.Tests.Failures;

/// <summary>What every error text must be: three parts, and nothing in it that only some may know.</summary>
internal static class FailureText
{
    public static void MustBeFit(this FeedOutcome failed, TestLake lake, string error, params string[] unspeakable)
    {
        failed.Status.Should().Be("FAILED");
        failed.Error.Should().Be(error, failed.Cause);
        failed.Load.Should().BeNull();
        MustBeFit(failed.Cause, lake, unspeakable);
    }

    public static void MustBeFit(string? text, TestLake lake, params string[] unspeakable)
    {
        text.Should().StartWith("Found ").And.EndWith(".");
        text!.Split(". ").Should().HaveCountGreaterThanOrEqualTo(3, "found, became and remedy are three sentences: {0}", text);
        foreach (var secret in (string[])[lake.Server.Reader().Password, .. unspeakable])
        {
            text.Should().NotContain(secret);
        }
    }
}

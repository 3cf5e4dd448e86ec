using RetailLake.Cli;
using RetailLake.Local.Running;

namespace RetailLake.Tests.Cli;

public sealed class GlobalOptionsTests
{
    [Theory]
    [InlineData("LAKE_URI", "s3://retaillake-prod")]
    [InlineData("LAKE_URI", "file:///srv/lake")]
    [InlineData("WAREHOUSE_URI", "redshift-data://retaillake/lake")]
    [InlineData("CATALOG_URI", "glue://curated")]
    public void AddressesOfFunctions_AreRefusedAndNotIgnored(string name, string value)
    {
        var read = () => Read(name, value);

        read.Should().Throw<CommandRefusedException>().WithMessage($"Found {name} *");
    }

    [Theory]
    [InlineData("LAKE_URI", "")]
    [InlineData("SECRETS_URI", "secretsmanager://retaillake")]
    public void SecretsElsewhere_AreTaken(string name, string value) => Read(name, value).SecretsUri.Should().Be(name == "SECRETS_URI" ? value : null);

    private static HostOptions Read(string name, string value)
    {
        var root = new System.CommandLine.RootCommand();
        GlobalOptions.AddTo(root);
        using StringWriter output = new();
        return new GlobalOptions(asked => asked == name ? value : null).Read(root.Parse([]), new(output, output, 0, Repository.Root));
    }
}

using System.Net;
using System.Net.Sockets;
using RetailLake.Local.Kafka;
using RetailLake.Local.Running;
using RetailLake.Tests.Local;

namespace RetailLake.Tests.Kafka;

public sealed class KafkaSecurityTests : IDisposable
{
    private const string Password = "pa55=w0rd";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void PropertiesOfTlsAndSasl_AreTaken()
    {
        var read = Read($"# of the shop's cluster\n\nsecurity.protocol = SASL_SSL\nsasl.mechanism=SCRAM-SHA-512\nsasl.username=lake\nsasl.password={Password}\n");

        read.Should().BeEquivalentTo(new Dictionary<string, string>
        {
            ["security.protocol"] = "SASL_SSL", ["sasl.mechanism"] = "SCRAM-SHA-512", ["sasl.username"] = "lake", ["sasl.password"] = Password,
        });
    }

    [Theory]
    [InlineData("auto.offset.reset=latest", "'auto.offset.reset' in line 2")]
    [InlineData("ssl.endpoint.identification.algorithm=none", "'ssl.endpoint.identification.algorithm' in line 2")]
    [InlineData("enable.ssl.certificate.verification=false", "'enable.ssl.certificate.verification' in line 2")]
    [InlineData(Password, "no property in line 2")]
    [InlineData("pa55W0rd", "no property in line 2")]
    [InlineData("sasl.password=twice", "'sasl.password' a second time in line 2")]
    [InlineData("ssl.nonsense=1", "librdkafka refuses")]
    [InlineData("security.protocol=PLAIN", "security.protocol")]
    [InlineData("ssl.ca.location=/nowhere/ca.pem\nsecurity.protocol=SSL", "ssl.ca.location")]
    public void WhatIsNoLogin_IsRefusedWithoutItsValue(string lines, string message)
    {
        var read = () => Read($"sasl.password={Password}\n{lines}\n");

        read.Should().Throw<CommandRefusedException>().WithMessage($"*{message}*").Which.Message.Should().NotContain(Password).And.NotContain("twice").And.NotContain("W0rd");
    }

    [Fact]
    public void FileThatIsNotThere_IsRefused()
    {
        var read = () => KafkaSecurity.Read(Path.Combine(folder.Path, "none"));

        read.Should().Throw<CommandRefusedException>().WithMessage("Found no readable file*");
    }

    [Fact]
    public async Task Reader_SpeaksTlsWhenToldTo()
    {
        using TcpListener broker = new(IPAddress.Loopback, 0);
        broker.Start();
        await using StreamLake lake = new();
        await lake.OpenAsync(new() { Bootstrap = $"127.0.0.1:{((IPEndPoint)broker.LocalEndpoint).Port}", Security = Read("security.protocol=SSL\n") });

        using var client = await broker.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        var first = new byte[1];
        await client.GetStream().ReadExactlyAsync(first, TestContext.Current.CancellationToken);

        first[0].Should().Be(0x16, "a TLS handshake begins so, and a request of Kafka with its length");
    }

    private IReadOnlyDictionary<string, string> Read(string text) => KafkaSecurity.Read(folder.Write("kafka.properties", text));
}

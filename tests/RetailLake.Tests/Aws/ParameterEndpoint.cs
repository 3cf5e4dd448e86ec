using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.SimpleSystemsManagement;

namespace RetailLake.Tests.Aws;

/// <summary>A Parameter Store endpoint on loopback that answers references to secrets, to requests that are signed right.</summary>
internal sealed class ParameterEndpoint : IAsyncDisposable
{
    private const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    private readonly HttpListener listener;
    private readonly Task serving;
    private readonly string url;

    public ParameterEndpoint()
    {
        (listener, url) = LoopbackListener.Start();
        serving = ServeAsync();
    }

    /// <summary>Full name of a parameter to its value; a name that is not there is answered as such.</summary>
    public ConcurrentDictionary<string, string> Values { get; } = new();

    /// <summary>Instead of any value.</summary>
    public (int Status, string Type)? Fault { get; set; }

    public int Asked { get; private set; }

    public AmazonSimpleSystemsManagementClient Client() => new(
        new BasicAWSCredentials("AKIDEXAMPLE", Secret), new AmazonSimpleSystemsManagementConfig { ServiceURL = url, AuthenticationRegion = "ap-south-1", MaxErrorRetry = 0 });

    public async ValueTask DisposeAsync()
    {
        listener.Close();
        await serving;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await listener.GetContextAsync();
                var (status, body) = Answer(await SignedRequest.ReadAsync(context.Request));
                context.Response.StatusCode = status;
                context.Response.ContentType = "application/x-amz-json-1.1";
                context.Response.Close(Encoding.UTF8.GetBytes(body), willBlock: true);
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
        }
    }

    private (int Status, string Body) Answer(SignedRequest request)
    {
        Asked++;
        var asked = JsonElement.Parse(request.Body);
        var name = asked.GetProperty("Name").GetString()!;
        return Fault is { } fault ? (fault.Status, JsonSerializer.Serialize(new { __type = fault.Type, message = "as asked" }))
            : request.SignatureProblem(Secret) is { } problem ? (403, JsonSerializer.Serialize(new { __type = "InvalidSignatureException", message = problem }))
            : request.Operation != "GetParameter" || !asked.GetProperty("WithDecryption").GetBoolean() ? (400, """{"__type":"ValidationException"}""")
            : Values.TryGetValue(name, out var value) ? (200, JsonSerializer.Serialize(new { Parameter = new { Name = name, Type = "SecureString", Value = value } }))
            : (400, """{"__type":"ParameterNotFound"}""");
    }
}

using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace RetailLake.Tests.Aws;

/// <summary>A service that speaks AWS JSON 1.1, on loopback. It refuses what the service would: a wrong signature, target or content type, a missing member.</summary>
internal abstract class JsonEndpoint : IAsyncDisposable
{
    public const string AccessKey = "AKIDEXAMPLE";
    public const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    private readonly string target;
    private readonly IReadOnlyDictionary<string, string[]> required;
    private readonly HttpListener listener;
    private readonly Task serving;

    protected JsonEndpoint(string target, IReadOnlyDictionary<string, string[]> required)
    {
        (this.target, this.required) = (target, required);
        (listener, Url) = LoopbackListener.Start();
        serving = ServeAsync();
    }

    public string Url { get; }

    public ConcurrentQueue<SignedRequest> Requests { get; } = new();

    public IEnumerable<JsonObject> Bodies(string operation) => Requests.Where(request => request.Operation == operation).Select(request => JsonNode.Parse(request.Body)!.AsObject());

    public virtual async ValueTask DisposeAsync()
    {
        listener.Close();
        await serving;
    }

    protected abstract Task<Answer> AnswerAsync(string operation, JsonObject body);

    private async Task ServeAsync()
    {
        List<Task> answering = [];
        try
        {
            while (true)
            {
                var context = await listener.GetContextAsync();
                answering.RemoveAll(task => task.IsCompletedSuccessfully);
                answering.Add(Task.Run(() => ServeAsync(context)));
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            await Task.WhenAll(answering);
        }
    }

    private async Task ServeAsync(HttpListenerContext context)
    {
        var request = await SignedRequest.ReadAsync(context.Request);
        Requests.Enqueue(request);
        var answer = Problem(request) ?? await AnswerAsync(request.Operation, JsonNode.Parse(request.Body)!.AsObject());
        try
        {
            context.Response.StatusCode = answer.Status;
            context.Response.ContentType = "application/x-amz-json-1.1";
            context.Response.Headers["x-amzn-RequestId"] = Guid.NewGuid().ToString();
            context.Response.Close(Encoding.UTF8.GetBytes(answer.Body), willBlock: true);
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException)
        {
            // The client gave up, or the listener was closed while an answer was on its way.
            context.Response.Abort();
        }
    }

    private Answer? Problem(SignedRequest request)
    {
        if (request.SignatureProblem(Secret) is { } signature)
        {
            return Answer.Error("InvalidSignatureException", signature, 403);
        }

        if (request is not { Method: "POST", Path: "/" } || request.Headers["content-type"] != "application/x-amz-json-1.1")
        {
            return Answer.Error("UnknownOperationException", $"{request.Method} {request.Path} {request.Headers["content-type"]}", 404);
        }

        if (!request.Headers["x-amz-target"].StartsWith(target + ".", StringComparison.Ordinal) || !required.TryGetValue(request.Operation, out var members))
        {
            return Answer.Error("UnknownOperationException", request.Headers["x-amz-target"]);
        }

        var body = JsonNode.Parse(request.Body)!.AsObject();
        return members.FirstOrDefault(member => body[member] is null) is { } missing ? Answer.Error("ValidationException", $"'{missing}' is missing") : null;
    }
}

using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.StepFunctions;

namespace RetailLake.Tests.Aws;

internal sealed record Answer(string Body, int Status = 200, string? ErrorType = null)
{
    public static Answer Error(string type, string message = "as asked", int status = 400) => new(new JsonObject { ["__type"] = type, ["message"] = message }.ToJsonString(), status);
}

/// <summary>A Step Functions endpoint on loopback that refuses what the service would refuse: a wrong signature, target, content type or a missing member.</summary>
internal sealed class StepFunctionsEndpoint : IAsyncDisposable
{
    public const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    private static readonly Dictionary<string, string[]> Required = new()
    {
        ["StartExecution"] = ["stateMachineArn"],
        ["ListExecutions"] = [],
        ["DescribeExecution"] = ["executionArn"],
        ["RedriveExecution"] = ["executionArn"],
        ["SendTaskSuccess"] = ["taskToken", "output"],
        ["SendTaskFailure"] = ["taskToken"],
        ["SendTaskHeartbeat"] = ["taskToken"],
    };

    private readonly HttpListener _listener;
    private readonly Task _serving;
    private readonly ConcurrentQueue<Answer> _answers = new();

    public StepFunctionsEndpoint(params Answer[] answers)
    {
        Array.ForEach(answers, _answers.Enqueue);
        (_listener, Url) = LoopbackListener.Start();
        _serving = ServeAsync();
    }

    public string Url { get; }

    public ConcurrentQueue<SignedRequest> Requests { get; } = new();

    public IReadOnlyList<JsonElement> Bodies => [.. Requests.Select(request => JsonElement.Parse(request.Body))];

    public AmazonStepFunctionsClient Client(string secret = Secret) => Client(new BasicAWSCredentials("AKIDEXAMPLE", secret));

    public AmazonStepFunctionsClient Client(AWSCredentials credentials) =>
        new(credentials, new AmazonStepFunctionsConfig { ServiceURL = Url, AuthenticationRegion = "ap-south-1" });

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                await ServeAsync(await _listener.GetContextAsync());
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
        }
    }

    private async Task ServeAsync(HttpListenerContext context)
    {
        var request = await SignedRequest.ReadAsync(context.Request);
        Requests.Enqueue(request);
        var answer = Problem(request) ?? (_answers.TryDequeue(out var next) ? next : new("{}"));
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = "application/x-amz-json-1.0";
        context.Response.Headers["x-amzn-RequestId"] = $"request-{Requests.Count}";
        if (answer.ErrorType is not null)
        {
            context.Response.Headers["x-amzn-ErrorType"] = answer.ErrorType;
        }

        context.Response.Close(Encoding.UTF8.GetBytes(answer.Body), willBlock: true);
    }

    private static Answer? Problem(SignedRequest request)
    {
        if (request.SignatureProblem(Secret) is { } signature)
        {
            return Answer.Error("InvalidSignatureException", signature, 403);
        }

        if (request is not { Method: "POST", Path: "/" } || request.Headers["content-type"] != "application/x-amz-json-1.0")
        {
            return Answer.Error("UnknownOperationException", $"{request.Method} {request.Path} {request.Headers["content-type"]}", 404);
        }

        if (!request.Headers["x-amz-target"].StartsWith("AWSStepFunctions.", StringComparison.Ordinal) || !Required.TryGetValue(request.Operation, out var required))
        {
            return Answer.Error("UnknownOperationException", request.Headers["x-amz-target"]);
        }

        var body = JsonElement.Parse(request.Body);
        return required.FirstOrDefault(member => !body.TryGetProperty(member, out _)) is { } missing ? Answer.Error("ValidationException", $"'{missing}' is missing") : null;
    }
}

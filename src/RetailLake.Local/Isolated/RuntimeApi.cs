using System.Globalization;
using System.Text.Json;
using System.Text.Encodings.Web;
using RetailLake.Local.Invocation;

namespace RetailLake.Local.Isolated;

/// <summary>One event to be answered.</summary>
internal sealed record RuntimeEvent(string RequestId, string FunctionArn, DateTimeOffset Deadline, byte[] Payload);

/// <summary>The client's side of the Lambda Runtime API, version 2018-06-01.</summary>
internal sealed class RuntimeApi(string address) : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // The next event may be hours away.
    private readonly HttpClient http = new() { BaseAddress = new($"http://{address}/2018-06-01/runtime/"), Timeout = Timeout.InfiniteTimeSpan };

    public async Task<RuntimeEvent> NextAsync(CancellationToken stop)
    {
        using var response = await http.GetAsync(new Uri("invocation/next", UriKind.Relative), stop);
        response.EnsureSuccessStatusCode();
        return new(
            Header(response, "Lambda-Runtime-Aws-Request-Id"), Header(response, "Lambda-Runtime-Invoked-Function-Arn"),
            DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(Header(response, "Lambda-Runtime-Deadline-Ms"), CultureInfo.InvariantCulture)),
            await response.Content.ReadAsByteArrayAsync(stop));
    }

    public Task AnswerAsync(string requestId, byte[] payload, CancellationToken stop) => PostAsync($"invocation/{requestId}/response", payload, null, stop);

    public Task FailAsync(string requestId, FunctionError error, CancellationToken stop) => PostAsync($"invocation/{requestId}/error", JsonSerializer.SerializeToUtf8Bytes(error, Json), error, stop);

    /// <summary>The function could not be made; no event was asked for.</summary>
    public Task FailInitAsync(FunctionError error, CancellationToken stop) => PostAsync("init/error", JsonSerializer.SerializeToUtf8Bytes(error, Json), error, stop);

    public void Dispose() => http.Dispose();

    private static string Header(HttpResponseMessage response, string name) => response.Headers.GetValues(name).Single();

    private async Task PostAsync(string path, byte[] body, FunctionError? error, CancellationToken stop)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = content };
        if (error is not null)
        {
            request.Headers.Add("Lambda-Runtime-Function-Error-Type", error.ErrorType);
        }

        using var response = await http.SendAsync(request, stop);
        response.EnsureSuccessStatusCode();
    }
}

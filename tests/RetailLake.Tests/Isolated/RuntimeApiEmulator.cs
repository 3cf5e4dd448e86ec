using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace RetailLake.Tests.Isolated;

/// <summary>Lambda's side of the Runtime API on loopback: next, response, error, init error.</summary>
internal sealed class RuntimeApiEmulator : IAsyncDisposable
{
    private readonly Channel<(string Id, string Event)> events = Channel.CreateUnbounded<(string, string)>();
    private readonly Channel<RuntimeAnswer> answers = Channel.CreateUnbounded<RuntimeAnswer>();
    private readonly WebApplication app;

    private RuntimeApiEmulator(WebApplication app) => this.app = app;

    public string Address => new Uri(app.Urls.Single()).Authority;

    public static async Task<RuntimeApiEmulator> StartAsync(TimeProvider time)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var emulator = new RuntimeApiEmulator(builder.Build());
        emulator.app.MapGet("/2018-06-01/runtime/invocation/next", async (HttpContext context) =>
        {
            var (id, json) = await emulator.events.Reader.ReadAsync(context.RequestAborted);
            context.Response.Headers["Lambda-Runtime-Aws-Request-Id"] = id;
            context.Response.Headers["Lambda-Runtime-Deadline-Ms"] = time.GetUtcNow().AddMinutes(5).ToUnixTimeMilliseconds().ToString();
            context.Response.Headers["Lambda-Runtime-Invoked-Function-Arn"] = "arn:aws:lambda:ap-south-1:111122223333:function:test";
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(json);
        });
        emulator.app.MapPost("/2018-06-01/runtime/invocation/{id}/response", (HttpContext context, string id) => emulator.TakeAsync(context, "response", id));
        emulator.app.MapPost("/2018-06-01/runtime/invocation/{id}/error", (HttpContext context, string id) => emulator.TakeAsync(context, "error", id));
        emulator.app.MapPost("/2018-06-01/runtime/init/error", (HttpContext context) => emulator.TakeAsync(context, "init", ""));
        await emulator.app.StartAsync();
        return emulator;
    }

    public async Task<RuntimeAnswer> InvokeAsync(string id, string json, CancellationToken stop)
    {
        await events.Writer.WriteAsync((id, json), stop);
        return await AnswerAsync(stop);
    }

    public ValueTask<RuntimeAnswer> AnswerAsync(CancellationToken stop) => answers.Reader.ReadAsync(stop);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task TakeAsync(HttpContext context, string kind, string id)
    {
        using var reader = new StreamReader(context.Request.Body);
        await answers.Writer.WriteAsync(new(kind, id, await reader.ReadToEndAsync(), context.Request.Headers["Lambda-Runtime-Function-Error-Type"].ToString()));
        context.Response.StatusCode = StatusCodes.Status202Accepted;
    }
}

internal sealed record RuntimeAnswer(string Kind, string RequestId, string Body, string ErrorType);

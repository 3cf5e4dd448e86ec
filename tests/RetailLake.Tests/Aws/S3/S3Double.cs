using System.Collections.Concurrent;
using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using RetailLake.Aws.S3;

namespace RetailLake.Tests.Aws.S3;

/// <summary>An S3 endpoint on loopback that refuses what S3 would refuse: wrong signatures of requests, chunks and trailers, wrong checksums, conditions that do not hold.</summary>
internal sealed class S3Double : IAsyncDisposable
{
    public const string Bucket = "lake-bucket";
    private const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    private readonly HttpListener listener;
    private readonly Task serving;

    public S3Double()
    {
        Operations = new(Store);
        (listener, Url) = LoopbackListener.Start();
        serving = ServeAsync();
    }

    public string Url { get; }

    public S3Store Store { get; } = new();

    public S3Operations Operations { get; }

    /// <summary>Asked for each request, in the order they came.</summary>
    public Func<S3Request, S3Fault> Faults { get; set; } = _ => S3Fault.None;

    public ConcurrentQueue<S3Request> Requests { get; } = new();

    public int Count(string operation) => Requests.Count(request => request.Operation == operation);

    /// <summary>A fault for the first so many requests of an operation.</summary>
    public void Break(string operation, S3Fault fault, int times = 1)
    {
        var left = times;
        Faults = request => request.Operation == operation && Interlocked.Decrement(ref left) >= 0 ? fault : S3Fault.None;
    }

    public AmazonS3Client Client(string secret = Secret, int retries = 2) => new(
        new BasicAWSCredentials("AKIDEXAMPLE", secret), S3Clients.Configure(new() { ServiceURL = Url, AuthenticationRegion = "ap-south-1", ForcePathStyle = true, MaxErrorRetry = retries }));

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
                _ = Task.Run(() => AnswerAsync(context));
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            var request = await S3Request.ReadAsync(context.Request);
            Requests.Enqueue(request);
            var fault = Faults(request);
            var answer = fault switch
            {
                S3Fault.SlowDown => S3Answer.Error(503, "SlowDown"),
                S3Fault.InternalError => S3Answer.Error(500, "InternalError"),
                S3Fault.Denied => S3Answer.Error(403, "AccessDenied"),
                S3Fault.Conflict => S3Answer.Error(409, "ConditionalRequestConflict"),
                S3Fault.ErrorWithin200 => S3Answer.Error(200, "InternalError"),
                _ => Checked(request),
            };
            if (fault == S3Fault.AnswerLost)
            {
                answer = S3Answer.Error(503, "ServiceUnavailable");
            }

            await SendAsync(context.Response, answer, fault, isHead: request.Method == "HEAD");
        }
        catch (Exception e) when (e is HttpListenerException or IOException or ObjectDisposedException)
        {
            // The client went away.
        }
    }

    private S3Answer Checked(S3Request request)
    {
        var (signature, problem) = S3Signature.Check(request, Secret);
        if (problem is not null)
        {
            return S3Answer.Error(403, "SignatureDoesNotMatch", problem);
        }

        if (request.Bucket != Bucket)
        {
            return S3Answer.Error(404, "NoSuchBucket");
        }

        if (request.Header("x-amz-content-sha256") != S3Signature.SignedChunks)
        {
            return Operations.Do(request);
        }

        var (body, trailers, wrong) = AwsChunked.Decode(request.Body, signature);
        return wrong is not null ? S3Answer.Error(403, "SignatureDoesNotMatch", wrong)
            : trailers.GetValueOrDefault("x-amz-checksum-crc32") != S3Store.Crc32Of(body) ? S3Answer.Error(400, "BadDigest")
            : request.Header("x-amz-decoded-content-length") != body.Length.ToString(System.Globalization.CultureInfo.InvariantCulture) ? S3Answer.Error(400, "IncompleteBody")
            : Operations.Do(request with { Body = body });
    }

    private static async Task SendAsync(HttpListenerResponse response, S3Answer answer, S3Fault fault, bool isHead)
    {
        if (fault == S3Fault.ConnectionLost)
        {
            response.Abort();
            return;
        }

        response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
        {
            response.Headers[name] = value;
        }

        response.ContentLength64 = answer.Length ?? (isHead ? 0 : answer.Body.Length);
        if (isHead)
        {
            response.Close();
            return;
        }

        var body = answer.Body;
        if (fault == S3Fault.Damaged)
        {
            body = [.. body];
            body[body.Length / 2] ^= 1;
        }

        await response.OutputStream.WriteAsync(body.AsMemory(0, fault == S3Fault.Truncated ? body.Length / 2 : body.Length));
        if (fault == S3Fault.Truncated)
        {
            await response.OutputStream.FlushAsync();
            response.Abort();
            return;
        }

        response.Close();
    }
}

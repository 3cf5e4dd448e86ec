using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RetailLake.Bench;

/// <summary>Takes uploads as S3 does and keeps nothing, so that what is measured is the sender.</summary>
internal sealed class S3Sink : IAsyncDisposable
{
    public const string Bucket = "bench-bucket";

    private readonly HttpListener listener = new();
    private readonly Task serving;
    private readonly string url;
    private long bytes;

    public S3Sink()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        url = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/";
        probe.Stop();
        listener.Prefixes.Add(url);
        listener.Start();
        serving = ServeAsync();
    }

    public long Bytes => Interlocked.Read(ref bytes);

    /// <summary>As a process finds them on AWS, with another endpoint.</summary>
    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["AWS_ENDPOINT_URL_S3"] = url, ["AWS_REGION"] = "ap-south-1", ["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE", ["AWS_SECRET_ACCESS_KEY"] = "bench", ["AWS_EC2_METADATA_DISABLED"] = "true",
    };

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
        var (request, response) = (context.Request, context.Response);
        if (!request.Url!.AbsolutePath.StartsWith($"/{Bucket}/", StringComparison.Ordinal))
        {
            response.StatusCode = 400;
        }

        if (request.HttpMethod == "PUT")
        {
            await request.InputStream.CopyToAsync(Stream.Null);
            Interlocked.Add(ref bytes, long.Parse(request.Headers["x-amz-decoded-content-length"] ?? "0", CultureInfo.InvariantCulture));
            response.Headers["ETag"] = "\"part\"";
            response.Close();
            return;
        }

        await request.InputStream.CopyToAsync(Stream.Null);
        var body = request.Url.Query.Contains("uploads", StringComparison.Ordinal)
            ? "<InitiateMultipartUploadResult><UploadId>one</UploadId></InitiateMultipartUploadResult>"
            : "<CompleteMultipartUploadResult><ETag>\"whole\"</ETag></CompleteMultipartUploadResult>";
        response.ContentType = "application/xml";
        response.Close(Encoding.UTF8.GetBytes(body), willBlock: true);
    }
}

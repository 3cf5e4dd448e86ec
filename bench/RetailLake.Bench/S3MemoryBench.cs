using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using RetailLake.Aws.S3;

namespace RetailLake.Bench;

/// <param name="Seconds">Of the upload alone, to a server of this machine.</param>
internal sealed record S3UploadPeak(long Megabytes, double PeakMegabytes, double Seconds, double CpuSeconds);

/// <summary>Peak memory (VmHWM) of one streamed upload to S3, each in a process of its own, with the client that functions get: it must not follow the size.</summary>
internal static class S3MemoryBench
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    /// <param name="arguments"><c>[--json] [megabytes...]</c></param>
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is ["child", var wanted])
        {
            Console.WriteLine(JsonSerializer.Serialize(await UploadAsync(long.Parse(wanted, CultureInfo.InvariantCulture)), Web));
            return 0;
        }

        var json = arguments.Contains("--json");
        var sizes = arguments.Where(argument => argument[0] != '-').Select(argument => long.Parse(argument, CultureInfo.InvariantCulture)).ToList();
        List<S3UploadPeak> peaks = [];
        await using var sink = new S3Sink();
        foreach (var megabytes in sizes is [] ? [100, 2048] : sizes)
        {
            peaks.Add(await MeasureAsync(sink, megabytes));
        }

        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(peaks, Web));
            return 0;
        }

        foreach (var peak in peaks)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{peak.Megabytes,6:N0} MB streamed to S3   peak RSS {peak.PeakMegabytes,4:N0} MB   {peak.Seconds,5:N1} s, {peak.CpuSeconds,5:N1} s of CPU"));
        }

        Console.WriteLine("goal: at most 256 MB, whatever the size");
        return 0;
    }

    private static async Task<S3UploadPeak> UploadAsync(long megabytes)
    {
        using var s3 = S3Clients.Create();
        var lake = new S3Lake(s3, $"s3://{S3Sink.Bucket}", TimeProvider.System);
        var block = RandomNumberGenerator.GetBytes(1 << 16);
        var clock = Stopwatch.StartNew();
        await using var writer = await lake.CreateAsync("bench/large", CancellationToken.None);
        for (var left = megabytes << 20; left > 0; left -= block.Length)
        {
            await writer.Stream.WriteAsync(block);
        }

        var stored = await writer.CommitAsync(CancellationToken.None);
        using var self = Process.GetCurrentProcess();
        return new(stored.Bytes >> 20, self.PeakWorkingSet64 / 1e6, clock.Elapsed.TotalSeconds, self.TotalProcessorTime.TotalSeconds);
    }

    private static async Task<S3UploadPeak> MeasureAsync(S3Sink sink, long megabytes)
    {
        var before = sink.Bytes;
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["s3-memory", "child", megabytes.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true };
        foreach (var (name, value) in sink.Settings)
        {
            start.Environment[name] = value;
        }

        using var child = Process.Start(start)!;
        var said = await child.StandardOutput.ReadToEndAsync();
        await child.WaitForExitAsync();
        return child.ExitCode == 0 && sink.Bytes - before >= megabytes << 20
            ? JsonSerializer.Deserialize<S3UploadPeak>(said, Web)!
            : throw new InvalidOperationException($"The upload ended with {child.ExitCode} after {sink.Bytes - before:N0} bytes.");
    }
}

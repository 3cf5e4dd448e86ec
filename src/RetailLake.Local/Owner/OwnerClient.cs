using System.Net.Http.Json;
using System.Text.Json;
using RetailLake.Local.Home;

namespace RetailLake.Local.Owner;

/// <summary>Sends a command to the process that owns the home and copies its output.</summary>
public static class OwnerClient
{
    /// <returns>The command's exit code; null when nobody answered (the owner is starting or just ended: try the lock again).</returns>
    public static async Task<int?> TryRunAsync(LakeHome home, CommandRequest request, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(error);
        if (OwnerFile.Read(home) is not { } owner)
        {
            return null;
        }

        using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        using var message = new HttpRequestMessage(HttpMethod.Post, new Uri($"http://127.0.0.1:{owner.Port}/run")) { Content = JsonContent.Create(request) };
        message.Headers.Add(OwnerServer.TokenHeader, owner.Token);
        HttpResponseMessage response;
        try
        {
            response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException)
        {
            return null;
        }

        using (response)
        {
            return response.IsSuccessStatusCode ? await CopyAsync(response, output, error, cancellationToken) : null;
        }
    }

    private static async Task<int> CopyAsync(HttpResponseMessage response, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        try
        {
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
            while (await reader.ReadLineAsync(cancellationToken) is { } line)
            {
                var frame = JsonSerializer.Deserialize<CommandFrame>(line, JsonSerializerOptions.Web)!;
                await output.WriteAsync(frame.Out);
                await error.WriteAsync(frame.Error);
                if (frame.Exit is { } exit)
                {
                    return exit;
                }

                await output.FlushAsync(cancellationToken);
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            await error.WriteLineAsync($"Found the connection to the owning process broken: {e.Message}");
        }

        await error.WriteLineAsync(
            "The owning process ended before the command did. Executions it ran go on from their journal at the next start. Look with 'lake executions'.");
        return 1;
    }
}

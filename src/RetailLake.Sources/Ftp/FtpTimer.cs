using RetailLake.Core.Errors;

namespace RetailLake.Sources.Ftp;

/// <summary>One wait for the network, with its limit; every way it can end is a named outcome.</summary>
internal static class FtpTimer
{
    /// <exception cref="SourceUnavailableException">The network failed, or said nothing for so long.</exception>
    public static async Task<T> RunAsync<T>(Func<CancellationToken, ValueTask<T>> work, TimeSpan limit, string place, CancellationToken cancellationToken)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timer.CancelAfter(limit);
        try
        {
            return await work(timer.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw FtpErrors.Silent(place, limit, exception);
        }
        catch (Exception exception) when (FtpErrors.IsNetwork(exception))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw FtpErrors.Cut(place, exception);
        }
    }

    public static Task RunAsync(Func<CancellationToken, ValueTask> work, TimeSpan limit, string place, CancellationToken cancellationToken) =>
        RunAsync(async token =>
        {
            await work(token);
            return true;
        }, limit, place, cancellationToken);
}

using System.Threading.Channels;

namespace RetailLake.StatesLanguage;

/// <summary>Hands status changes to the handler in order and apart from the executions, so that a slow handler holds up nobody.</summary>
internal sealed class StatusFeed : IAsyncDisposable
{
    private readonly Channel<ExecutionStatusChange> changes = Channel.CreateUnbounded<ExecutionStatusChange>(
        new UnboundedChannelOptions { SingleReader = true });
    private readonly Task delivery;

    public StatusFeed(Action<ExecutionStatusChange> handler, Action<Exception> onFault) => delivery =
        Task.Run(() => DeliverAsync(handler, onFault));

    public void Add(ExecutionStatusChange change) => changes.Writer.TryWrite(change);

    public async ValueTask DisposeAsync()
    {
        changes.Writer.TryComplete();
        await delivery;
    }

    private async Task DeliverAsync(Action<ExecutionStatusChange> handler, Action<Exception> onFault)
    {
        await foreach (var change in changes.Reader.ReadAllAsync())
        {
            try
            {
                handler(change);
            }
            catch (Exception fault)
            {
                // A handler's fault is not the execution's.
                onFault(fault);
            }
        }
    }
}

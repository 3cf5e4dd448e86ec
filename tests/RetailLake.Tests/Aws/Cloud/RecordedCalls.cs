using System.Collections.Concurrent;
using Amazon.RedshiftDataAPIService.Model;
using Amazon.Runtime;

namespace RetailLake.Tests.Aws.Cloud;

/// <summary>What each function of the template asked of AWS, by its logical id.</summary>
internal sealed class RecordedCalls
{
    private readonly ConcurrentDictionary<(string Function, AwsCall Call), byte> seen = new();
    private readonly ConcurrentDictionary<string, string> owners = new();

    public IReadOnlyList<(string Function, AwsCall Call)> All => [.. seen.Keys.OrderBy(one => one.Function, StringComparer.Ordinal).ThenBy(one => one.Call.Action, StringComparer.Ordinal)];

    public void Add(string function, AwsCall call) => seen.TryAdd((function, call), 0);

    /// <summary>Heard before each request is sent, so that retries and failures count as well.</summary>
    public T Hear<T>(string function, T client)
        where T : AmazonServiceClient
    {
        client.BeforeRequestEvent += (_, sent) =>
        {
            foreach (var call in AwsCall.Of(((WebServiceRequestEventArgs)sent).Request, owners.GetValueOrDefault))
            {
                Add(function, call);
            }
        };
        client.AfterResponseEvent += (_, received) =>
        {
            if (((WebServiceResponseEventArgs)received).Response is ExecuteStatementResponse { Id: var one })
            {
                owners[one] = function;
            }
            else if (((WebServiceResponseEventArgs)received).Response is BatchExecuteStatementResponse { Id: var many })
            {
                owners[many] = function;
            }
        };
        return client;
    }
}

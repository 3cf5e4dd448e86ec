using Amazon.Lambda.Core;
using RetailLake.Core.Errors;

namespace RetailLake.Functions.Hosting;

public static class LambdaContextTime
{
    /// <summary>The one way in which a function's time ends with a name: a bare cancellation is one that no retrier knows.</summary>
    /// <exception cref="DeadlinePassedException">The deadline passed before the work was done.</exception>
    public static async Task<T> WithinTimeAsync<T>(this ILambdaContext context, Func<CancellationToken, Task<T>> work)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(work);
        using var deadline = context.Deadline();
        try
        {
            return await work(deadline.Token);
        }
        catch (OperationCanceledException e) when (deadline.IsCancellationRequested)
        {
            throw new DeadlinePassedException(
                $"Found the time limit of '{context.FunctionName}' reached before its work was done.",
                "What was finished is kept; what was half done counts for nothing.",
                "It is tried again; when it stays so, raise the function's Timeout or MemorySize in template.yaml or ask for smaller slices in the contract, deploy, then redrive the execution.", e);
        }
    }

    /// <summary>Cancels a little before Lambda would kill the process, so that the error says what was going on.</summary>
    public static CancellationTokenSource Deadline(this ILambdaContext context) => Deadline(context, TimeSpan.FromSeconds(2));

    /// <param name="spare">What is left then for the rest of the invocation.</param>
    public static CancellationTokenSource Deadline(this ILambdaContext context, TimeSpan spare)
    {
        ArgumentNullException.ThrowIfNull(context);
        var left = context.RemainingTime - spare;
        return new(left > TimeSpan.FromSeconds(1) ? left : TimeSpan.FromSeconds(1));
    }

    /// <summary>Names this attempt in object keys: two attempts never write over each other.</summary>
    public static string Attempt(this ILambdaContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.AwsRequestId.Replace("-", "", StringComparison.Ordinal)[..12];
    }
}

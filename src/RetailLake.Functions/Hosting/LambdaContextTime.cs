using Amazon.Lambda.Core;

namespace RetailLake.Functions.Hosting;

public static class LambdaContextTime
{
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

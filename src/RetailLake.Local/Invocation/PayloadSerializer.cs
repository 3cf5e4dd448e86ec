using System.Reflection;
using Amazon.Lambda.Core;

namespace RetailLake.Local.Invocation;

/// <summary>ILambdaSerializer is generic per call; the types are known only from the handler.</summary>
internal static class PayloadSerializer
{
    private static readonly MethodInfo Reader = typeof(PayloadSerializer).GetMethod(nameof(Read), BindingFlags.NonPublic | BindingFlags.Static)!;
    private static readonly MethodInfo Writer = typeof(PayloadSerializer).GetMethod(nameof(Write), BindingFlags.NonPublic | BindingFlags.Static)!;

    public static object? Deserialize(ILambdaSerializer serializer, Type type, byte[] payload) =>
        Reader.MakeGenericMethod(type).Invoke(null, BindingFlags.DoNotWrapExceptions, null, [serializer, payload], null);

    public static byte[] Serialize(ILambdaSerializer serializer, Type type, object? value) =>
        (byte[])Writer.MakeGenericMethod(type).Invoke(null, BindingFlags.DoNotWrapExceptions, null, [serializer, value], null)!;

    private static T Read<T>(ILambdaSerializer serializer, byte[] payload)
    {
        // The managed runtime hands streams and strings over as they are; this project has neither, so every payload is JSON.
        using var stream = new MemoryStream(payload, writable: false);
        return serializer.Deserialize<T>(stream);
    }

    private static byte[] Write<T>(ILambdaSerializer serializer, T value)
    {
        using var stream = new MemoryStream();
        serializer.Serialize(value, stream);
        return stream.ToArray();
    }
}

using System.Reflection;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Microsoft.Extensions.DependencyInjection;
using RetailLake.Local.Templates;

namespace RetailLake.Local.Invocation;

/// <summary>
/// A handler string of the template, resolved: <c>Assembly::Namespace.Class_Method_Generated::Method</c>. The generated class is the wrapper
/// that Amazon.Lambda.Annotations emits; what it does (container, startup class, scope, [FromServices]) is done here instead.
/// </summary>
public sealed class FunctionHandler
{
    private readonly Type? startup;
    private readonly MethodInfo method;
    // By position: reflection may hand two hosts that resolve the same method at once two ParameterInfo objects for one parameter.
    private readonly int? inputIndex;

    private FunctionHandler(Type function, MethodInfo method)
    {
        Class = function;
        this.method = method;
        startup = function.Assembly.GetTypes().FirstOrDefault(type => type.IsDefined(typeof(LambdaStartupAttribute), inherit: false));
        inputIndex = method.GetParameters().FirstOrDefault(parameter =>
            parameter.ParameterType != typeof(ILambdaContext) && !parameter.IsDefined(typeof(FromServicesAttribute), inherit: false))?.Position;
        SerializerType = (method.GetCustomAttribute<LambdaSerializerAttribute>() ?? function.Assembly.GetCustomAttribute<LambdaSerializerAttribute>())?.SerializerType
            ?? throw Refused($"assembly '{function.Assembly.GetName().Name}' has no [LambdaSerializer]");
    }

    public Type Class { get; }

    public Type SerializerType { get; }

    /// <exception cref="TemplateRefusedException">No such assembly, class, method or attribute.</exception>
    public static FunctionHandler Resolve(LocalFunction function)
    {
        ArgumentNullException.ThrowIfNull(function);
        try
        {
            if (function.Handler.Split("::") is not [var assemblyName, var typeName, var methodName])
            {
                throw Refused("it is not of the form 'Assembly::Namespace.Class_Method_Generated::Method'");
            }

            var wrapper = $"_{methodName}_Generated";
            var assembly = Load(assemblyName);
            var type = assembly.GetType(typeName.EndsWith(wrapper, StringComparison.Ordinal) ? typeName[..^wrapper.Length] : typeName)
                ?? throw Refused($"assembly '{assemblyName}' has no such class");
            var method = type.GetMethod(methodName, BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static)
                ?? throw Refused($"class '{type.FullName}' has no public method '{methodName}'");
            return method.IsDefined(typeof(LambdaFunctionAttribute), inherit: false) ? new(type, method)
                : throw Refused($"method '{type.Name}.{methodName}' has no [LambdaFunction], so no wrapper is generated on AWS either");
        }
        catch (HandlerRefusal e)
        {
            throw new TemplateRefusedException(
                $"Found handler '{function.Handler}' of function '{function.LogicalId}' in {function.Where}, which resolves to nothing: {e.Message}.", "Correct the handler or the class.");
        }
    }

    /// <summary>What the generated constructor does.</summary>
    public ServiceProvider BuildProvider(Action<IServiceCollection> overrides)
    {
        ArgumentNullException.ThrowIfNull(overrides);
        var services = new ServiceCollection();
        services.AddSingleton(Class);
        services.AddSingleton(typeof(ILambdaSerializer), SerializerType);
        if (startup is not null)
        {
            startup.GetMethod("ConfigureServices")!.Invoke(Activator.CreateInstance(startup), BindingFlags.DoNotWrapExceptions, null, [services], null);
        }

        overrides(services);
        var provider = services.BuildServiceProvider();
        _ = provider.GetRequiredService(Class);
        return provider;
    }

    /// <summary>One invocation in a scope of its own: JSON in, JSON out, through the assembly's serializer.</summary>
    public async Task<byte[]> InvokeAsync(ServiceProvider provider, byte[] payload, ILambdaContext context)
    {
        ArgumentNullException.ThrowIfNull(provider);
        await using var scope = provider.CreateAsyncScope();
        var serializer = scope.ServiceProvider.GetRequiredService<ILambdaSerializer>();
        var arguments = method.GetParameters().Select(parameter =>
            parameter.Position == inputIndex ? PayloadSerializer.Deserialize(serializer, parameter.ParameterType, payload)
            : parameter.ParameterType == typeof(ILambdaContext) ? context
            : scope.ServiceProvider.GetRequiredService(parameter.ParameterType)).ToArray();
        var target = method.IsStatic ? null : scope.ServiceProvider.GetRequiredService(Class);
        var (value, type) = await Awaited(method.Invoke(target, BindingFlags.DoNotWrapExceptions, null, arguments, null));
        return type == typeof(void) ? "null"u8.ToArray() : PayloadSerializer.Serialize(serializer, type, value);
    }

    private async Task<(object? Value, Type Type)> Awaited(object? returned)
    {
        if (returned is not Task task)
        {
            return (returned, method.ReturnType);
        }

        await task;
        return method.ReturnType.IsGenericType
            ? (method.ReturnType.GetProperty(nameof(Task<int>.Result))!.GetValue(task), method.ReturnType.GetGenericArguments()[0])
            : (null, typeof(void));
    }

    private static Assembly Load(string name)
    {
        try
        {
            return Assembly.Load(name);
        }
        catch (IOException)
        {
            throw Refused($"there is no assembly '{name}' beside this program");
        }
    }

    private static HandlerRefusal Refused(string why) => new(why);

    private sealed class HandlerRefusal(string why) : Exception(why);
}

// Stand-in for the attributes of Amazon.Lambda.Annotations 2.3.0 that this project uses. Its generator is not here: the local host wires handlers itself.
namespace Amazon.Lambda.Annotations;

[AttributeUsage(AttributeTargets.Method)]
public sealed class LambdaFunctionAttribute : Attribute
{
    public string? ResourceName { get; set; }

    public uint Timeout { get; set; }

    public uint MemorySize { get; set; }

    public string? Role { get; set; }

    public string? Policies { get; set; }
}

[AttributeUsage(AttributeTargets.Class)]
public sealed class LambdaStartupAttribute : Attribute;

[AttributeUsage(AttributeTargets.Parameter)]
public sealed class FromServicesAttribute : Attribute;

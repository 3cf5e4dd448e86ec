namespace RetailLake.Local.Templates;

internal static class FunctionReader
{
    public static LocalFunction Read(ResourceReader resource, LocalReference reference, IReadOnlySet<string> hostEnvironment, Intrinsics intrinsics)
    {
        Refuse(resource);
        var environment = Variables(resource.RawGlobal("Environment"), hostEnvironment, intrinsics);
        foreach (var (name, value) in Variables(resource.Raw("Environment"), hostEnvironment, intrinsics))
        {
            environment[name] = value;
        }

        return new(
            resource.LogicalId, reference.Attributes["Name"], reference.Attributes["Arn"], resource.RequiredText("Handler"),
            resource.Number("MemorySize", 128), TimeSpan.FromSeconds(resource.Number("Timeout", 3)), environment, resource.Where);
    }

    private static void Refuse(ResourceReader resource)
    {
        var remedy = "Give it a .NET handler of this solution, or take it out of the template.";
        if (resource.Text("PackageType") == "Image" || resource.Raw("ImageUri") is not null || resource.Raw("InlineCode") is not null)
        {
            throw new TemplateRefusedException(
                $"Found function '{resource.LogicalId}' in {resource.Where} with an image or inline code; the local runner runs handlers of a .NET assembly.", remedy);
        }

        if (resource.Text("Runtime") is { } runtime && !runtime.StartsWith("dotnet", StringComparison.Ordinal))
        {
            throw new TemplateRefusedException(
                $"Found function '{resource.LogicalId}' in {resource.Where} with runtime '{runtime}'; the local runner runs dotnet only.", remedy);
        }
    }

    private static Dictionary<string, string> Variables(TemplateValue? environment, IReadOnlySet<string> hostEnvironment, Intrinsics intrinsics) =>
        ResourceReader.Map((environment as TemplateMap)?["Variables"])
            .Where(pair => !hostEnvironment.Contains(pair.Key))
            .Select(pair => (pair.Key, Value: intrinsics.Evaluate(pair.Value) as TemplateText))
            .Where(pair => pair.Value is not null)
            .ToDictionary(pair => pair.Key, pair => pair.Value!.Text, StringComparer.Ordinal);
}

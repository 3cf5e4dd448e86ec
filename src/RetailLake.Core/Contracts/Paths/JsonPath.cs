namespace RetailLake.Core.Contracts.Paths;

/// <summary>Members of JSON objects, one in the other: <c>total/net</c>; <c>lines[]</c> is each element of an array; <c>/bill_no</c> begins at the record's own object.</summary>
public sealed record JsonPath(bool IsFromRoot, IReadOnlyList<JsonStep> Steps)
{
    private const int MostSteps = 32;

    /// <param name="problem">Completes "'path' …".</param>
    public static bool TryParse(string text, out JsonPath path, out string problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        var isFromRoot = text.StartsWith('/');
        List<JsonStep> steps = [.. (isFromRoot ? text[1..] : text).Split('/').Select(part => part.EndsWith("[]", StringComparison.Ordinal) ? new JsonStep(part[..^2], true) : new JsonStep(part, false))];
        path = new(isFromRoot, steps);
        problem = steps.Count > MostSteps ? $"has more than {MostSteps} steps"
            : steps.Any(step => step.Name is "" or "." or "..") ? "has a step that is no member's name"
            : steps.Any(step => step.Name.Length > 256 || step.Name.Any(character => char.IsControl(character) || character is '[' or ']' or '$' or '|')) ? "has a name with one of [ ] $ | or a control character in it"
            : "";
        return problem.Length == 0;
    }

    /// <summary>The array that a value of this path lies in, as the number of steps that lead to it; 0 for a value of the record's own object.</summary>
    public int ArraySteps => Steps.Select((step, index) => step.IsArray ? index + 1 : 0).DefaultIfEmpty().Max();
}

/// <param name="IsArray">Each element of the member, which is an array.</param>
public readonly record struct JsonStep(string Name, bool IsArray);

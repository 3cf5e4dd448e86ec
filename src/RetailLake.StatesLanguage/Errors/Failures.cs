namespace RetailLake.StatesLanguage.Errors;

/// <summary>The failures the engine itself raises, with AWS's error names.</summary>
internal static class Failures
{
    public static StateFailedException Runtime(string cause) => new(ErrorNames.Runtime, cause);

    public static StateFailedException PathNotFound(string field, string path, string input) =>
        new(ErrorNames.Runtime,
            $"The JSONPath '{path}' specified for the field '{field}' could not be found in the input '{Clip(input)}'.");

    public static StateFailedException ParameterPath(string path, string input) =>
        new(ErrorNames.ParameterPathFailure, $"The JSONPath '{path}' could not be found in the input '{Clip(input)}'.");

    public static StateFailedException Intrinsic(string call, string why) =>
        new(ErrorNames.IntrinsicFailure, $"Found {why} in '{call}'.");

    public static StateFailedException DataLimit(string state, string what) =>
        new(ErrorNames.DataLimitExceeded,
            $"The state/task '{state}' returned a result with a size exceeding the maximum number of bytes service limit ({what}).");

    public static StateFailedException Timeout() => new(ErrorNames.Timeout, null);

    public static StateFailedException HeartbeatTimeout() => new(ErrorNames.HeartbeatTimeout, null);

    // A cause is for a person: AWS cuts it at 32,768 characters, and an input may be 256 KiB.
    private static string Clip(string text) => text.Length <= 1024 ? text : text[..1024] + "…";
}

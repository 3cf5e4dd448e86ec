using System.Diagnostics;
using System.Text.Json;
using RetailLake.Core.Contracts.Yaml;

namespace RetailLake.Tests.Contracts;

/// <summary>The standard's own JSON Schema, judged by npm's ajv (draft 2019-09 with formats).</summary>
internal static class JsonSchemaOracle
{
    private const string Packages = "ajv@8 ajv-formats@3";

    private const string Program = """
        const Ajv = require('ajv/dist/2019').default;
        const addFormats = require('ajv-formats').default;
        const fs = require('fs');
        const ajv = new Ajv({ strict: false, allErrors: false });
        addFormats(ajv);
        const validate = ajv.compile(JSON.parse(fs.readFileSync(process.argv[2], 'utf8')));
        console.log(JSON.stringify(JSON.parse(fs.readFileSync(process.argv[3], 'utf8')).map(document => validate(document))));
        """;

    public static string Schema { get; } = Path.Combine(Repository.Shared, "schemas", "odcs", "odcs-json-schema-v3.1.0.json");

    private static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "ajv");

    /// <returns>Why the oracle cannot be asked here, or null.</returns>
    public static string? WhyAbsent() =>
        !File.Exists(Schema) ? $"Found no '{Schema}'; the standard's schema is not part of the repository."
        : Run("node", "--version") is null ? "Found no node, which runs ajv."
        : Directory.Exists(Path.Combine(Folder, "node_modules", "ajv-formats")) || Install() ? null
        : $"Found no way to 'npm install {Packages}'.";

    /// <summary>Whether each document is valid.</summary>
    public static IReadOnlyList<bool> Judge(IEnumerable<YamlNode> documents)
    {
        var (program, input) = (Path.Combine(Folder, "judge.js"), Path.Combine(Folder, $"{Guid.NewGuid():N}.json"));
        File.WriteAllText(program, Program);
        File.WriteAllText(input, "[" + string.Join(",", documents.Select(Json)) + "]");
        var verdicts = Run("node", program, Schema, input) ?? throw new InvalidOperationException("ajv gave no verdict.");
        File.Delete(input);
        return JsonSerializer.Deserialize<bool[]>(verdicts)!;
    }

    private static string Json(YamlNode node) => node switch
    {
        YamlMap map => "{" + string.Join(",", map.Entries.Select(entry => $"{JsonSerializer.Serialize(entry.Key.Text)}:{Json(entry.Value)}")) + "}",
        YamlList list => "[" + string.Join(",", list.Items.Select(Json)) + "]",
        YamlScalar { Kind: ScalarKind.Null } => "null",
        YamlScalar { Kind: ScalarKind.Boolean } scalar => scalar.Text.ToLowerInvariant(),
        YamlScalar { Kind: ScalarKind.Integer or ScalarKind.Number } scalar => PlainScalar.Number(scalar)!.Value.ToString(),
        YamlScalar scalar => JsonSerializer.Serialize(scalar.Text),
        _ => throw new InvalidOperationException(),
    };

    private static bool Install()
    {
        Directory.CreateDirectory(Folder);
        return Run("npm", ["install", "--prefix", Folder, "--no-audit", "--no-fund", "--ignore-scripts", .. Packages.Split(' ')]) is not null;
    }

    private static string? Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : errors.Result.Length >= 0 && program == "npm" ? null : throw new InvalidOperationException(errors.Result);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}

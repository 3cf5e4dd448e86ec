namespace RetailLake.Core;

/// <summary>Settings of one function or one local process. Functions get them injected; nothing below reads the environment.</summary>
public sealed record LakeSettings
{
    /// <summary><c>s3://bucket</c> | <c>file:///dir</c>.</summary>
    public required string LakeUri { get; init; }

    /// <summary><c>redshift-data://workgroup/db</c> | <c>duckdb:///file</c>.</summary>
    public required string WarehouseUri { get; init; }

    /// <summary><c>secretsmanager://</c> | <c>file:///secrets.json</c> | <c>env://</c>.</summary>
    public required string SecretsUri { get; init; }

    /// <summary><c>glue://db</c> | <c>duckdb://…</c>.</summary>
    public required string CatalogUri { get; init; }

    /// <summary>Folders of contracts, ':'-separated, beside the bundle in the package.</summary>
    public string? Contracts { get; init; }

    /// <summary>ARN pattern of a source's state machine with <c>{source}</c> in it.</summary>
    public string? StateMachineArn { get; init; }

    /// <summary>IAM role that COPY and UNLOAD use; Redshift only.</summary>
    public string? CopyRoleArn { get; init; }

    /// <exception cref="InvalidOperationException">It is not set.</exception>
    public string CopyRole => CopyRoleArn is { Length: > 0 } role ? role : throw new InvalidOperationException(
        "Found no environment variable 'COPY_ROLE_ARN'; a warehouse in Redshift needs it for COPY and UNLOAD. Nothing was started. Set it in template.yaml (Globals).");

    public static LakeSettings FromEnvironment(Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        return new()
        {
            LakeUri = Required("LAKE_URI"),
            WarehouseUri = Required("WAREHOUSE_URI"),
            SecretsUri = Required("SECRETS_URI"),
            CatalogUri = Required("CATALOG_URI"),
            Contracts = variable("LAKE_CONTRACTS"),
            StateMachineArn = variable("SOURCE_STATE_MACHINE_ARN"),
            CopyRoleArn = variable("COPY_ROLE_ARN"),
        };

        string Required(string name) => variable(name) is { Length: > 0 } value ? value : throw new InvalidOperationException(
            $"Found no environment variable '{name}'; every function needs it. Nothing was started. Set it in template.yaml (Globals) or in the shell.");
    }
}

using System.Text.Json.Nodes;

namespace RetailLake.Tests.Aws.DataApi;

/// <summary>A submitted statement or batch and its state, as DescribeStatement tells it.</summary>
internal sealed class Statement(string id, string? name, IReadOnlyList<string> sqls, bool isBlock)
{
    private readonly Lock gate = new();
    private string state = "SUBMITTED";
    private string? error;
    private int at = -1;

    public IReadOnlyList<string> Sqls => sqls;

    public bool IsBlock => isBlock;

    public StatementResult? Result { get; set; }

    public Task Running { get; set; } = Task.CompletedTask;

    public void At(string sql) => at = sqls.ToList().IndexOf(sql);

    public bool TryStart() => TryMove("SUBMITTED", "STARTED");

    public void Finish() => TryMove("STARTED", "FINISHED");

    public void Fail(string message)
    {
        error = message;
        TryMove("STARTED", "FAILED");
    }

    /// <summary>Only what has not begun can be stopped here.</summary>
    public bool TryCancel() => TryMove("SUBMITTED", "ABORTED");

    public JsonObject Describe()
    {
        lock (gate)
        {
            var told = new JsonObject { ["Id"] = id, ["Status"] = state, ["HasResultSet"] = Result is not null, ["ResultRows"] = Result?.Rows.Count ?? 0 };
            if (error is not null)
            {
                told["Error"] = isBlock ? $"Query #{at + 1} failed with {error}" : error;
            }

            if (isBlock)
            {
                told["SubStatements"] = new JsonArray([.. sqls.Select((_, index) => new JsonObject
                {
                    ["Id"] = $"{id}:{index + 1}",
                    ["Status"] = index < at || state == "FINISHED" ? "FINISHED" : index == at ? state : "ABORTED",
                    ["Error"] = index == at ? error : null,
                })]);
            }

            return told;
        }
    }

    /// <remarks>https://docs.aws.amazon.com/redshift/latest/mgmt/data-api-monitoring-events.html</remarks>
    public JsonObject Event() => new()
    {
        ["version"] = "0",
        ["id"] = Guid.NewGuid().ToString(),
        ["detail-type"] = "Redshift Data Statement Status Change",
        ["source"] = "aws.redshift-data",
        ["account"] = "123456789012",
        ["time"] = "2026-11-21T06:00:00Z",
        ["region"] = "ap-south-1",
        ["resources"] = new JsonArray("arn:aws:redshift-serverless:ap-south-1:123456789012:workgroup/emulated"),
        ["detail"] = new JsonObject
        {
            ["principal"] = "arn:aws:sts::123456789012:assumed-role/any", ["statementName"] = name, ["statementId"] = id, ["redshiftQueryId"] = 1, ["state"] = state, ["rows"] = -1, ["expireAt"] = 1_795_500_000,
        },
    };

    private bool TryMove(string from, string to)
    {
        lock (gate)
        {
            if (state != from)
            {
                return false;
            }

            state = to;
            return true;
        }
    }
}

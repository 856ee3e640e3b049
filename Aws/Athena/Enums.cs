using System.Text.Json.Serialization;
using Amazon.Runtime;
using Stedi.Aws.Runtime;

namespace Amazon.Athena;

[JsonConverter(typeof(ConstantConverter<QueryExecutionState>))]
public class QueryExecutionState(string value) : ConstantClass(value), IConstant<QueryExecutionState>
{
    public static readonly QueryExecutionState CANCELLED = new("CANCELLED");
    public static readonly QueryExecutionState FAILED = new("FAILED");
    public static readonly QueryExecutionState QUEUED = new("QUEUED");
    public static readonly QueryExecutionState RUNNING = new("RUNNING");
    public static readonly QueryExecutionState SUCCEEDED = new("SUCCEEDED");

    public static QueryExecutionState FindValue(string value) => FindValue<QueryExecutionState>(value);

    public static implicit operator QueryExecutionState(string value) => FindValue(value);
}

[JsonConverter(typeof(ConstantConverter<WorkGroupState>))]
public class WorkGroupState(string value) : ConstantClass(value), IConstant<WorkGroupState>
{
    public static readonly WorkGroupState DISABLED = new("DISABLED");
    public static readonly WorkGroupState ENABLED = new("ENABLED");

    public static WorkGroupState FindValue(string value) => FindValue<WorkGroupState>(value);

    public static implicit operator WorkGroupState(string value) => FindValue(value);
}

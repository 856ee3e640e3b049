using System.Text.Json.Serialization;
using Amazon.Athena.Model;

namespace Amazon.Athena.Internal;

[JsonSerializable(typeof(StartQueryExecutionRequest))]
[JsonSerializable(typeof(StartQueryExecutionResponse))]
[JsonSerializable(typeof(GetQueryExecutionRequest))]
[JsonSerializable(typeof(GetQueryExecutionResponse))]
[JsonSerializable(typeof(GetQueryResultsRequest))]
[JsonSerializable(typeof(GetQueryResultsResponse))]
[JsonSerializable(typeof(StopQueryExecutionRequest))]
[JsonSerializable(typeof(StopQueryExecutionResponse))]
[JsonSerializable(typeof(BatchGetQueryExecutionRequest))]
[JsonSerializable(typeof(BatchGetQueryExecutionResponse))]
[JsonSerializable(typeof(ListQueryExecutionsRequest))]
[JsonSerializable(typeof(ListQueryExecutionsResponse))]
[JsonSerializable(typeof(GetWorkGroupRequest))]
[JsonSerializable(typeof(GetWorkGroupResponse))]
[JsonSerializable(typeof(CreateWorkGroupRequest))]
[JsonSerializable(typeof(CreateWorkGroupResponse))]
[JsonSerializable(typeof(GetTableMetadataRequest))]
[JsonSerializable(typeof(GetTableMetadataResponse))]
internal sealed partial class AthenaJson : JsonSerializerContext;

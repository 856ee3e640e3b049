using System.Text.Json;
using System.Text.Json.Serialization;
using Temporalio.Converters;

namespace Stedi.Temporal.Workflows;

/// <summary>
/// How payloads are written: camelCase JSON with choices as strings, as the Temporal UI shows and accepts them.
/// Workers, clients and replayers of this project all use it.
/// </summary>
public static class StediDataConverter
{
    /// <summary>The JSON form of everything this project sends, also used by <c>--json</c>.</summary>
    public static JsonSerializerOptions Json { get; } = CreateJson();

    /// <summary>The converter to give to <c>TemporalClientConnectOptions</c> and <c>WorkflowReplayerOptions</c>.</summary>
    public static DataConverter Instance { get; } =
        new(new DefaultPayloadConverter(Json), new DefaultFailureConverter());

    private static JsonSerializerOptions CreateJson()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        };
        options.Converters.Add(new JsonStringEnumConverter());
        return options;
    }
}

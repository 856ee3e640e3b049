using System.Text.Json;
using System.Text.Json.Serialization;
using Stedi.Temporal.Workflows.Inputs;
using Temporalio.Converters;

namespace Stedi.Temporal.Workflows;

/// <summary>
/// The data converter of all workers, clients and replayers: camelCase JSON with enums as strings, and short failures.
/// </summary>
public static class StediDataConverter
{
    /// <summary>The JSON options of payloads and of <c>--json</c>.</summary>
    public static JsonSerializerOptions Json { get; } = CreateJson();

    /// <summary>The converter to give to <c>TemporalClientConnectOptions</c> and <c>WorkflowReplayerOptions</c>.</summary>
    public static DataConverter Instance { get; } =
        new(new InputPayloadConverter(new DefaultPayloadConverter(Json)), new ShortFailureConverter(), new ArgumentCountCodec());

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

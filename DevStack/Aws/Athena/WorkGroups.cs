using System.Text.Json.Nodes;
using Stedi.DevStack.Aws.Protocol;
using Stedi.DevStack.Aws.Storage;

namespace Stedi.DevStack.Aws.Athena;

/// <summary>Stores work groups and resolves their output locations. <c>primary</c> always exists.</summary>
internal sealed class WorkGroups(StateDatabase state, TimeProvider time)
{
    public const string Primary = "primary";

    private readonly DateTimeOffset _started = time.GetUtcNow();

    public JsonObject Get(string name) => Find(name) ?? (name == Primary ? Default() : throw NotFound(name));

    public List<JsonObject> All()
    {
        var groups = state.Query("SELECT document FROM work_group ORDER BY name", r => JsonNode.Parse(r.GetString(0))!.AsObject());
        return groups.Exists(g => (string)g["Name"]! == Primary) ? groups : [Default(), .. groups];
    }

    public void Create(string name, JsonObject group) => state.Transaction(() =>
    {
        if (name == Primary || Find(name) is not null)
        {
            throw new AwsException("InvalidRequestException", $"WorkGroup {name} is already created.");
        }

        return Save(name, group);
    });

    public int Save(string name, JsonObject group) => state.Execute("INSERT OR REPLACE INTO work_group (name, document) VALUES ($1, $2)", name, group.ToJsonString());

    public void Delete(string name)
    {
        if (name == Primary)
        {
            throw new AwsException("InvalidRequestException", "The primary workgroup cannot be deleted.");
        }

        Get(name);
        state.Execute("DELETE FROM work_group WHERE name = $1", name);
    }

    /// <summary>The prefix for results: the work group's if it enforces its configuration, else the request's, else the work group's.</summary>
    public S3Uri OutputOf(string group, JsonCall call)
    {
        var configuration = Get(group)["Configuration"];
        var own = (string?)configuration?["ResultConfiguration"]?["OutputLocation"];
        var requested = call.Object("ResultConfiguration") is { } result ? call.Within(result).Text("OutputLocation") : null;
        var location = (bool?)configuration?["EnforceWorkGroupConfiguration"] == true && own is not null ? own : requested ?? own;
        if (string.IsNullOrEmpty(location))
        {
            throw call.Invalid("No output location provided. An output location is required either through the Workgroup result configuration setting or as an API input.");
        }

        return S3Uri.TryParse(location, out var uri) ? uri.AsPrefix() : throw call.Invalid($"outputLocation '{location}' is not a valid S3 path.");
    }

    public JsonObject Document(string name, JsonNode? configuration, string? description) => new JsonObject
    {
        ["Name"] = name,
        ["State"] = "ENABLED",
        ["Description"] = description,
        ["CreationTime"] = time.Now(),
        ["Configuration"] = Configuration(configuration),
    }.WithoutNulls();

    public static JsonObject Configuration(JsonNode? given)
    {
        var configuration = given?.DeepClone().AsObject() ?? [];
        configuration.TryAdd("ResultConfiguration", new JsonObject());
        configuration.TryAdd("EnforceWorkGroupConfiguration", false);
        configuration.TryAdd("PublishCloudWatchMetricsEnabled", false);
        configuration.TryAdd("RequesterPaysEnabled", false);
        configuration["EngineVersion"] = new JsonObject { ["SelectedEngineVersion"] = "AUTO", ["EffectiveEngineVersion"] = "Athena engine version 3" };
        return configuration;
    }

    private JsonObject Default()
    {
        var group = Document(Primary, null, "");
        group["CreationTime"] = EpochSeconds.From(_started);
        return group;
    }

    private JsonObject? Find(string name) => state.Single("SELECT document FROM work_group WHERE name = $1", r => JsonNode.Parse(r.GetString(0))!.AsObject(), name);

    private static AwsException NotFound(string name) => new("InvalidRequestException", $"WorkGroup {name} is not found.");
}

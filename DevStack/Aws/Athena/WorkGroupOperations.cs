using System.Text.Json.Nodes;
using Stedi.DevStack.Aws.Protocol;

namespace Stedi.DevStack.Aws.Athena;

internal sealed class WorkGroupOperations(WorkGroups groups, AccessPolicy policy)
{
    public JsonObject Get(JsonCall call) => new() { ["WorkGroup"] = groups.Get(call.Required("WorkGroup")) };

    public JsonObject List(JsonCall call)
    {
        var (items, next) = Pagination.Of(groups.All(), call, call.Number("MaxResults", 50, 1, 50));
        var summaries = items.Select(g => new JsonObject
        {
            ["Name"] = g["Name"]!.DeepClone(),
            ["State"] = g["State"]!.DeepClone(),
            ["Description"] = g["Description"]?.DeepClone() ?? "",
            ["CreationTime"] = g["CreationTime"]!.DeepClone(),
            ["EngineVersion"] = g["Configuration"]!["EngineVersion"]!.DeepClone(),
        });
        return new JsonObject { ["WorkGroups"] = new JsonArray([.. summaries]), ["NextToken"] = next }.WithoutNulls();
    }

    public JsonObject Create(JsonCall call)
    {
        var name = Name(call, "Name");
        groups.Create(name, groups.Document(name, Checked(call, "Configuration"), call.Text("Description")));
        return [];
    }

    public JsonObject Update(JsonCall call)
    {
        var name = RequireChangeable(call);
        var group = groups.Get(name);
        if (call.Text("Description") is { } description)
        {
            group["Description"] = description;
        }

        if (call.Text("State") is { } state)
        {
            group["State"] = state;
        }

        if (Checked(call, "ConfigurationUpdates") is { } updates)
        {
            Apply(call.Within(updates), group["Configuration"]!.AsObject());
        }

        groups.Save(name, group);
        return [];
    }

    public JsonObject Delete(JsonCall call)
    {
        groups.Delete(RequireChangeable(call));
        return [];
    }

    // A work group can set the output location, and the pipeline relies on the results that it reads there.
    private string RequireChangeable(JsonCall call)
    {
        var name = Name(call, "WorkGroup");
        return policy.MayChangeWorkGroup(call.Principal, name)
            ? name
            : throw new AwsException("AccessDeniedException", $"Insufficient permission(s): work group {name} is reserved for the pipeline. Use another work group.");
    }

    private static void Apply(JsonCall updates, JsonObject configuration)
    {
        foreach (var member in (string[])["EnforceWorkGroupConfiguration", "PublishCloudWatchMetricsEnabled", "BytesScannedCutoffPerQuery", "RequesterPaysEnabled"])
        {
            if (updates.Body[member] is { } value)
            {
                configuration[member] = value.DeepClone();
            }
        }
        if (updates.Object("ResultConfigurationUpdates") is { } result && updates.Within(result).Text("OutputLocation") is { } location)
        {
            configuration["ResultConfiguration"]!.AsObject()["OutputLocation"] = location;
        }
    }

    private static JsonObject? Checked(JsonCall call, string member)
    {
        if (call.Object(member) is not { } configuration)
        {
            return null;
        }

        var part = call.Within(configuration);
        _ = part.Flag("EnforceWorkGroupConfiguration");
        if (part.Object("ResultConfiguration") is { } result)
        {
            _ = part.Within(result).Text("OutputLocation");
        }

        return configuration;
    }

    private static string Name(JsonCall call, string member)
    {
        var name = call.Required(member);
        return name.Length <= 128 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-') ? name
            : throw call.Invalid($"{member} must have 1 to 128 letters, digits, dots, dashes or underscores.");
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stedi.Temporal.Workflows;

/// <summary>Reads a <see cref="LakehouseInput"/> field by field, and keeps a problem where another converter would throw.</summary>
public sealed class LakehouseInputConverter : JsonConverter<LakehouseInput>
{
    static readonly string[] policies = Enum.GetNames<ConsentPolicy>();

    /// <inheritdoc/>
    public override bool HandleNull => true;

    /// <inheritdoc/>
    public override LakehouseInput Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var root = document.RootElement;
        if (root.ValueKind == JsonValueKind.Null)
        {
            return new LakehouseInput();
        }

        if (root.ValueKind != JsonValueKind.Object)
        {
            return new LakehouseInput { Problems = ["The input is not a JSON object. Give {} for a run with all defaults."] };
        }

        var problems = new List<string>();
        var input = new LakehouseInput();
        foreach (var field in root.EnumerateObject())
        {
            input = Apply(input, field, problems);
        }

        return input with { Problems = problems };
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, LakehouseInput value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("sourcePrefix", value.SourcePrefix);
        writer.WriteString("consentPolicy", value.ConsentPolicy.ToString());
        writer.WriteNumber("rejectedLinesLimit", value.RejectedLinesLimit);
        writer.WriteNumber("snapshotsToKeep", value.SnapshotsToKeep);
        writer.WriteBoolean("allowLooserPolicy", value.AllowLooserPolicy);
        writer.WriteNumber("heartbeatSeconds", value.HeartbeatSeconds);
        writer.WriteEndObject();
    }

    static LakehouseInput Apply(LakehouseInput input, JsonProperty field, List<string> problems)
    {
        var value = field.Value;
        switch (field.Name)
        {
            case "sourcePrefix":
                return value.ValueKind == JsonValueKind.String && IsPrefix(value.GetString()!)
                    ? input with { SourcePrefix = value.GetString()! }
                    : Refuse(input, problems, "sourcePrefix must be empty or a key prefix such as \"uploads/2026/\": no leading slash, no \"..\", a slash at the end.");
            case "consentPolicy":
                return value.ValueKind == JsonValueKind.String && Array.IndexOf(policies, value.GetString()) is >= 0 and var index
                    ? input with { ConsentPolicy = Enum.Parse<ConsentPolicy>(policies[index]) }
                    : Refuse(input, problems, $"consentPolicy must be one of {string.Join(", ", policies)}.");
            case "rejectedLinesLimit":
                return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var limit) && limit is >= 0 and <= 1
                    ? input with { RejectedLinesLimit = limit }
                    : Refuse(input, problems, "rejectedLinesLimit must be a number from 0 to 1 (0.01 is one line in a hundred).");
            case "snapshotsToKeep":
                return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var keep) && keep is >= 1 and <= 1000
                    ? input with { SnapshotsToKeep = keep }
                    : Refuse(input, problems, "snapshotsToKeep must be a whole number from 1 to 1000.");
            case "allowLooserPolicy":
                return value.ValueKind is JsonValueKind.True or JsonValueKind.False
                    ? input with { AllowLooserPolicy = value.GetBoolean() }
                    : Refuse(input, problems, "allowLooserPolicy must be true or false.");
            case "heartbeatSeconds":
                return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var seconds) && seconds is >= 1 and <= 3600
                    ? input with { HeartbeatSeconds = seconds }
                    : Refuse(input, problems, "heartbeatSeconds must be a whole number from 1 to 3600.");
            default:
                return Refuse(input, problems, $"{Shorten(field.Name)} is not a field. Fields: sourcePrefix, consentPolicy, rejectedLinesLimit, snapshotsToKeep, allowLooserPolicy, heartbeatSeconds.");
        }
    }

    static LakehouseInput Refuse(LakehouseInput input, List<string> problems, string problem)
    {
        problems.Add(problem);
        return input;
    }

    static string Shorten(string name) => name.Length <= 40 ? name : name[..40] + "...";

    static bool IsPrefix(string prefix) =>
        prefix.Length == 0
        || (prefix.Length <= 512
            && prefix[^1] == '/'
            && prefix[0] != '/'
            && prefix.Split('/')[..^1].All(part => part.Length > 0 && part is not ("." or ".."))
            && prefix.All(c => char.IsAsciiLetterOrDigit(c) || "/_-.=".Contains(c)));
}

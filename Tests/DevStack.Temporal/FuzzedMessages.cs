using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;

namespace Stedi.DevStack.Temporal.Tests;

/// <summary>Creates messages of any type with random and extreme values, and with enough valid ids to pass the first checks.</summary>
internal sealed class FuzzedMessages(Random random, FuzzedWorkflow target)
{
    private const int MaximumDepth = 7;

    private static readonly string[] Texts =
    [
        "", "x", "\0", "\u202e🙂", "a/b", "%2F", "../..", "0", "-1", "*", "1-3/0", "@every 1s", "@every 0s", "@every 99999999h", "0 0 31 2 *", "* * * * * * *", "CRON_TZ=Nowhere * * * * *", "99 99 99 99 99",
        "WorkflowId = 'a'", "ExecutionStatus = 'Running' GROUP BY ExecutionStatus", "((((", "StartTime BETWEEN 1 AND", "NOT NOT x", "WorkflowId IN ('a', 'b')", "StartTime > 'now'", "Europe/Berlin", "json/plain", "Keyword",
        new('y', 5000), new('(', 3000), string.Join(' ', Enumerable.Repeat("NOT", 3000)),
    ];

    private static readonly long[] Numbers =
        [0, 1, -1, 2, 3, 7, 60, 2000, int.MaxValue, int.MinValue, long.MaxValue, long.MinValue, 253402300800, -62135596801, 315576000001];

    public IMessage Of(MessageDescriptor type, int depth = 0)
    {
        var message = type.Parser.ParseFrom(ByteString.Empty);
        foreach (var field in type.Fields.InDeclarationOrder().Where(_ => !Chance(depth < 2 ? 8 : 3)))
        {
            Fill(message, field, depth);
        }

        return message;
    }

    private void Fill(IMessage message, FieldDescriptor field, int depth)
    {
        if (field.IsMap)
        {
            var map = (IDictionary)field.Accessor.GetValue(message);
            for (var i = random.Next(3); i > 0 && depth < MaximumDepth; i--)
            {
                map[Value(field.MessageType.FindFieldByNumber(1), depth)!] = Value(field.MessageType.FindFieldByNumber(2), depth);
            }
        }
        else if (field.IsRepeated)
        {
            var list = (IList)field.Accessor.GetValue(message);
            for (var i = random.Next(3); i > 0 && depth < MaximumDepth; i--)
            {
                list.Add(Value(field, depth));
            }
        }
        else if (depth < MaximumDepth || field.FieldType != FieldType.Message)
        {
            field.Accessor.SetValue(message, Value(field, depth));
        }
    }

    private object? Value(FieldDescriptor field, int depth) => field.FieldType switch
    {
        FieldType.Message => Message(field.MessageType, depth + 1),
        FieldType.String => Text(field.Name, depth),
        FieldType.Bytes => random.Next(4) switch { 0 => ByteString.Empty, 1 => RandomBytes(), 2 => target.WorkflowTaskToken, _ => field.Name == "task_token" ? target.ActivityTaskToken : PageToken() },
        FieldType.Bool => Chance(2),
        FieldType.Enum => System.Enum.ToObject(field.EnumType.ClrType, Chance(8) ? (int)Pick(Numbers) : Pick([.. field.EnumType.Values]).Number),
        FieldType.Double => Pick([0, 1, -1, double.NaN, double.PositiveInfinity, double.MaxValue, 1e-300]),
        FieldType.Float => Pick([0f, 1, -1, float.NaN, float.NegativeInfinity]),
        FieldType.Int32 or FieldType.SInt32 or FieldType.SFixed32 => (int)Pick(Numbers),
        FieldType.UInt32 or FieldType.Fixed32 => (uint)Pick(Numbers),
        FieldType.UInt64 or FieldType.Fixed64 => (ulong)Pick(Numbers),
        _ => Pick(Numbers),
    };

    private string Text(string field, int depth) => Chance(8) ? Pick(Texts) : field switch
    {
        "namespace" => "default",
        "workflow_id" => target.Id,
        "run_id" => Chance(2) ? "" : target.RunId,
        "activity_id" or "id" => FuzzedWorkflow.ActivityId,
        "schedule_id" => target.ScheduleId,
        "name" when depth > 0 && Chance(2) => target.Queue,
        _ => Pick(Texts),
    };

    private object? Message(MessageDescriptor type, int depth) => type.FullName switch
    {
        "google.protobuf.Timestamp" => Chance(40)
            ? new Timestamp { Seconds = Pick(Numbers), Nanos = Chance(2) ? (int)Pick(Numbers) : 0 }
            : Timestamp.FromDateTimeOffset(Pick([DateTimeOffset.MinValue, DateTimeOffset.UnixEpoch, DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddHours(-90), DateTimeOffset.UtcNow.AddYears(90), DateTimeOffset.MaxValue])),
        "google.protobuf.Duration" => Chance(40)
            ? new Duration { Seconds = Pick(Numbers), Nanos = Chance(2) ? (int)Pick(Numbers) : 0 }
            : new Duration { Seconds = Pick([0, 0, 1, -1, 60, 86_400, 3_153_600_000, Duration.MaxSeconds, Duration.MinSeconds]) },
        "google.protobuf.Any" => new Any { TypeUrl = Pick(Texts), Value = RandomBytes() },
        "google.protobuf.FieldMask" => new FieldMask { Paths = { Pick(["", "x", "heartbeat_timeout", "retry_policy.maximum_attempts", "task_queue.name", "task_queue", "a.b.c"]) } },
        "temporal.api.command.v1.Command" => Command(depth),
        "temporal.api.common.v1.SearchAttributes" => Chance(6) ? Of(type, depth) : new SearchAttributes(),
        _ when type.File.Name == "google/protobuf/wrappers.proto" => Value(type.FindFieldByNumber(1), depth),
        _ => Of(type, depth),
    };

    // Mostly with the type that fits its attributes, so that the attributes are read.
    private Command Command(int depth)
    {
        var command = (Command)Of(Temporalio.Api.Command.V1.Command.Descriptor, depth);
        var type = $"{command.AttributesCase}".Replace("CommandAttributes", "", StringComparison.Ordinal);
        command.CommandType = !Chance(8) && System.Enum.TryParse<CommandType>(type, out var fitting) ? fitting : command.CommandType;
        return command;
    }

    private ByteString PageToken() => ByteString.CopyFromUtf8(Pick([$"{target.RunId}/1", $"{target.RunId}/{long.MaxValue}", $"{target.RunId}/-5", $"1/{target.RunId}"]));

    private ByteString RandomBytes()
    {
        var bytes = new byte[random.Next(40)];
        random.NextBytes(bytes);
        return ByteString.CopyFrom(bytes);
    }

    private bool Chance(int oneIn) => random.Next(oneIn) == 0;

    private T Pick<T>(IReadOnlyList<T> values) => values[random.Next(values.Count)];
}

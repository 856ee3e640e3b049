using System.Collections;
using System.Collections.Concurrent;
using Google.Protobuf.Reflection;
using Stedi.DevStack.Temporal.Common;

namespace Stedi.DevStack.Temporal.Rpc;

/// <summary>Rejects requests that contain invalid timestamps or durations, at any depth, before anything calculates with them.</summary>
public static class TimeValidation
{
    private static readonly ConcurrentDictionary<MessageDescriptor, FieldDescriptor[]> Paths = new();

    /// <exception cref="RequestException">The request contains an invalid timestamp or duration.</exception>
    public static void Validate(IMessage message)
    {
        switch (message)
        {
            case Timestamp time when time.Seconds is < -62_135_596_800 or > 253_402_300_799 || time.Nanos is < 0 or > 999_999_999:
                throw RpcErrors.InvalidArgument($"The timestamp of {time.Seconds} s and {time.Nanos} ns is outside the years 1 to 9999.");
            case Duration duration when !IsNormal(duration):
                throw RpcErrors.InvalidArgument($"The duration of {duration.Seconds} s and {duration.Nanos} ns is not valid.");
            default:
                foreach (var field in Paths.GetOrAdd(message.Descriptor, FieldsThatMayHoldTimes))
                {
                    ValidateValue(field.Accessor.GetValue(message));
                }

                break;
        }
    }

    private static void ValidateValue(object? value)
    {
        switch (value)
        {
            case IMessage message:
                Validate(message);
                break;
            case IDictionary map:
                ValidateValue(map.Values);
                break;
            case ICollection list:
                foreach (var item in list)
                {
                    ValidateValue(item);
                }

                break;
        }
    }

    private static bool IsNormal(Duration duration) =>
        duration.Seconds is >= Duration.MinSeconds and <= Duration.MaxSeconds
        && duration.Nanos is > -1_000_000_000 and < 1_000_000_000
        && Math.Sign(duration.Seconds) * Math.Sign(duration.Nanos) >= 0;

    private static FieldDescriptor[] FieldsThatMayHoldTimes(MessageDescriptor type) =>
        [.. type.Fields.InDeclarationOrder().Where(field => field.FieldType == FieldType.Message && MayHoldTimes(field.MessageType, []))];

    private static bool MayHoldTimes(MessageDescriptor type, HashSet<MessageDescriptor> seen) =>
        type == Timestamp.Descriptor || type == Duration.Descriptor
        || (seen.Add(type) && type.Fields.InDeclarationOrder().Any(field => field.FieldType == FieldType.Message && MayHoldTimes(field.MessageType, seen)));
}

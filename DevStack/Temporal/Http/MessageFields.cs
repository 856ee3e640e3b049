using System.Globalization;
using Google.Protobuf.Reflection;
using Stedi.DevStack.Temporal.Common;

namespace Stedi.DevStack.Temporal.Http;

/// <summary>Sets fields of a message from the text of paths and query strings.</summary>
internal static class MessageFields
{
    /// <summary>Sets a field by its path, such as "execution.run_id" or "execution.runId"; an unknown path is ignored.</summary>
    /// <exception cref="RequestException">The text is not a valid value of the field.</exception>
    public static void Set(IMessage message, string path, string text)
    {
        var names = path.Split('.');
        foreach (var name in names[..^1])
        {
            if (Find(message, name) is not { FieldType: FieldType.Message, IsRepeated: false } nested)
            {
                return;
            }

            if (nested.Accessor.GetValue(message) is not IMessage child)
            {
                child = nested.MessageType.Parser.ParseFrom(ReadOnlySpan<byte>.Empty.ToArray());
                nested.Accessor.SetValue(message, child);
            }

            message = child;
        }

        if (Find(message, names[^1]) is { IsRepeated: false } field && text.Length > 0)
        {
            field.Accessor.SetValue(message, Value(field, text));
        }
    }

    private static FieldDescriptor? Find(IMessage message, string name) =>
        message.Descriptor.Fields.InDeclarationOrder().FirstOrDefault(f => f.Name == name || f.JsonName == name);

    private static object Value(FieldDescriptor field, string text)
    {
        try
        {
            return field.FieldType switch
            {
                FieldType.String => text,
                FieldType.Bool => bool.Parse(text),
                FieldType.Int32 => int.Parse(text, CultureInfo.InvariantCulture),
                FieldType.Int64 => long.Parse(text, CultureInfo.InvariantCulture),
                FieldType.Bytes => ByteString.FromBase64(text.Replace(' ', '+')),
                FieldType.Enum => int.TryParse(text, CultureInfo.InvariantCulture, out var number)
                    ? number
                    : field.EnumType.FindValueByName(text)?.Number ?? throw new FormatException(),
                FieldType.Message => JsonParser.Default.Parse($"\"{text}\"", field.MessageType),
                _ => throw new FormatException(),
            };
        }
        catch (Exception e) when (e is FormatException or OverflowException or InvalidProtocolBufferException)
        {
            throw RpcErrors.InvalidArgument($"\"{text}\" is not a valid value for {field.JsonName}.");
        }
    }
}

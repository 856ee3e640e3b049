using System.Text;
using DuckDB.NET.Data;
using Stedi.DevStack.Aws.Athena.Translation;

namespace Stedi.DevStack.Aws.Athena.Engine;

/// <summary>Trino's JSON functions. A value of type JSON is its canonical text.</summary>
internal static class JsonFunctions
{
    private const int MaxShownLength = 100;

    [ThreadStatic]
    private static Utf8Buffer? _first;

    [ThreadStatic]
    private static Utf8Buffer? _second;

    [ThreadStatic]
    private static JsonPath? _lastPath;

    [ThreadStatic]
    private static JsonKeyFilter? _lastFilter;

    public static void Register(DuckDBConnection connection)
    {
        NativeFunction.Register(connection, "clr_json_parse", [NativeType.Text], NativeType.Json, Parse);
        NativeFunction.Register(connection, "clr_json_extract", [NativeType.Text, NativeType.Text], NativeType.Json, Extract);
        NativeFunction.Register(connection, "clr_json_extract_scalar", [NativeType.Text, NativeType.Text], NativeType.Text, ExtractScalar);
        NativeFunction.Register(connection, "clr_json_size", [NativeType.Text, NativeType.Text], NativeType.Bigint, Size);
        NativeFunction.Register(connection, "clr_json_array_length", [NativeType.Text], NativeType.Bigint, ArrayLength);
        NativeFunction.Register(connection, "clr_json_map", [NativeType.Text], NativeType.JsonMap, ToMap);
        NativeFunction.Register(connection, JsonPickRule.Function, [NativeType.Text, NativeType.Text], NativeType.JsonMap, Pick);
        NativeFunction.Register(connection, JsonPickFields.ValueFunction, [NativeType.Text, NativeType.Boolean, NativeType.Text], NativeType.Json, PickedJson);
        foreach (var slots in JsonPickFields.Sizes)
        {
            NativeFunction.RegisterPicker(connection, JsonPickFields.Function(slots), slots, call => PickFields(call, slots));
        }
    }

    private static Utf8Buffer First => _first ??= new Utf8Buffer();

    private static Utf8Buffer Second => _second ??= new Utf8Buffer();

    private static string? Parse(NativeCall call)
    {
        var (texts, result, output) = (call.Text(0), call.TextResult(), First);
        for (var row = 0; row < call.Rows; row++)
        {
            if (texts.IsNull(row))
            {
                result.WriteNull(row);
            }
            else if (CanonicalJson.TryWrite(texts[row], output))
            {
                result.Write(row, output.Written);
            }
            else
            {
                return $"INVALID_FUNCTION_ARGUMENT: Cannot convert value to JSON: '{Shown(texts[row])}'";
            }
        }

        output.Clear();
        return null;
    }

    private static string? Extract(NativeCall call)
    {
        var result = call.TextResult();
        return Each(call, result.WriteNull, (row, json, at) =>
        {
            var output = First;
            output.Clear();
            if (CanonicalJson.TryAppend(json, ref at, output, sorts: false))
            {
                result.Write(row, output.Written);
            }
            else
            {
                result.WriteNull(row);
            }
        });
    }

    private static string? ExtractScalar(NativeCall call)
    {
        var result = call.TextResult();
        return Each(call, result.WriteNull, (row, json, at) =>
        {
            if (!TryScalar(json, at, out var scalar))
            {
                result.WriteNull(row);
            }
            else
            {
                result.Write(row, scalar);
            }
        });
    }

    private static string? Size(NativeCall call)
    {
        var result = call.ValueResult<long>();
        return Each(call, result.WriteNull, (row, json, at) => WriteCount(result, row, Count(json, at, arraysOnly: false)));
    }

    private static string? ArrayLength(NativeCall call)
    {
        var (texts, result) = (call.Text(0), call.ValueResult<long>());
        for (var row = 0; row < call.Rows; row++)
        {
            WriteCount(result, row, texts.IsNull(row) ? -1 : Count(texts[row], CanonicalJson.BlanksEnd(texts[row], 0), arraysOnly: true));
        }

        return null;
    }

    private static string? ToMap(NativeCall call)
    {
        var (texts, result) = (call.Text(0), call.MapResult());
        for (var row = 0; row < call.Rows; row++)
        {
            var json = texts.IsNull(row) ? "null"u8 : texts[row];
            if (json.SequenceEqual("null"u8))
            {
                result.WriteNull(row);
                continue;
            }

            if (json[0] != '{')
            {
                return $"INVALID_CAST_ARGUMENT: Cannot cast to map(varchar, json). Expected a json object, but got {Shown(json)}";
            }

            foreach (var member in new JsonMembers(json))
            {
                result.Add(member.Key(First), member.Value);
            }

            result.EndRow(row);
        }

        result.End();
        return null;
    }

    private static string? Pick(NativeCall call)
    {
        var (texts, result) = (call.Text(0), call.MapResult());
        var filter = FilterOf(call);
        for (var row = 0; row < call.Rows; row++)
        {
            if (texts.IsNull(row) || !filter!.Read(texts[row]))
            {
                result.WriteNull(row);
                continue;
            }

            filter.Sort(texts[row]);
            for (var i = 0; i < filter.Count; i++)
            {
                result.Add(filter.KeyText(i), filter.Value(i, texts[row]));
            }

            result.EndRow(row);
        }

        result.End();
        return null;
    }

    private static string? PickFields(NativeCall call, int slots)
    {
        var (texts, result) = (call.Text(0), call.FieldsResult(slots));
        var filter = FilterOf(call);
        for (var row = 0; row < call.Rows; row++)
        {
            if (texts.IsNull(row) || !filter!.Read(texts[row]))
            {
                result.WriteNull(row);
                continue;
            }

            var text = texts[row];
            result.WriteCount(row, filter.Count);
            for (var i = 0; i < filter.Count; i++)
            {
                var slot = filter.Key(i);
                var value = filter.Value(i, text);
                if (filter.IsPlainText(i))
                {
                    result.WriteScalar(row, slot, value[1..^1], isText: true);
                }
                else if (TryScalar(value, 0, out var scalar))
                {
                    result.WriteScalar(row, slot, scalar, isText: value[0] == '"');
                }
                else
                {
                    result.WriteOther(row, slot, value);
                }
            }
        }

        return null;
    }

    // The JSON value of a picked member: text in quotes, another scalar as it is, or what is no scalar.
    private static string? PickedJson(NativeCall call)
    {
        var (scalars, isText, others, result) = (call.Text(0), call.Values<bool>(1), call.Text(2), call.TextResult());
        for (var row = 0; row < call.Rows; row++)
        {
            if (!others.IsNull(row))
            {
                result.Write(row, others[row]);
            }
            else if (scalars.IsNull(row))
            {
                result.WriteNull(row);
            }
            else if (isText[row])
            {
                First.Clear();
                CanonicalJson.AppendText(scalars[row], First);
                result.Write(row, First.Written);
            }
            else
            {
                result.Write(row, scalars[row]);
            }
        }

        return null;
    }

    // The second argument, the keys, is constant.
    private static JsonKeyFilter? FilterOf(NativeCall call)
    {
        if (call.Rows > 0 && call.Text(1)[0] is var keys && (_lastFilter is null || !keys.SequenceEqual(_lastFilter.Text)))
        {
            _lastFilter = new JsonKeyFilter(keys.ToArray());
        }

        return _lastFilter;
    }

    private delegate void ValueAction(int row, ReadOnlySpan<byte> json, int at);

    // Calls back for each row with the place of the value that the path in the second argument names.
    private static string? Each(NativeCall call, Action<int> writeNull, ValueAction action)
    {
        var (texts, paths) = (call.Text(0), call.Text(1));
        for (var row = 0; row < call.Rows; row++)
        {
            if (texts.IsNull(row) || paths.IsNull(row))
            {
                writeNull(row);
                continue;
            }

            if (PathOf(paths[row]) is not { } path)
            {
                return $"INVALID_FUNCTION_ARGUMENT: Invalid JSON path: '{Shown(paths[row])}'";
            }

            var json = texts[row];
            var at = path.IsRoot ? CanonicalJson.BlanksEnd(json, 0) : path.Find(json, Second);
            if (at < 0 || at == json.Length)
            {
                writeNull(row);
            }
            else
            {
                action(row, json, at);
            }
        }

        return null;
    }

    /// <summary>The text of a scalar, or false for NULL, an array, an object, or what is not JSON.</summary>
    private static bool TryScalar(ReadOnlySpan<byte> json, int at, out ReadOnlySpan<byte> scalar)
    {
        scalar = default;
        var rest = json[at..];
        switch (rest[0])
        {
            case (byte)'"':
                if (rest[^1] == '"' && rest.Length > 1 && rest[1..^1] is var text && !text.ContainsAny((byte)'"', (byte)'\\') && !text.ContainsAnyInRange((byte)0, (byte)0x1F))
                {
                    scalar = text;
                    return true;
                }

                var output = First;
                output.Clear();
                if (!CanonicalJson.TryDecode(json, ref at, output))
                {
                    return false;
                }

                scalar = output.Written;
                return true;
            case (byte)'t' when rest.StartsWith("true"u8):
                scalar = rest[..4];
                return true;
            case (byte)'f' when rest.StartsWith("false"u8):
                scalar = rest[..5];
                return true;
            default:
                var length = CanonicalJson.NumberLength(rest, out _);
                // A number that is the whole document must end there or at a blank.
                if (length == 0 || (at == CanonicalJson.BlanksEnd(json, 0) && length < rest.Length && CanonicalJson.BlanksEnd(rest, length) == length))
                {
                    return false;
                }

                scalar = rest[..length];
                return true;
        }
    }

    private static long Count(ReadOnlySpan<byte> json, int at, bool arraysOnly)
    {
        var output = First;
        output.Clear();
        if (at == json.Length || !CanonicalJson.TryAppend(json, ref at, output, sorts: false))
        {
            return -1;
        }

        var value = output.Written;
        if (value[0] == '{')
        {
            return arraysOnly ? -1 : JsonMembers.Count(value);
        }

        return value[0] == '[' ? JsonMembers.Count(value) : arraysOnly ? -1 : 0;
    }

    private static void WriteCount(ValueResult<long> result, int row, long count)
    {
        if (count < 0)
        {
            result.WriteNull(row);
        }
        else
        {
            result.Write(row, count);
        }
    }

    private static JsonPath? PathOf(ReadOnlySpan<byte> text)
    {
        if (_lastPath is { } last && text.SequenceEqual(last.Text))
        {
            return last;
        }

        var path = JsonPath.Parse(text);
        _lastPath = path ?? _lastPath;
        return path;
    }

    private static string Shown(ReadOnlySpan<byte> text)
    {
        var shown = Encoding.UTF8.GetString(text[..Math.Min(text.Length, MaxShownLength * 4)]);
        return shown.Length > MaxShownLength ? shown[..MaxShownLength] + "..." : shown;
    }
}

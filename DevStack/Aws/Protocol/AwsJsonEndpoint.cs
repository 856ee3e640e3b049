using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Stedi.DevStack.Aws.Protocol;

internal delegate ValueTask<JsonObject> AwsJsonOperation(JsonCall call);

/// <summary>Serves the AWS JSON 1.1 protocol: a header names the operation, errors have <c>__type</c> and <c>Message</c>.</summary>
internal sealed class AwsJsonEndpoint(IReadOnlyDictionary<string, AwsJsonOperation> operations, string invalidCode)
{
    private const string ContentType = "application/x-amz-json-1.1";
    private const int MaxBody = 8 << 20;

    private static readonly JsonDocumentOptions ReadOptions = new() { MaxDepth = 64, AllowDuplicateProperties = false };
    private static readonly JsonWriterOptions WriteOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// How long the answer to a question after unfinished work takes at most: about as long as at AWS. It comes at once when the work ends,
    /// so a client that asks again and again hears of the end without delay, and rarely in vain.
    /// </summary>
    public static TimeSpan LongestAnswer { get; } = TimeSpan.FromMilliseconds(100);

    /// <param name="operations">The operations that answer at once.</param>
    /// <param name="waiting">Those that may take a while.</param>
    /// <param name="invalidCode">The error code of an invalid request.</param>
    public static AwsJsonEndpoint Create(Dictionary<string, Func<JsonCall, JsonObject>> operations, Dictionary<string, AwsJsonOperation> waiting, string invalidCode) =>
        new(operations.Select(o => KeyValuePair.Create<string, AwsJsonOperation>(o.Key, call => new(o.Value(call)))).Concat(waiting).ToDictionary(), invalidCode);

    public async Task HandleAsync(HttpContext context, string operation, string requestId)
    {
        try
        {
            if (!operations.TryGetValue(operation, out var handler))
            {
                throw new AwsException("UnknownOperationException", $"{operation} is not an operation of this endpoint.");
            }

            var body = await ReadAsync(context.Request, context.RequestAborted);
            var result = await handler(new JsonCall(body, Principal.Of(context.Request, null), invalidCode));
            await WriteAsync(context.Response, result, 200, requestId);
        }
        catch (AwsException e)
        {
            await WriteErrorAsync(context.Response, e, requestId);
        }
    }

    public static Task WriteErrorAsync(HttpResponse response, AwsException error, string requestId)
    {
        var body = new JsonObject { ["__type"] = error.Code, ["Message"] = error.Message };
        foreach (var (name, value) in error.Members)
        {
            body[name] = value;
        }

        response.Headers["x-amzn-ErrorType"] = error.Code;
        return WriteAsync(response, body, error.Status, requestId);
    }

    private static async Task<JsonObject> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > MaxBody)
        {
            throw TooLarge();
        }

        var buffer = new MemoryStream((int)(request.ContentLength ?? 1024));
        var chunk = new byte[16384];
        for (int read; (read = await request.Body.ReadAsync(chunk, cancellationToken)) > 0;)
        {
            if (buffer.Length + read > MaxBody)
            {
                throw TooLarge();
            }

            buffer.Write(chunk, 0, read);
        }
        if (buffer.Length == 0)
        {
            return [];
        }

        try
        {
            var node = JsonNode.Parse(buffer.GetBuffer().AsSpan(0, (int)buffer.Length), documentOptions: ReadOptions);
            // Invalid strings are only detected when they are read. Serializing reads them all.
            return node is JsonObject body && body.ToJsonString() is not null ? body : throw Malformed("it is not a JSON object");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            throw Malformed("it is not valid JSON");
        }
    }

    private static Task WriteAsync(HttpResponse response, JsonObject body, int status, string requestId)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, WriteOptions))
        {
            body.WriteTo(writer);
        }

        response.StatusCode = status;
        response.ContentType = ContentType;
        response.ContentLength = buffer.WrittenCount;
        response.Headers["x-amzn-RequestId"] = requestId;
        return response.Body.WriteAsync(buffer.WrittenMemory).AsTask();
    }

    private static AwsException Malformed(string why) => new("SerializationException", $"The request body cannot be read: {why}.");

    private static AwsException TooLarge() => new("RequestEntityTooLargeException", $"The request body is larger than {MaxBody} bytes.", 413);
}

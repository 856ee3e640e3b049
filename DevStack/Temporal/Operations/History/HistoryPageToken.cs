using System.Text;
using Stedi.DevStack.Temporal.Frontend;

namespace Stedi.DevStack.Temporal.Operations.History;

/// <summary>Where a reader of a history stands: the run, and the next event id to read.</summary>
internal sealed record HistoryPageToken(string RunId, long NextEventId)
{
    public ByteString ToByteString() => ByteString.CopyFromUtf8($"{RunId}/{NextEventId}");

    /// <exception cref="RequestException">The bytes are no token of this server.</exception>
    public static HistoryPageToken Parse(ByteString bytes)
    {
        var parts = Encoding.UTF8.GetString(bytes.Span).Split('/');
        return parts.Length == 2 && long.TryParse(parts[1], out var next)
            ? new(parts[0], next)
            : throw Failures.InvalidArgument("The page token is not one of this server.");
    }
}

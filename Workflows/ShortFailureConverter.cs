using System.Text;
using Temporalio.Api.Failure.V1;
using Temporalio.Converters;

namespace Stedi.Temporal.Workflows;

/// <summary>
/// Makes failures of one sentence and a type, without stack traces, which the worker's log has. A server keeps about 2 kB of the failure of
/// each attempt, and above 4 kB it hides what the failure says. The failure of a run says what its step says.
/// </summary>
internal sealed class ShortFailureConverter : IFailureConverter
{
    private const int MaxBytes = 800;
    private const string Cut = "...";

    private readonly DefaultFailureConverter _converter = new();

    /// <inheritdoc/>
    public Failure ToFailure(Exception exception, IPayloadConverter payloadConverter)
    {
        // The SDK returns the failure that an exception was made from, which others may hold too.
        var failure = _converter.ToFailure(exception, payloadConverter).Clone();
        Shorten(failure);
        if (failure is { ActivityFailureInfo: not null, Cause: { } cause })
        {
            failure.Message = Sentence(cause);
        }

        return failure;
    }

    /// <inheritdoc/>
    public Exception ToException(Failure failure, IPayloadConverter payloadConverter) => _converter.ToException(failure, payloadConverter);

    private static void Shorten(Failure failure)
    {
        failure.StackTrace = "";
        failure.Message = OneLine(failure.Message);
        if (failure.ApplicationFailureInfo is not null)
        {
            failure.Cause = null;
        }

        if (failure.Cause is not null)
        {
            Shorten(failure.Cause);
        }
    }

    // A time-out's cause is the last failure before it.
    private static string Sentence(Failure failure) => OneLine(failure.Cause is { } cause ? $"{failure.Message}: {cause.Message}" : failure.Message);

    private static string OneLine(string message)
    {
        var line = string.Join(' ', message.Split(['\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        if (Encoding.UTF8.GetByteCount(line) <= MaxBytes)
        {
            return line;
        }

        Encoding.UTF8.GetEncoder().Convert(line, new byte[MaxBytes - Cut.Length], flush: false, out var used, out _, out _);
        return line[..used] + Cut;
    }
}

using System.Collections.Concurrent;
using Stedi.Temporal.Workflows;
using Temporalio.Api.Failure.V1;
using Temporalio.Converters;

namespace Stedi.Testing;

/// <summary>The product's data converter, which also remembers failures of steps that are longer than the Temporal UI can show.</summary>
public static class MeasuredFailures
{
    private const int MaxBytes = 1024;
    private static readonly ConcurrentQueue<Failure> TooLong = new();

    public static DataConverter Converter { get; } = StediDataConverter.Instance with { FailureConverter = new Measuring(StediDataConverter.Instance.FailureConverter) };

    /// <summary>Checks all failures that activities of this process have had so far.</summary>
    public static void ShouldBeShort() => TooLong.ShouldBeEmpty();

    private sealed class Measuring(IFailureConverter converter) : IFailureConverter
    {
        public Failure ToFailure(Exception exception, IPayloadConverter payloadConverter)
        {
            var failure = converter.ToFailure(exception, payloadConverter);
            if (failure.ApplicationFailureInfo is not null && (failure.CalculateSize() >= MaxBytes || failure.StackTrace.Length > 0 || failure.Cause is not null))
            {
                TooLong.Enqueue(failure);
            }

            return failure;
        }

        public Exception ToException(Failure failure, IPayloadConverter payloadConverter) => converter.ToException(failure, payloadConverter);
    }
}

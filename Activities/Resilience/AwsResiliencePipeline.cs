using Amazon.Runtime;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace Stedi.Temporal.Activities.Resilience;

/// <summary>
/// Makes calls to one AWS service with retries, a circuit breaker and time-outs. Permanent errors become non-retryable
/// application failures. Errors that are still transient after the retries are rethrown and left to Temporal's retry
/// policy. The SDK's own retries must be off, so that attempts do not multiply.
/// </summary>
public sealed class AwsResiliencePipeline
{
    private readonly ResiliencePipeline _pipeline;
    private readonly bool _isClassifying;

    /// <summary>Creates a pipeline with its own circuit breaker.</summary>
    /// <param name="service">The service that is called: S3, Glue or Athena.</param>
    /// <param name="time">The clock for backoff and time-outs.</param>
    public AwsResiliencePipeline(string service, TimeProvider time)
    {
        Service = service;
        _isClassifying = true;
        var transient = new PredicateBuilder().Handle<Exception>(e => e is TimeoutRejectedException || AwsErrorClassifier.IsTransient(e));
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = transient,
                MaxRetryAttempts = 5,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = TimeSpan.FromMilliseconds(100),
                MaxDelay = TimeSpan.FromSeconds(5),
            })
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                ShouldHandle = transient,
                // Throttling of some calls must not open the circuit; a service that fails almost every call must.
                FailureRatio = 0.9,
                MinimumThroughput = 20,
                SamplingDuration = TimeSpan.FromSeconds(30),
                BreakDuration = TimeSpan.FromSeconds(5),
            })
            .AddTimeout(TimeSpan.FromSeconds(30))
            .Build();
    }

    private AwsResiliencePipeline(string service, ResiliencePipeline pipeline) => (Service, _pipeline) = (service, pipeline);

    /// <summary>Makes every call once and throws the SDK's own exceptions, as diagnostics need.</summary>
    public static AwsResiliencePipeline SingleAttempt { get; } = new("AWS", ResiliencePipeline.Empty);

    /// <summary>
    /// Repeats calls after transient errors, for about a second, and throws the SDK's own exceptions. A call may throw an exception that has
    /// one of these inside.
    /// </summary>
    /// <param name="service">The service that is called.</param>
    /// <param name="time">The clock for backoff.</param>
    public static AwsResiliencePipeline ForDiagnosis(string service, TimeProvider time) => new(
        service,
        new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<Exception>(e => AwsErrorClassifier.IsTransient(e) || (e.InnerException is AmazonServiceException inner && AwsErrorClassifier.IsTransient(inner))),
                MaxRetryAttempts = 3,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = TimeSpan.FromMilliseconds(150),
            })
            .Build());

    /// <summary>The service that is called.</summary>
    public string Service { get; }

    /// <summary>Makes one call.</summary>
    /// <param name="operation">The IAM action, such as <c>glue:GetTable</c>, for messages.</param>
    /// <param name="call">The call; it may be made several times.</param>
    /// <param name="cancellationToken">Cancels the call and its retries.</param>
    public async Task<T> ExecuteAsync<T>(string operation, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await _pipeline.ExecuteAsync(async token => await call(token), cancellationToken);
        }
        catch (Exception e) when (_isClassifying && (AwsErrorClassifier.ToPermanentFailure(e, operation) ?? AwsErrorClassifier.ToOddAnswerFailure(e, operation)) is { } failure)
        {
            throw failure;
        }
    }
}

using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace Stedi.Temporal.Activities.Resilience;

/// <summary>
/// Makes calls to one AWS service: retries what passes within seconds, with jitter; stops asking a service that keeps
/// failing, for a while; and turns what stays into the failure that ends the step. What is still transient after that
/// escapes, and Temporal's retry policy takes over. The SDK's own retries are off, so that tries do not multiply.
/// </summary>
public sealed class AwsResiliencePipeline
{
    private readonly ResiliencePipeline _pipeline;

    /// <param name="service">The service, for messages: S3, Glue or Athena.</param>
    /// <param name="time">The clock for back-off and time-outs.</param>
    public AwsResiliencePipeline(string service, TimeProvider time)
    {
        Service = service;
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
                // Throttling of a few calls must not open it; a service that answers nothing must.
                FailureRatio = 0.9,
                MinimumThroughput = 20,
                SamplingDuration = TimeSpan.FromSeconds(30),
                BreakDuration = TimeSpan.FromSeconds(5),
            })
            .AddTimeout(TimeSpan.FromSeconds(30))
            .Build();
    }

    /// <summary>The service that is called.</summary>
    public string Service { get; }

    /// <summary>Makes one call, named for messages as AWS names the action, such as <c>glue:GetTable</c>.</summary>
    public async Task<T> ExecuteAsync<T>(string operation, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await _pipeline.ExecuteAsync(async token => await call(token), cancellationToken);
        }
        catch (Exception e) when (AwsErrorClassifier.ToPermanentFailure(e, operation) is { } failure)
        {
            throw failure;
        }
    }
}

using Temporalio.Activities;
using Temporalio.Converters;
using Temporalio.Worker.Interceptors;

namespace Stedi.Temporal.Activities;

/// <summary>
/// Heartbeats from the start of every activity to its end, whatever it waits for, so that only a worker that is gone misses its
/// heartbeats, and a cancellation reaches every step. The details are those that the activity gave last, in this attempt or an earlier one.
/// </summary>
/// <param name="time">The clock.</param>
public sealed class HeartbeatInterceptor(TimeProvider time) : IWorkerInterceptor
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The longest time for which the SDK holds back a heartbeat. Details reach the server, and a cancellation the step, within it.
    /// </summary>
    public static TimeSpan MaxThrottle { get; } = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public ActivityInboundInterceptor InterceptActivity(ActivityInboundInterceptor nextInterceptor) => new Inbound(time, nextInterceptor);

    private sealed class Inbound(TimeProvider time, ActivityInboundInterceptor next) : ActivityInboundInterceptor(next)
    {
        private Outbound? _outbound;

        public override void Init(ActivityOutboundInterceptor outbound) => base.Init(_outbound = new(outbound));

        public override async Task<object?> ExecuteActivityAsync(ExecuteActivityInput input)
        {
            using var stopping = new CancellationTokenSource();
            var beating = BeatAsync(stopping.Token);
            try
            {
                return await base.ExecuteActivityAsync(input);
            }
            finally
            {
                await stopping.CancelAsync();
                await beating;
            }
        }

        private async Task BeatAsync(CancellationToken stopping)
        {
            var timeout = ActivityExecutionContext.Current.Info.HeartbeatTimeout;
            using var timer = new PeriodicTimer(timeout is { } limit && limit / 3 < LongestPause ? limit / 3 : LongestPause, time);
            try
            {
                while (await timer.WaitForNextTickAsync(stopping))
                {
                    _outbound!.Repeat();
                }
            }
            catch (OperationCanceledException)
            {
            }
        }
    }

    private sealed class Outbound(ActivityOutboundInterceptor next) : ActivityOutboundInterceptor(next)
    {
        private readonly Lock _gate = new();
        private object?[] _details = [.. ActivityExecutionContext.Current.Info.HeartbeatDetails.Select(detail => new RawValue(detail))];

        // The lock keeps a repetition from overtaking the details that follow.
        public override void Heartbeat(HeartbeatInput input)
        {
            lock (_gate)
            {
                _details = input.Details;
                base.Heartbeat(input);
            }
        }

        public void Repeat()
        {
            lock (_gate)
            {
                base.Heartbeat(new(_details));
            }
        }
    }
}

using Stedi.DevStack.Landing;

namespace Stedi.Temporal.Worker.Embedded;

/// <summary>Hands on how far a generation has come, at once and in order.</summary>
sealed class GenerationProgress(Action<long, long> report) : IProgress<LandingProgress>
{
    public void Report(LandingProgress value) => report(value.Customers, value.OfCustomers);
}

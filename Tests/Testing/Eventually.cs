using System.Diagnostics;

namespace Stedi.Testing;

internal static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <summary>Polls until the result satisfies the condition, and fails with the last result after a deadline.</summary>
    public static async Task<T> AsksAsync<T>(Func<Task<T>> ask, Func<T, bool> satisfies, TimeSpan? deadline = null)
    {
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(5, TestContext.Current.CancellationToken))
        {
            var answer = await ask();
            if (satisfies(answer))
            {
                return answer;
            }

            clock.Elapsed.ShouldBeLessThan(deadline ?? Deadline, $"The last answer was {answer}");
        }
    }
}

using System.Globalization;
using CsCheck;

namespace Stedi.Testing;

/// <summary>
/// The seed of every test that generates its inputs. It is fixed, so that a test tries the same inputs in every run;
/// the environment variable STEDI_TEST_SEED sets another number. A failure names the seed that repeats it.
/// </summary>
internal static class TestSeed
{
    private const string Variable = "STEDI_TEST_SEED";

    public static int Value { get; } = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given ? int.Parse(given, CultureInfo.InvariantCulture) : 1;

    /// <summary>The variable's assignment, for the messages of failures.</summary>
    public static string Text => $"{Variable}={Value}";

    /// <summary>Random numbers from the seed; each stream is a different sequence.</summary>
    public static Random NewRandom(int stream = 0)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(Text);
        return new Random(unchecked((Value * 31) + stream));
    }

    /// <summary>Runs a test with generated inputs. CsCheck's own sampling uses a seed for its first input only.</summary>
    public static async Task SampleAsync<T>(this Gen<T> inputs, Func<T, Task> test, int count, int threads)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(Text);
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads }, async (i, _) =>
        {
            var random = new PCG((uint)i, (ulong)Value);
            var start = random.ToString();
            var input = inputs.Generate(random, null, out var _);
            try
            {
                await test(input);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"{Text}, input {i}, {await SmallerAsync(inputs, test, start, count) ?? Check.Print(input)}: {e.Message}", e);
            }
        });
    }

    public static Task SampleAsync<T>(this Gen<T> inputs, Action<T> test, int count) => inputs.SampleAsync(
        input =>
        {
            test(input);
            return Task.CompletedTask;
        },
        count,
        threads: 1);

    /// <summary>The smallest failing input that CsCheck finds; null if the first does not fail again.</summary>
    private static async Task<string?> SmallerAsync<T>(Gen<T> inputs, Func<T, Task> test, string start, int count)
    {
        try
        {
            await Check.SampleAsync(inputs, test, seed: start, iter: count, threads: 1);
            return null;
        }
        catch (CsCheckException e)
        {
            // Without the first line, which says how to repeat the failure in CsCheck's own sampling.
            return e.Message[(e.Message.IndexOf('\n', StringComparison.Ordinal) + 1)..];
        }
    }
}

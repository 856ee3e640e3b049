using System.Collections.Concurrent;
using CsCheck;
using Stedi.Testing;

namespace Stedi.DevStack.Temporal.Tests;

public sealed class TestSeedTests
{
    private static readonly Gen<int[]> Inputs = Gen.Int[0, 1000].Array[1, 20];

    [Fact]
    public async Task Sample_OfSameSeed_HasSameInputs()
    {
        var (first, second) = (await SampledAsync(), await SampledAsync());

        first.ShouldBe(second);
        first.Distinct().Count().ShouldBeGreaterThan(90);

        static async Task<List<string>> SampledAsync()
        {
            var seen = new ConcurrentBag<string>();
            await Inputs.SampleAsync(input =>
            {
                seen.Add(string.Join(' ', input));
                return Task.CompletedTask;
            }, count: 100, threads: 2);
            return [.. seen.Order(StringComparer.Ordinal)];
        }
    }

    [Fact]
    public async Task Sample_WithFailingInput_NamesSeedAndSmallInput()
    {
        var failure = await Should.ThrowAsync<InvalidOperationException>(() => Inputs.SampleAsync(input => input.Length.ShouldBeLessThan(3), count: 500));

        failure.Message.ShouldStartWith(TestSeed.Text);
        failure.Message.ShouldMatch(@"\[\d+, \d+, \d+\]");
        failure.Message.ShouldNotContain("CsCheck_Seed");
    }
}

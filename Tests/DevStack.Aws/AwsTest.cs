using Stedi.Testing;

namespace Stedi.DevStack.Aws.Tests;

/// <summary>A test class with one local AWS for all its tests. Each test uses its own buckets and databases.</summary>
public abstract class AwsTest(SharedAws shared) : IClassFixture<SharedAws>
{
    protected AwsFixture Aws { get; } = shared.Aws;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}

public sealed class SharedAws : IAsyncLifetime
{
    public AwsFixture Aws { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Aws = await AwsFixture.StartAsync();

    public ValueTask DisposeAsync() => Aws.DisposeAsync();
}

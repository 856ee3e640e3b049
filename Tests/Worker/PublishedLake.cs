namespace Stedi.Temporal.Tests.Worker;

/// <summary>A small lake with one published snapshot, made by the main job in this process.</summary>
public sealed class PublishedLake : IAsyncLifetime
{
    readonly TemporaryFolder folder = new();

    /// <summary>The folder that commands are run in.</summary>
    public string Path => folder.Path;

    /// <summary>What the main job printed.</summary>
    public string Report { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        folder.Write("temporal-dev.yaml", "temporal: { port: 0 }\naws: { port: 0 }\nlanding: { scale: 0.02 }\n");
        var run = await CommandRun.InAsync(folder.Path);
        run.ExitCode.ShouldBe(0, run.Error);
        Report = run.Output;
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }
}

using Stedi.Testing;

namespace Stedi.EndToEnd.Tests.Commands;

/// <summary>A small lake with one published snapshot, made by the main job in this process.</summary>
public sealed class PublishedLake : IAsyncLifetime
{
    private readonly TempFolder _folder = new();

    /// <summary>The folder that commands are run in.</summary>
    public string Path => _folder.Path;

    /// <summary>What the main job printed.</summary>
    public string Report { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        _folder.Write("temporal-dev.yaml", "temporal: { port: 0 }\naws: { port: 0 }\nlanding: { scale: 0.02 }\n");
        var run = await CommandRun.InAsync(_folder.Path);
        run.ExitCode.ShouldBe(0, run.Error);
        Report = run.Output;
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}

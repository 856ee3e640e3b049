using Stedi.Temporal.Worker.Cli;
using Stedi.Temporal.Worker.Configuration;
using Stedi.Temporal.Worker.Local;

namespace Stedi.Temporal.Worker.Tests;

public sealed class StackLockTests : IDisposable
{
    private static readonly StackAddress Here = new(Environment.ProcessId, "127.0.0.1:1", new Uri("http://127.0.0.1:3"), new Uri("http://127.0.0.1:2"), "key");

    private readonly string _directory = Directory.CreateTempSubdirectory("stedi-lock-").FullName;

    [Fact]
    public void TryTake_WhileHeld_ReturnsNull()
    {
        using (StackLock.TryTake(Folder).ShouldNotBeNull())
        {
            StackLock.TryTake(Folder).ShouldBeNull();
        }

        using var next = StackLock.TryTake(Folder).ShouldNotBeNull();
    }

    [Fact]
    public async Task Open_WhenHolderPublishesAddress_Attaches()
    {
        using var held = StackLock.TryTake(Folder).ShouldNotBeNull();
        var attaching = StackAcquisition.OpenAsync(Folder, _ => true, TimeProvider.System, Token);
        attaching.IsCompleted.ShouldBeFalse();

        held.PublishAddress(Here);

        var entry = await attaching;
        entry.Held.ShouldBeNull();
        entry.Running.ShouldBe(Here);
    }

    [Fact]
    public async Task Open_WithFilesOfDeadProcess_TakesLockAndDeletesAddress()
    {
        Directory.CreateDirectory(Folder.Root);
        await File.WriteAllTextAsync(Folder.LockFile, "", Token);
        await File.WriteAllTextAsync(Folder.AddressFile, """{"ProcessId":2147483646,"Temporal":"127.0.0.1:1","Aws":null}""", Token);

        var entry = await StackAcquisition.OpenAsync(Folder, _ => true, TimeProvider.System, Token);

        using var held = entry.Held.ShouldNotBeNull();
        StackLock.ReadAddress(Folder).ShouldBeNull();
    }

    [Fact]
    public void Dispose_RemovesAddress()
    {
        using (var held = StackLock.TryTake(Folder).ShouldNotBeNull())
        {
            held.PublishAddress(Here);
            StackLock.ReadAddress(Folder).ShouldBe(Here);
        }

        StackLock.ReadAddress(Folder).ShouldBeNull();
    }

    [Theory]
    [InlineData("127.0.0.1:1", "stedi-lakehouse")]
    [InlineData("127.0.0.1:2", "stedi-stedi-lake")]
    public void Settings_WhileTheStackRuns_AreThoseOfItsOwnTemporalServerIfTheEnvironmentNamesThat(string address, string taskQueue)
    {
        using var held = StackLock.TryTake(Folder).ShouldNotBeNull();
        held.PublishAddress(Here);
        var context = CommandContext.FromProcess() with
        {
            Directory = _directory,
            Variable = name => name == "TEMPORAL_ADDRESS" ? address : null,
            Local = new LocalFeatures(),
        };

        context.LoadSettings(null).TaskQueue.ShouldBe(taskQueue);
    }

    [Fact]
    public async Task Open_WhenHolderReleasesLock_TakesIt()
    {
        var held = StackLock.TryTake(Folder).ShouldNotBeNull();
        var waiting = StackAcquisition.OpenAsync(Folder, _ => true, TimeProvider.System, Token);

        held.Dispose();

        using var taken = (await waiting).Held.ShouldNotBeNull();
    }

    [Fact]
    public async Task Open_WhenRunningStackDoesNotSuffice_WaitsForTheLock()
    {
        var held = StackLock.TryTake(Folder).ShouldNotBeNull();
        held.PublishAddress(Here with { Temporal = null });
        var waiting = StackAcquisition.OpenAsync(Folder, running => running.Temporal is not null, TimeProvider.System, Token);
        waiting.IsCompleted.ShouldBeFalse();

        held.Dispose();

        using var taken = (await waiting).Held.ShouldNotBeNull();
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private StackFolder Folder => StackFolder.Below(_directory);

    private static CancellationToken Token => TestContext.Current.CancellationToken;
}

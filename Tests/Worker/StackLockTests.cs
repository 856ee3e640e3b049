using Stedi.Temporal.Worker.Configuration;
using Stedi.Temporal.Worker.Local;

namespace Stedi.Temporal.Worker.Tests;

public sealed class StackLockTests : IDisposable
{
    private static readonly StackAddress Here = new(Environment.ProcessId, "127.0.0.1:1", new Uri("http://127.0.0.1:3"), new Uri("http://127.0.0.1:2"), "key");

    private readonly string _directory = Directory.CreateTempSubdirectory("stedi-lock-").FullName;

    private StackFolder Folder => StackFolder.Below(_directory);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void One_at_a_time_holds_the_lock()
    {
        using (StackLock.TryTake(Folder).ShouldNotBeNull())
        {
            StackLock.TryTake(Folder).ShouldBeNull();
        }

        using var next = StackLock.TryTake(Folder).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_second_command_attaches_to_the_stack_that_runs()
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
    public async Task What_a_dead_process_left_behind_is_taken_over()
    {
        Directory.CreateDirectory(Folder.Root);
        await File.WriteAllTextAsync(Folder.LockFile, "", Token);
        await File.WriteAllTextAsync(Folder.AddressFile, """{"ProcessId":2147483646,"Temporal":"127.0.0.1:1","Aws":null}""", Token);

        var entry = await StackAcquisition.OpenAsync(Folder, _ => true, TimeProvider.System, Token);

        using var held = entry.Held.ShouldNotBeNull();
        StackLock.ReadAddress(Folder).ShouldBeNull();
    }

    [Fact]
    public void The_address_is_gone_with_the_stack()
    {
        using (var held = StackLock.TryTake(Folder).ShouldNotBeNull())
        {
            held.PublishAddress(Here);
            StackLock.ReadAddress(Folder).ShouldBe(Here);
        }

        StackLock.ReadAddress(Folder).ShouldBeNull();
    }

    [Fact]
    public async Task A_command_that_waits_takes_over_when_the_holder_gives_up()
    {
        var held = StackLock.TryTake(Folder).ShouldNotBeNull();
        var waiting = StackAcquisition.OpenAsync(Folder, _ => true, TimeProvider.System, Token);

        held.Dispose();

        using var taken = (await waiting).Held.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_command_that_needs_more_than_runs_waits_for_its_turn()
    {
        var held = StackLock.TryTake(Folder).ShouldNotBeNull();
        held.PublishAddress(Here with { Temporal = null });
        var waiting = StackAcquisition.OpenAsync(Folder, running => running.Temporal is not null, TimeProvider.System, Token);
        waiting.IsCompleted.ShouldBeFalse();

        held.Dispose();

        using var taken = (await waiting).Held.ShouldNotBeNull();
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}

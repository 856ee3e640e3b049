using Stedi.Testing;

namespace Stedi.EndToEnd.Tests.Kill;

/// <summary>The outcome of a run that is not killed; made once for all kill tests.</summary>
public sealed class UninterruptedRun : IAsyncLifetime
{
    /// <summary>The folder of the run, to copy.</summary>
    internal KillFolder Folder { get; } = new();

    internal IReadOnlyDictionary<string, TableChecksum> Tables { get; private set; } = new Dictionary<string, TableChecksum>();

    internal IReadOnlyDictionary<string, TimeSpan> Durations { get; private set; } = new Dictionary<string, TimeSpan>();

    /// <summary>From the start of the program to its end.</summary>
    internal TimeSpan Took { get; private set; }

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        await using var program = StediProgram.Start(Folder.Path);
        (await program.EndAsync(CancellationToken.None).WaitAsync(TimeSpan.FromMinutes(2))).ShouldBe(0, program.Error);
        Took = program.Running.Elapsed;
        Tables = Folder.ReadLog()!.Current.Tables.ToDictionary(table => table.Name, table => TableChecksum.Of(Folder.DirectoryOf(table.Location)));
        Durations = await Folder.MeasureStepsAsync(CancellationToken.None);
        (await Folder.FindLeftoversAsync(CancellationToken.None)).ShouldBeEmpty();
    }

    /// <summary>One message per table that is published in a folder and differs from this run's.</summary>
    internal IEnumerable<string> DifferencesIn(KillFolder folder) =>
        from table in folder.ReadLog()!.Current.Tables
        let found = TableChecksum.Of(folder.DirectoryOf(table.Location))
        where found != Tables[table.Name]
        select $"{table.Name} holds {found} instead of {Tables[table.Name]}";

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Folder.Dispose();
        return ValueTask.CompletedTask;
    }
}

using Microsoft.Data.Sqlite;
using Stedi.Testing;

namespace Stedi.EndToEnd.Tests.Kill;

/// <summary>A state file that cannot be used fails the command with a message that says what to do, and is not changed.</summary>
public sealed class StateFileTests : IDisposable
{
    private readonly KillFolder _folder = new();

    public static TheoryData<string> Files => [.. (string[])["temporal.db", Path.Combine("aws", "aws.db")]];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task StateFile_WhenDamaged_IsRejectedAndUnchanged(string name)
    {
        var file = await MakeAsync(name);
        var bytes = await File.ReadAllBytesAsync(file, Token);
        bytes.AsSpan(bytes.Length / 3, bytes.Length / 3).Fill(0xAA);
        await File.WriteAllBytesAsync(file, bytes, Token);

        await ShouldRejectAndNotChangeAsync(file, "damaged", "move it away");
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task StateFile_OfANewerVersion_IsRejectedAndUnchanged(string name)
    {
        var file = await MakeAsync(name);
        using (var connection = Open(file))
        {
            Execute(connection, "PRAGMA user_version = 99");
        }

        await ShouldRejectAndNotChangeAsync(file, "newer version", "99");
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task StateFile_WhenInUse_IsRejectedAndUnchanged(string name)
    {
        var file = await MakeAsync(name);
        var before = await File.ReadAllBytesAsync(file, Token);

        // From here on this process must not open and close the file in another way, because that releases SQLite's POSIX locks.
        using (var connection = Open(file))
        {
            Execute(connection, "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
            await ShouldRejectAsync(file, "in use");
        }

        (await File.ReadAllBytesAsync(file, Token)).ShouldBe(before);
    }

    public void Dispose() => _folder.Dispose();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private async Task<string> MakeAsync(string name)
    {
        var file = Path.Combine(_folder.Stack.State, name);
        await CommandRun.InAsync(_folder.Path, CommandOn(file));
        File.Exists(file).ShouldBeTrue();
        return file;
    }

    // A command that opens the file: queries leave Temporal out.
    private static string[] CommandOn(string file) => file.EndsWith("temporal.db", StringComparison.Ordinal) ? ["cancel"] : ["sql", "select 1 as one"];

    private async Task ShouldRejectAndNotChangeAsync(string file, params string[] words)
    {
        var before = await File.ReadAllBytesAsync(file, Token);
        await ShouldRejectAsync(file, words);
        (await File.ReadAllBytesAsync(file, Token)).ShouldBe(before);
    }

    private async Task ShouldRejectAsync(string file, params string[] words)
    {
        var run = await CommandRun.InAsync(_folder.Path, CommandOn(file));

        run.ExitCode.ShouldBe(1, run.Error);
        run.Error.ShouldContain(Path.GetFileName(file));
        foreach (var word in words)
        {
            run.Error.ShouldContain(word);
        }

        run.Error.ShouldNotContain("unexpected error");
    }

    private static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}

namespace Stedi.DevStack.Temporal.Storage;

/// <summary>Where the server's state lives: records by kind and key, and histories by run; both as bytes.</summary>
public interface IStateStore : IAsyncDisposable
{
    /// <summary>Completes once the whole batch is durable; a failed batch leaves no trace.</summary>
    Task CommitAsync(StoreBatch batch);

    /// <summary>The record's bytes, or <c>null</c> where there is none.</summary>
    byte[]? Read(RecordKind kind, string key);

    /// <summary>Every record of a kind, in no particular order.</summary>
    IReadOnlyList<KeyValuePair<string, byte[]>> ReadAll(RecordKind kind);

    /// <summary>A run's events, oldest first.</summary>
    IReadOnlyList<byte[]> ReadHistory(string runId);
}

namespace Stedi.DevStack.Aws.Storage;

/// <summary>An object's metadata together with its content; the caller disposes it.</summary>
internal sealed record OpenedObject(StoredObject Object, FileStream Content) : IDisposable
{
    public void Dispose() => Content.Dispose();
}

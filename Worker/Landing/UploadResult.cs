namespace Stedi.Temporal.Worker.Landing;

/// <summary>What an upload did.</summary>
/// <param name="Files">Files in the folder.</param>
/// <param name="Uploaded">Of these, new or changed.</param>
/// <param name="Removed">Objects that the folder no longer has.</param>
public sealed record UploadResult(int Files, int Uploaded, int Removed);

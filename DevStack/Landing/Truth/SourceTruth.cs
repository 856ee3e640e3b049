namespace Stedi.DevStack.Landing.Truth;

/// <summary>What landed of one source.</summary>
/// <param name="Rows">Lines that hold a row by the source's contract.</param>
/// <param name="RejectedLines">Lines that do not.</param>
/// <param name="Files">Files in the source's landing folder, but for hidden ones.</param>
/// <param name="Bytes">Their size.</param>
public sealed record SourceTruth(long Rows, long RejectedLines, int Files, long Bytes);

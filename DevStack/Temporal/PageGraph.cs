namespace Stedi.DevStack.Temporal;

/// <summary>A graph that the page on the UI port shows beside workflows, such as what data was made of; the server knows no more of it.</summary>
/// <param name="Title">Its name in the page's navigation.</param>
/// <param name="ReadAsync">Reads it afresh, each time that somebody looks.</param>
public sealed record PageGraph(string Title, Func<CancellationToken, Task<PageGraphContent>> ReadAsync);

/// <summary>What a graph shows at the moment.</summary>
/// <param name="Caption">A line above it.</param>
/// <param name="Nodes">Its nodes.</param>
public sealed record PageGraphContent(string Caption, IReadOnlyList<PageGraphNode> Nodes);

/// <summary>A thing that was made of others.</summary>
/// <param name="Name">Its name, which no other node has.</param>
/// <param name="Group">The kind of thing it is; each kind has its own colour.</param>
/// <param name="Inputs">What it was made of: other nodes, or sources that are no nodes.</param>
/// <param name="Details">Its parts.</param>
public sealed record PageGraphNode(string Name, string Group, IReadOnlyList<string> Inputs, IReadOnlyList<PageGraphDetail> Details);

/// <summary>A part of a node, such as a column.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Origins">Where it comes from.</param>
/// <param name="How">What was done on the way; empty for a copy.</param>
public sealed record PageGraphDetail(string Name, IReadOnlyList<string> Origins, string How);

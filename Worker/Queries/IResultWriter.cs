namespace Stedi.Temporal.Worker.Queries;

/// <summary>One form in which a result is written.</summary>
public interface IResultWriter
{
    /// <summary>Writes a whole result.</summary>
    Task WriteAsync(QueryResult result, CancellationToken cancellationToken);
}

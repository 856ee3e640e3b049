namespace Stedi.DevStack.Landing.Model;

/// <summary>What is known of a customer as of one update. Times are epoch milliseconds; a consent never given is null.</summary>
sealed record CustomerRecord
{
    public required string Name { get; init; }

    public required string Email { get; init; }

    public required string Phone { get; init; }

    public required string BirthDay { get; init; }

    public required string SerialNumber { get; init; }

    public required long Registered { get; init; }

    public long? Updated { get; init; }

    public long? Research { get; init; }

    public long? Public { get; init; }

    public long? Friends { get; init; }
}

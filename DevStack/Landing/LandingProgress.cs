namespace Stedi.DevStack.Landing;

/// <summary>How far a generation has come.</summary>
/// <param name="Customers">Customers whose rows are written.</param>
/// <param name="OfCustomers">Customers in all.</param>
public sealed record LandingProgress(int Customers, int OfCustomers);

using Stedi.Temporal.Activities.Catalog;
using Stedi.Temporal.Activities.Lake;

namespace Stedi.Temporal.Activities.Tests;

public sealed class StagingQueryTests
{
    private static readonly StagingTables Tables = new("\"w\".\"text\"", "\"p\".\"key\"", null, 1_700_000_000_000);

    [Theory]
    [InlineData("customer")]
    [InlineData("accelerometer")]
    [InlineData("step_trainer")]
    public void For_Source_ReadsTheTextOnce(string source)
    {
        var sql = StagingQuery.For(LakeContract.Source(source), Tables);

        sql.Split("FROM \"w\".\"text\"").Length.ShouldBe(2);
        sql.Length.ShouldBeLessThan(100_000, "Athena takes at most 262,144 bytes.");
    }

    [Fact]
    public void For_Customers_MentionsTheTableOfTheKeyOnly() =>
        StagingQuery.For(LakeContract.Source("customer"), Tables).Split("\"p\".\"key\"").Length.ShouldBe(2);
}

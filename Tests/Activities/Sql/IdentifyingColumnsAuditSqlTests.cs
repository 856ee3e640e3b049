using Stedi.Temporal.Workflows.Contracts;
using static Stedi.Temporal.Activities.Tests.Sql.SqlFile;

namespace Stedi.Temporal.Activities.Tests.Sql;

public sealed class IdentifyingColumnsAuditSqlTests(LocalLakes lakes)
{
    private static readonly string Jane = Pseudonym("jane@x");

    [Fact]
    public async Task Audit_WithPseudonymsOnly_CountsNoViolation() => (await RowsAsync(Pair(Jane, 1), Pair(Jane, 2))).ShouldBe("2|0");

    [Fact]
    public async Task Audit_WithoutRows_CountsNothing() => (await RowsAsync()).ShouldBe("0|0");

    [Theory]
    [InlineData("jane@x")]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF")]
    [InlineData("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde")]
    [InlineData("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0")]
    public async Task Audit_WithAValueThatIsNoPseudonym_CountsItsRows(string? value) =>
        (await RowsAsync(Pair(Jane, 1), Pair(value!, 1), Pair(value!, 2))).ShouldBe("3|2");

    private async Task<string> RowsAsync(params object?[][] pairs) => (await new SqlFile(lakes, "Audit/identifying_columns.sql")
        .Made(LakeTables.MachineLearningCurated, pairs)
        .RowsAsync("checked", "violations")).ShouldHaveSingleItem();
}

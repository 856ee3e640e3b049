using Stedi.Temporal.Activities.Catalog;
using Stedi.Temporal.Activities.Lake;

namespace Stedi.Temporal.Activities.Tests;

public sealed class StagingQueryTests
{
    [Fact]
    public void For_Source_CastsEveryColumnAndGivesEveryRejectionAReason() =>
        StagingQuery.For(LakeContract.Source("step_trainer"), "\"w\".\"raw\"").ShouldBe(
            """
            SELECT
                try_cast("sensorreadingtime" AS bigint) AS "sensorreadingtime",
                "serialnumber" AS "serialnumber",
                try_cast("distancefromobject" AS integer) AS "distancefromobject",
                "$path" AS source_file,
                CASE
                    WHEN "sensorreadingtime" IS NULL AND "serialnumber" IS NULL AND "distancefromobject" IS NULL THEN 'not a JSON object with known fields'
                    WHEN "sensorreadingtime" IS NULL THEN 'no sensorreadingtime'
                    WHEN try_cast("sensorreadingtime" AS bigint) IS NULL THEN 'sensorreadingtime does not fit bigint'
                    WHEN "serialnumber" IS NULL OR ("serialnumber" < '!' OR "serialnumber" > '~') AND trim("serialnumber") = '' THEN 'no serialnumber'
                    WHEN "distancefromobject" IS NULL THEN 'no distancefromobject'
                    WHEN try_cast("distancefromobject" AS integer) IS NULL THEN 'distancefromobject does not fit int'
                END AS rejected_reason
            FROM "w"."raw"
            """);

    [Fact]
    public void For_DoubleColumn_RejectsNumbersThatAreNotFinite() =>
        StagingQuery.For(LakeContract.Source("accelerometer"), "raw").ShouldContain("WHEN NOT is_finite(try_cast(\"x\" AS double)) THEN 'x is not a finite number'");
}

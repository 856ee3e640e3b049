namespace Amazon.Glue.Model;

public class Schedule
{
    public string ScheduleExpression { get; set; }

    public ScheduleState State { get; set; }
}

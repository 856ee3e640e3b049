namespace Amazon.Athena.Model;

public class EngineVersion
{
    public string SelectedEngineVersion { get; set; }

    public string EffectiveEngineVersion { get; set; }
}

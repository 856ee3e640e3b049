namespace Amazon.Glue.Model;

public class CrawlerTargets
{
    public List<S3Target> S3Targets { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public List<JdbcTarget> JdbcTargets { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public List<MongoDBTarget> MongoDBTargets { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public List<DynamoDBTarget> DynamoDBTargets { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public List<CatalogTarget> CatalogTargets { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public List<DeltaTarget> DeltaTargets { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public List<IcebergTarget> IcebergTargets { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public List<HudiTarget> HudiTargets { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

using Amazon.Runtime;

namespace Amazon.Glue.Model;

/// <summary>The request of <see cref="IAmazonGlue.GetDatabaseAsync"/>.</summary>
public class GetDatabaseRequest : AmazonGlueRequest
{
    public string CatalogId { get; set; }

    public string Name { get; set; }
}

/// <summary>The response of <see cref="IAmazonGlue.GetDatabaseAsync"/>.</summary>
public class GetDatabaseResponse : AmazonWebServiceResponse
{
    public Database Database { get; set; }
}

/// <summary>The request of <see cref="IAmazonGlue.CreateDatabaseAsync"/>.</summary>
public class CreateDatabaseRequest : AmazonGlueRequest
{
    public string CatalogId { get; set; }

    public DatabaseInput DatabaseInput { get; set; }

    public Dictionary<string, string> Tags { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

/// <summary>The response of <see cref="IAmazonGlue.CreateDatabaseAsync"/>.</summary>
public class CreateDatabaseResponse : AmazonWebServiceResponse;

public class Database
{
    public string Name { get; set; }

    public string Description { get; set; }

    /// <summary>Default location of the tables of the database.</summary>
    public string LocationUri { get; set; }

    public Dictionary<string, string> Parameters { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public DateTime? CreateTime { get; set; }

    public string CatalogId { get; set; }
}

public class DatabaseInput
{
    public string Name { get; set; }

    public string Description { get; set; }

    public string LocationUri { get; set; }

    public Dictionary<string, string> Parameters { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

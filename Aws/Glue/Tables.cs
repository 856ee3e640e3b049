using Amazon.Runtime;

namespace Amazon.Glue.Model;

/// <summary>The request of <see cref="IAmazonGlue.GetTableAsync"/>.</summary>
public class GetTableRequest : AmazonGlueRequest
{
    public string CatalogId { get; set; }

    public string DatabaseName { get; set; }

    public string Name { get; set; }

    public string TransactionId { get; set; }

    public DateTime? QueryAsOfTime { get; set; }

    public bool? IncludeStatusDetails { get; set; }
}

/// <summary>The response of <see cref="IAmazonGlue.GetTableAsync"/>.</summary>
public class GetTableResponse : AmazonWebServiceResponse
{
    public Table Table { get; set; }
}

/// <summary>The request of <see cref="IAmazonGlue.GetTablesAsync"/>.</summary>
public class GetTablesRequest : AmazonGlueRequest
{
    public string CatalogId { get; set; }

    public string DatabaseName { get; set; }

    /// <summary>A regular expression that table names must match.</summary>
    public string Expression { get; set; }

    public string NextToken { get; set; }

    /// <summary>1 to 100.</summary>
    public int? MaxResults { get; set; }

    public string TransactionId { get; set; }

    public DateTime? QueryAsOfTime { get; set; }

    public bool? IncludeStatusDetails { get; set; }
}

/// <summary>The response of <see cref="IAmazonGlue.GetTablesAsync"/>.</summary>
public class GetTablesResponse : AmazonWebServiceResponse
{
    public List<Table> TableList { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string NextToken { get; set; }
}

/// <summary>The request of <see cref="IAmazonGlue.CreateTableAsync"/>.</summary>
public class CreateTableRequest : AmazonGlueRequest
{
    public string CatalogId { get; set; }

    public string DatabaseName { get; set; }

    public string Name { get; set; }

    public TableInput TableInput { get; set; }

    public string TransactionId { get; set; }
}

/// <summary>The response of <see cref="IAmazonGlue.CreateTableAsync"/>.</summary>
public class CreateTableResponse : AmazonWebServiceResponse;

/// <summary>The request of <see cref="IAmazonGlue.UpdateTableAsync"/>.</summary>
public class UpdateTableRequest : AmazonGlueRequest
{
    public string CatalogId { get; set; }

    public string DatabaseName { get; set; }

    public string Name { get; set; }

    public TableInput TableInput { get; set; }

    /// <summary>Whether to keep no copy of the replaced version. Default: false.</summary>
    public bool? SkipArchive { get; set; }

    public string TransactionId { get; set; }

    /// <summary>The version that this update replaces. If the table has another version, the call fails with <see cref="ConcurrentModificationException"/>.</summary>
    public string VersionId { get; set; }

    public bool? Force { get; set; }
}

/// <summary>The response of <see cref="IAmazonGlue.UpdateTableAsync"/>.</summary>
public class UpdateTableResponse : AmazonWebServiceResponse;

/// <summary>The request of <see cref="IAmazonGlue.DeleteTableAsync"/>.</summary>
public class DeleteTableRequest : AmazonGlueRequest
{
    public string CatalogId { get; set; }

    public string DatabaseName { get; set; }

    public string Name { get; set; }

    public string TransactionId { get; set; }
}

/// <summary>The response of <see cref="IAmazonGlue.DeleteTableAsync"/>.</summary>
public class DeleteTableResponse : AmazonWebServiceResponse;

public class Table
{
    public string Name { get; set; }

    public string DatabaseName { get; set; }

    public string Description { get; set; }

    public string Owner { get; set; }

    public DateTime? CreateTime { get; set; }

    public DateTime? UpdateTime { get; set; }

    public DateTime? LastAccessTime { get; set; }

    public DateTime? LastAnalyzedTime { get; set; }

    public int? Retention { get; set; }

    public StorageDescriptor StorageDescriptor { get; set; }

    public List<Column> PartitionKeys { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string ViewOriginalText { get; set; }

    public string ViewExpandedText { get; set; }

    public string TableType { get; set; }

    public Dictionary<string, string> Parameters { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string CreatedBy { get; set; }

    public bool? IsRegisteredWithLakeFormation { get; set; }

    public string CatalogId { get; set; }

    public string VersionId { get; set; }

    public bool? IsMultiDialectView { get; set; }

    public bool? IsMaterializedView { get; set; }
}

public class TableInput
{
    public string Name { get; set; }

    public string Description { get; set; }

    public string Owner { get; set; }

    public DateTime? LastAccessTime { get; set; }

    public DateTime? LastAnalyzedTime { get; set; }

    public int? Retention { get; set; }

    public StorageDescriptor StorageDescriptor { get; set; }

    public List<Column> PartitionKeys { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string ViewOriginalText { get; set; }

    public string ViewExpandedText { get; set; }

    public string TableType { get; set; }

    public Dictionary<string, string> Parameters { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public class StorageDescriptor
{
    public List<Column> Columns { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string Location { get; set; }

    public List<string> AdditionalLocations { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string InputFormat { get; set; }

    public string OutputFormat { get; set; }

    public bool? Compressed { get; set; }

    public int? NumberOfBuckets { get; set; }

    public SerDeInfo SerdeInfo { get; set; }

    public List<string> BucketColumns { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public Dictionary<string, string> Parameters { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public bool? StoredAsSubDirectories { get; set; }
}

public class SerDeInfo
{
    public string Name { get; set; }

    public string SerializationLibrary { get; set; }

    public Dictionary<string, string> Parameters { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public class Column
{
    public string Name { get; set; }

    public string Type { get; set; }

    public string Comment { get; set; }

    public Dictionary<string, string> Parameters { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

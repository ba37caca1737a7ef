namespace Assay.Tables.Arrow;

/// <summary>A named column of a file, or a part of a nested one.</summary>
internal sealed record ArrowField(string Name, ArrowType Type)
{
    public const string TypeKey = "assay.type";
    public const string JsonType = "json";
    public const string UuidExtension = "arrow.uuid";
    private const string ExtensionKey = "ARROW:extension:name";
    private const string JsonExtension = "arrow.json";

    private static readonly IReadOnlyDictionary<string, string> NoMetadata = new Dictionary<string, string>();

    public ArrowEncoding? Dictionary { get; init; }

    public IReadOnlyList<ArrowField> Children { get; init; } = [];

    public IReadOnlyDictionary<string, string> Metadata { get; init; } = NoMetadata;

    public string? Extension => Metadata.GetValueOrDefault(ExtensionKey);

    /// <summary>Whether the texts are JSON, by our own note or the extension type of Arrow.</summary>
    public bool IsJson => Type.IsText && (Extension == JsonExtension || Metadata.GetValueOrDefault(TypeKey) == JsonType);
}

/// <summary>How the values of a field are numbers of entries in a dictionary.</summary>
internal sealed record ArrowEncoding(long Id, ArrowType Index, bool IsOrdered = false);

/// <summary>The fields of a file and what its writer noted.</summary>
internal sealed record ArrowSchema(IReadOnlyList<ArrowField> Fields, IReadOnlyDictionary<string, string> Metadata);

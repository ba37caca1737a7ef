namespace Assay;

/// <summary>What a value of a run is: what JSON can say, with whole numbers and real ones apart.</summary>
internal enum CellKind : byte
{
    /// <summary>The run has no value of that name.</summary>
    Absent,

    Null,
    False,
    True,

    /// <summary>A whole number of 64 bits.</summary>
    Integer,

    Real,

    /// <summary>Text that UTF-8 can hold.</summary>
    Text,

    /// <summary>Anything else, as the JSON that stands in the journal: lists, objects, numbers beyond 64 bits, text with half a surrogate pair.</summary>
    Json,
}

/// <summary>Which of a run's groups of values one belongs to.</summary>
internal enum FieldPlace : byte
{
    /// <summary>What every run has, such as its experiment and seed.</summary>
    Fixed,

    Param,
    Label,
    Metric,
}

/// <summary>A value of runs by group and name; parameters that are nested have dotted names.</summary>
internal sealed record FieldKey(FieldPlace Place, string Name)
{
    public static readonly FieldKey Experiment = new(FieldPlace.Fixed, "experiment");
    public static readonly FieldKey Version = new(FieldPlace.Fixed, "version");
    public static readonly FieldKey Code = new(FieldPlace.Fixed, "code");
    public static readonly FieldKey Context = new(FieldPlace.Fixed, "context");
    public static readonly FieldKey Index = new(FieldPlace.Fixed, "index");
    public static readonly FieldKey Seed = new(FieldPlace.Fixed, "seed");
    public static readonly FieldKey Replicate = new(FieldPlace.Fixed, "replicate");
    public static readonly FieldKey Tags = new(FieldPlace.Fixed, "tags");
    public static readonly FieldKey Duration = new(FieldPlace.Fixed, "duration_ms");
    public static readonly FieldKey ErrorKind = new(FieldPlace.Fixed, "error_kind");
    public static readonly FieldKey ErrorType = new(FieldPlace.Fixed, "error_type");
    public static readonly FieldKey ErrorMessage = new(FieldPlace.Fixed, "error_message");
}

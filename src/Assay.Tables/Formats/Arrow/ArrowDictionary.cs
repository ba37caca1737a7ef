namespace Assay.Tables.Arrow;

/// <summary>
/// The entries of a dictionary, which later messages of a stream may add to. Decoded when they are asked for, after everything is read:
/// entries only come behind others, so a number means the same before and after.
/// </summary>
internal sealed class ArrowDictionary
{
    private readonly List<ArrowArray> _parts = [];
    private readonly Lazy<Column> _values;
    private readonly Lazy<DictionaryTexts> _texts;

    public ArrowDictionary(ArrowField field)
    {
        _values = new(() => ArrayDecoder.Decode(field with { Dictionary = null }, _parts, Count));
        _texts = new(() => DictionaryTexts.Of(Values));
    }

    public int Count { get; private set; }

    /// <summary>The entries as a column.</summary>
    public Column Values => _values.Value;

    /// <summary>The entries where they lie.</summary>
    public IReadOnlyList<ArrowArray> Parts => _parts;

    /// <summary>The entries as texts, where that is what they are.</summary>
    public DictionaryTexts Texts => _texts.Value;

    public void Add(ArrowArray part)
    {
        if (part.Length > int.MaxValue - Count) throw part.Fault(part.Offset, "its dictionary has more entries than 32 bits can count");
        Count += part.Length;
        _parts.Add(part);
    }
}

using System.Text.Json;

namespace Assay;

/// <summary>How the values of a field lie in a segment.</summary>
internal enum ColumnForm : byte
{
    Integer,
    Real,
    Boolean,

    /// <summary>Numbers of texts.</summary>
    Text,

    /// <summary>Numbers of JSON values, for fields whose values differ in kind or are nested.</summary>
    Json,
}

/// <summary>The values of one field in the rows of a segment, each exactly as its journal has it. Immutable and thread-safe.</summary>
internal sealed class FieldColumn(FieldKey key, ColumnForm form, int rows)
{
    // A decoded null, which is not the same as one that has not been decoded.
    private static readonly object Null = new();

    private object?[]? _decoded;

    public FieldKey Key => key;

    public ColumnForm Form => form;

    public int Rows => rows;

    /// <summary>Which rows have a value; null when all have. JSON's null is no value here.</summary>
    public ulong[]? Valid { get; init; }

    /// <summary>What the rows without a value have: null, rather than nothing of that name.</summary>
    public bool MissingIsNull { get; init; }

    /// <summary>Of <see cref="ColumnForm.Integer"/>.</summary>
    public ReadOnlyMemory<long> Integers { get; init; }

    /// <summary>Of <see cref="ColumnForm.Real"/>.</summary>
    public ReadOnlyMemory<double> Reals { get; init; }

    /// <summary>Of <see cref="ColumnForm.Boolean"/>.</summary>
    public ReadOnlyMemory<bool> Booleans { get; init; }

    /// <summary>Of <see cref="ColumnForm.Text"/> and <see cref="ColumnForm.Json"/>: places in <see cref="Texts"/>.</summary>
    public ReadOnlyMemory<int> Codes { get; init; }

    /// <summary>What must not be let go of while values are read: the mapped file they lie in; null for none.</summary>
    public object? Owner { get; init; }

    public FieldTexts Texts { get; init; } = FieldTexts.None;

    /// <summary>Whether every row has something of that name, be it null.</summary>
    public bool IsEverywhere => Valid is null || MissingIsNull;

    public bool IsValid(int row) => Valid is null || ((Valid[row >> 6] >> (row & 63)) & 1) != 0;

    /// <summary>Whether the run has something of that name, be it null.</summary>
    public bool Has(int row) => MissingIsNull || IsValid(row);

    /// <summary>The value as <see cref="RunRecord"/> gives it.</summary>
    public object? this[int row] => !IsValid(row) ? null : form switch
    {
        ColumnForm.Integer => Integers.Span[row],
        ColumnForm.Real => Reals.Span[row],
        ColumnForm.Boolean => Booleans.Span[row],
        ColumnForm.Text => Texts[Codes.Span[row]],
        _ => Decoded(Codes.Span[row]),
    };

    /// <summary>What a code of a <see cref="ColumnForm.Json"/> column, or of one of text, stands for.</summary>
    public object? Decoded(int code)
    {
        if (form == ColumnForm.Text) return Texts[code];
        object?[] decoded = _decoded ??= new object?[Texts.Count];
        return (decoded[code] ??= Decode(Texts[code])) == Null ? null : decoded[code];
    }

    private static object Decode(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return JsonObjects.Value(document.RootElement) ?? Null;
    }
}

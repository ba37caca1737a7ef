using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Assay;

/// <summary>The group that a value of a run belongs to.</summary>
internal enum FieldPlace : byte
{
    /// <summary>What every run has, such as its experiment and seed.</summary>
    Fixed,

    Param,
    Label,
    Metric,
}

/// <summary>A value of runs by group and name. Nested parameters have dotted names.</summary>
internal sealed record FieldKey(FieldPlace Place, string Name)
{
    public static readonly FieldKey Experiment = Fixed("experiment"), Version = Fixed("version"), Code = Fixed("code");
    public static readonly FieldKey Context = Fixed("context"), Index = Fixed("index"), Seed = Fixed("seed");
    public static readonly FieldKey Replicate = Fixed("replicate"), Tags = Fixed("tags"), Duration = Fixed("duration_ms");
    public static readonly FieldKey ErrorKind = Fixed("error_kind"), ErrorType = Fixed("error_type"), ErrorMessage = Fixed("error_message");

    private static FieldKey Fixed(string name) => new(FieldPlace.Fixed, name);
}

/// <summary>How the values of a field are laid out in a segment.</summary>
internal enum ColumnForm : byte
{
    Integer,
    Real,
    Boolean,

    /// <summary>Numbers of distinct texts.</summary>
    Text,

    /// <summary>Numbers of distinct JSON values, for fields whose values differ in kind or are nested.</summary>
    Json,
}

/// <summary>The values of one field in the rows of a segment, each exactly as its journal has it. Immutable and thread-safe.</summary>
internal sealed class FieldColumn(FieldKey key, ColumnForm form, int rows, ReadOnlyMemory<byte> values)
{
    // A decoded null, as opposed to a value that is not decoded yet.
    private static readonly object Null = new();

    private object?[]? _decoded;

    public FieldKey Key => key;

    public ColumnForm Form => form;

    public int Rows => rows;

    /// <summary>For each row a long, a double, a bool, or the number in <see cref="Texts"/> as an int.</summary>
    public ReadOnlyMemory<byte> Values => values;

    public FieldTexts Texts { get; init; } = FieldTexts.None;

    /// <summary>A bit for each row that has a value; null when all have. JSON's null is no value here.</summary>
    public ulong[]? Valid { get; init; }

    /// <summary>Whether the rows without a value have JSON's null, rather than nothing of that name.</summary>
    public bool MissingIsNull { get; init; }

    /// <summary>The mapped file that the values are in, which must live as long as they are read; null for none.</summary>
    public object? Owner { get; init; }

    /// <summary>Whether every row has something of that name, be it null.</summary>
    public bool IsEverywhere => Valid is null || MissingIsNull;

    public ReadOnlySpan<T> As<T>() where T : unmanaged => MemoryMarshal.Cast<byte, T>(values.Span);

    public bool IsValid(int row) => Valid is null || ((Valid[row >> 6] >> (row & 63)) & 1) != 0;

    /// <summary>Whether the run has something of that name, be it null.</summary>
    public bool Has(int row) => MissingIsNull || IsValid(row);

    /// <summary>The value as <see cref="RunRecord"/> gives it.</summary>
    public object? this[int row] => !IsValid(row) ? null : form switch
    {
        ColumnForm.Integer => As<long>()[row],
        ColumnForm.Real => As<double>()[row],
        ColumnForm.Boolean => As<bool>()[row],
        _ => Decoded(As<int>()[row]),
    };

    /// <summary>The value of a code in a column of <see cref="ColumnForm.Text"/> or <see cref="ColumnForm.Json"/>.</summary>
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

/// <summary>The distinct texts of a column in UTF-8. Each becomes a string when it is first asked for. Thread-safe.</summary>
/// <param name="places">Where each text begins in <paramref name="bytes"/>, and where the last one ends.</param>
/// <param name="bytes">All texts, one behind the other.</param>
/// <param name="owner">The mapped file that the bytes are in; null for none.</param>
internal sealed class FieldTexts(ReadOnlyMemory<int> places, ReadOnlyMemory<byte> bytes, object? owner = null)
{
    public static readonly FieldTexts None = new(new int[1], default);

    private readonly string?[] _decoded = new string?[places.Length - 1];

    public int Count => _decoded.Length;

    public ReadOnlyMemory<int> Places => places;

    public ReadOnlyMemory<byte> Bytes => bytes;

    public string this[int number] => _decoded[number] ??= Decode(number);

    /// <summary>A text in UTF-8, of use while the column is reachable.</summary>
    public ReadOnlySpan<byte> Utf8(int number) => bytes.Span[places.Span[number]..places.Span[number + 1]];

    private string Decode(int number)
    {
        string text = Encoding.UTF8.GetString(Utf8(number));
        GC.KeepAlive(owner);
        return text;
    }
}

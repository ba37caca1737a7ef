using System.Text;

namespace Assay;

/// <summary>
/// The distinct texts of a column in UTF-8, where they lie: in a mapped file or in memory. Each becomes a string when it is first asked for. Thread-safe.
/// </summary>
/// <param name="places">Where each begins in <paramref name="bytes"/>, and where the last one ends.</param>
/// <param name="bytes">All of them, one behind the other.</param>
/// <param name="owner">What must not be let go of while the bytes are read; null for none.</param>
internal sealed class FieldTexts(ReadOnlyMemory<int> places, ReadOnlyMemory<byte> bytes, object? owner = null)
{
    public static readonly FieldTexts None = new(new int[1], default);

    private readonly string?[] _decoded = new string?[places.Length - 1];

    public int Count => _decoded.Length;

    public ReadOnlyMemory<int> Places => places;

    public ReadOnlyMemory<byte> Bytes => bytes;

    public string this[int number] => _decoded[number] ??= Decode(number);

    /// <summary>A text where it lies. Whoever works on it holds this meanwhile.</summary>
    public ReadOnlySpan<byte> Utf8(int number) => bytes.Span[places.Span[number]..places.Span[number + 1]];

    private string Decode(int number)
    {
        string text = Encoding.UTF8.GetString(Utf8(number));
        GC.KeepAlive(owner);
        return text;
    }
}

using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Assay.Journals;

/// <summary>
/// A growing byte buffer that writes compact JSON. Journal lines and canonical forms are built in it because both need exact control over
/// bytes (real numbers keep a decimal point, keys keep a given order) and cost is paid per run. Not thread-safe; reuse it through
/// <see cref="Clear"/>.
/// </summary>
public sealed class JsonBuffer : IBufferWriter<byte>
{
    private byte[] _bytes = new byte[512];

    /// <summary>How many bytes were written.</summary>
    public int Length { get; private set; }

    /// <summary>The bytes; valid until the next write.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    internal ReadOnlyMemory<byte> WrittenMemory => _bytes.AsMemory(0, Length);

    /// <summary>Forgets what was written and keeps the memory.</summary>
    public void Clear() => Length = 0;

    /// <summary>Forgets what was written behind a place.</summary>
    public void Truncate(int length) => Length = length;

    /// <inheritdoc/>
    public void Advance(int count) => Length += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 64));
        return _bytes.AsMemory(Length);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <summary>Bytes as they are.</summary>
    public JsonBuffer Raw(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
        return this;
    }

    /// <summary>One byte as it is.</summary>
    public JsonBuffer Raw(byte value)
    {
        Reserve(1);
        _bytes[Length++] = value;
        return this;
    }

    /// <summary><c>null</c></summary>
    public JsonBuffer Null() => Raw("null"u8);

    /// <summary><c>true</c> or <c>false</c></summary>
    public JsonBuffer Boolean(bool value) => Raw(value ? "true"u8 : "false"u8);

    /// <summary>A whole number; it has neither point nor exponent.</summary>
    public JsonBuffer Integer(long value) => Whole(value);

    /// <inheritdoc cref="Integer"/>
    public JsonBuffer Unsigned(ulong value) => Whole(value);

    /// <summary>Shortest digits that read back as the same double, with a point or an exponent; NaN and infinities as strings.</summary>
    public JsonBuffer Real(double value)
    {
        if (!double.IsFinite(value)) return String(NonFinite(value));
        RealText.Write(this, value);
        return this;
    }

    /// <summary>The text that stands for a number JSON lacks.</summary>
    public static string NonFinite(double value) => double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";

    /// <summary>A quoted string. Only what JSON demands is escaped; a lone surrogate becomes <c>\uXXXX</c>.</summary>
    public JsonBuffer String(ReadOnlySpan<char> text)
    {
        Raw((byte)'"');
        while (!text.IsEmpty)
        {
            int special = text.IndexOfAny(MustLookAt);
            ReadOnlySpan<char> plain = special < 0 ? text : text[..special];
            Reserve(Encoding.UTF8.GetMaxByteCount(plain.Length));
            Length += Encoding.UTF8.GetBytes(plain, _bytes.AsSpan(Length));
            if (special < 0) break;
            text = text[(special + Special(text[special..]))..];
        }

        return Raw((byte)'"');
    }

    internal JsonBuffer StringOrNull(string? text) => text is null ? Null() : String(text);

    /// <summary>A member name with its colon.</summary>
    public JsonBuffer Key(string name) => String(name).Raw((byte)':');

    /// <summary>The value as 32 lower-case hexadecimal digits, without quotes.</summary>
    public JsonBuffer Hex(UInt128 value)
    {
        Reserve(32);
        for (int i = 0; i < 32; i++) _bytes[Length + i] = "0123456789abcdef"u8[(int)(value >> (124 - (4 * i))) & 15];
        Length += 32;
        return this;
    }

    /// <summary>The value as eight lower-case hexadecimal digits, without quotes.</summary>
    internal JsonBuffer Hex(uint value)
    {
        Reserve(8);
        for (int i = 0; i < 8; i++) _bytes[Length + i] = "0123456789abcdef"u8[(int)(value >> (28 - (4 * i))) & 15];
        Length += 8;
        return this;
    }

    /// <summary>A quoted RFC 3339 time in UTC with seven fractional digits and the offset <c>+00:00</c>.</summary>
    public JsonBuffer Time(DateTimeOffset time)
    {
        DateTime utc = time.UtcDateTime;
        (DateOnly date, _) = utc;
        Reserve(40);
        Raw((byte)'"').Digits(date.Year, 4).Raw((byte)'-').Digits(date.Month, 2).Raw((byte)'-').Digits(date.Day, 2).Raw((byte)'T');
        Digits(utc.Hour, 2).Raw((byte)':').Digits(utc.Minute, 2).Raw((byte)':').Digits(utc.Second, 2).Raw((byte)'.');
        return Digits((int)(utc.Ticks % TimeSpan.TicksPerSecond), 7).Raw("+00:00\""u8);
    }

    private JsonBuffer Digits(int value, int count)
    {
        for (int i = count - 1; i >= 0; i--, value /= 10) _bytes[Length + i] = (byte)('0' + (value % 10));
        Length += count;
        return this;
    }

    /// <summary>A copy of the bytes.</summary>
    public byte[] ToArray() => Written.ToArray();

    /// <inheritdoc/>
    public override string ToString() => Encoding.UTF8.GetString(Written);

    private static readonly SearchValues<char> MustLookAt = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(c => (char)c), '"', '\\', .. Enumerable.Range(0xD800, 0x800).Select(c => (char)c)]);

    private int Special(ReadOnlySpan<char> text)
    {
        char first = text[0];
        if (Rune.DecodeFromUtf16(text, out Rune rune, out int consumed) == OperationStatus.Done && consumed == 2)
        {
            Length += rune.EncodeToUtf8(GetSpan(4));
            return 2;
        }

        switch (first)
        {
            case '"': Raw("\\\""u8); break;
            case '\\': Raw("\\\\"u8); break;
            case '\n': Raw("\\n"u8); break;
            case '\r': Raw("\\r"u8); break;
            case '\t': Raw("\\t"u8); break;
            default:
                Raw("\\u"u8);
                for (int shift = 12; shift >= 0; shift -= 4) Raw("0123456789abcdef"u8[(first >> shift) & 15]);
                break;
        }

        return 1;
    }

    private JsonBuffer Whole<T>(T value) where T : IUtf8SpanFormattable
    {
        Reserve(20);
        value.TryFormat(_bytes.AsSpan(Length), out int written, default, CultureInfo.InvariantCulture);
        Length += written;
        return this;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Reserve(int count)
    {
        if (_bytes.Length - Length < count) Grow(count);
    }

    private void Grow(int count) =>
        Array.Resize(ref _bytes, checked((int)Math.Max((long)Length + count, Math.Min(_bytes.Length * 2L, Array.MaxLength))));

    /// <summary>A list of texts.</summary>
    public JsonBuffer Strings(IEnumerable<string> values) =>
        Raw((byte)'[').Separated(values, value => String(value)).Raw((byte)']');

    /// <summary>What is written for each item, with commas between.</summary>
    internal JsonBuffer Separated<T>(IEnumerable<T> items, Action<T> write)
    {
        foreach ((int i, T item) in items.Index())
        {
            if (i > 0) Raw((byte)',');
            write(item);
        }

        return this;
    }
}

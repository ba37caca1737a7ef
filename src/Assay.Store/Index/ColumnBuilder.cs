using System.Text;

namespace Assay;

/// <summary>Makes one column of the values that rows have in the chunks they were read from.</summary>
internal sealed class ColumnBuilder(FieldKey key, int count, Func<int, FieldValue> valueOf)
{
    private readonly BytePool _pool = new();
    private readonly Dictionary<FieldBuffer, int[]> _codes = [];

    /// <returns>Null when no row has a value.</returns>
    public FieldColumn? Build()
    {
        int kinds = 0;
        for (int i = 0; i < count; i++) kinds |= 1 << (int)valueOf(i).Kind;
        int absent = Bit(CellKind.Absent), missing = Bit(CellKind.Null);
        int values = kinds & ~(absent | missing);
        if (kinds is 0 || kinds == absent) return null;
        // A null beside a gap needs the form that tells all kinds apart.
        bool isMixed = (kinds & absent) != 0 && (kinds & missing) != 0;
        ColumnForm form = isMixed ? ColumnForm.Json
            : values == Bit(CellKind.Integer) || values == 0 ? ColumnForm.Integer
            : values == Bit(CellKind.Real) ? ColumnForm.Real
            : (values & ~(Bit(CellKind.True) | Bit(CellKind.False))) == 0 ? ColumnForm.Boolean
            : values == Bit(CellKind.Text) ? ColumnForm.Text : ColumnForm.Json;
        return Fill(form, isMixed ? Bit(CellKind.Absent) : absent | missing, (kinds & missing) != 0 && !isMixed);
    }

    private static int Bit(CellKind kind) => 1 << (int)kind;

    private FieldColumn Fill(ColumnForm form, int invalid, bool missingIsNull)
    {
        long[] integers = form == ColumnForm.Integer ? new long[count] : [];
        double[] reals = form == ColumnForm.Real ? new double[count] : [];
        bool[] booleans = form == ColumnForm.Boolean ? new bool[count] : [];
        int[] codes = form is ColumnForm.Text or ColumnForm.Json ? new int[count] : [];
        ulong[]? valid = null;
        for (int i = 0; i < count; i++)
        {
            FieldValue value = valueOf(i);
            if ((Bit(value.Kind) & invalid) != 0)
            {
                valid ??= AllValid(count);
                valid[i >> 6] &= ~(1UL << (i & 63));
                if (form == ColumnForm.Real) reals[i] = double.NaN;
                continue;
            }

            switch (form)
            {
                case ColumnForm.Integer: integers[i] = value.Bits; break;
                case ColumnForm.Real: reals[i] = BitConverter.Int64BitsToDouble(value.Bits); break;
                case ColumnForm.Boolean: booleans[i] = value.Kind == CellKind.True; break;
                case ColumnForm.Text: codes[i] = Code(value); break;
                default: codes[i] = JsonCode(value); break;
            }
        }

        return new FieldColumn(key, form, count)
        {
            Valid = valid,
            MissingIsNull = missingIsNull,
            Integers = integers,
            Reals = reals,
            Booleans = booleans,
            Codes = codes,
            Texts = new FieldTexts(_pool.Places, _pool.Bytes),
        };
    }

    private static ulong[] AllValid(int count)
    {
        var words = new ulong[(count + 63) / 64];
        words.AsSpan().Fill(ulong.MaxValue);
        if ((count & 63) != 0) words[^1] = (1UL << (count & 63)) - 1;
        return words;
    }

    private int Code(in FieldValue value)
    {
        if (!_codes.TryGetValue(value.Field!, out int[]? codes))
        {
            _codes.Add(value.Field!, codes = new int[value.Field!.Pool.Count]);
            codes.AsSpan().Fill(-1);
        }

        ref int code = ref codes[(int)value.Bits];
        if (code < 0) code = _pool.Add(value.Text);
        return code;
    }

    private int JsonCode(in FieldValue value)
    {
        var json = new JsonBuffer();
        switch (value.Kind)
        {
            case CellKind.Null: json.Null(); break;
            case CellKind.False or CellKind.True: json.Boolean(value.Kind == CellKind.True); break;
            case CellKind.Integer: json.Integer(value.Bits); break;
            case CellKind.Real: Real(json, BitConverter.Int64BitsToDouble(value.Bits)); break;
            case CellKind.Text: json.String(Encoding.UTF8.GetString(value.Text)); break;
            default: json.Raw(value.Text); break;
        }

        return _pool.Add(json.Written);
    }

    // It reads back as the same: a journal's -0.0 keeps its sign, and a parameter too large for a double is no text.
    private void Real(JsonBuffer json, double value)
    {
        if (value == 0 && double.IsNegative(value)) json.Raw("-0.0"u8);
        else if (double.IsInfinity(value) && key.Place != FieldPlace.Metric) json.Raw(value > 0 ? "1e999"u8 : "-1e999"u8);
        else json.Real(value);
    }
}

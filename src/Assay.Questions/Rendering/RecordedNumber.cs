using System.Numerics;

namespace Assay.Questions;

/// <summary>A number of an answer exactly as a journal has it: a double would lose digits of large whole numbers and of decimals.</summary>
internal readonly record struct RecordedNumber(object Value)
{
    /// <summary>By value, exactly; NaN has no place in it.</summary>
    public static Comparer<RecordedNumber> Order { get; } = Comparer<RecordedNumber>.Create(
        (a, b) => NumberOrder.Compare(a.Value, b.Value) ?? 0);

    /// <summary>A duration counts as seconds; null for what is no number.</summary>
    public static RecordedNumber? Of(object? value) =>
        ValueOrder.Number(value) is { } number && ValueOrder.TryNumber(number, out _) ? new RecordedNumber(number) : null;

    /// <summary>How much larger another is; of whole numbers exactly.</summary>
    public RecordedNumber Until(RecordedNumber other)
    {
        if (Integer(Value) is not { } from || Integer(other.Value) is not { } to) return new RecordedNumber(other.Real - Real);
        BigInteger more = to - from;
        return new RecordedNumber(more >= long.MinValue && more <= long.MaxValue ? (object)(long)more : more);
    }

    /// <summary>The nearest double.</summary>
    public double Real => ValueOrder.TryNumber(Value, out double real) ? real : double.NaN;

    private static BigInteger? Integer(object value) => value switch
    {
        long integer => integer,
        int integer => integer,
        ulong integer => integer,
        BigInteger integer => integer,
        _ => null,
    };
}

namespace Assay;

/// <summary>
/// A named sequence of values of one <see cref="ColumnType"/>, with nulls. Immutable, and safe to read from several threads at once.
/// </summary>
public abstract class Column
{
    private protected Column(string name, ColumnType type, int count)
    {
        ArgumentNullException.ThrowIfNull(name);
        Name = name;
        Type = type;
        Count = count;
    }

    /// <summary>The name under which a table knows the column. Compared by ordinal, so case counts.</summary>
    public string Name { get; }

    /// <summary>What the values are.</summary>
    public ColumnType Type { get; }

    /// <summary>Number of values, nulls included.</summary>
    public int Count { get; }

    /// <summary>Number of nulls.</summary>
    public int NullCount => Validity?.NullCount ?? 0;

    /// <summary>Which values are not null; null when all of them are.</summary>
    internal abstract Validity? Validity { get; }

    /// <summary>
    /// The value of a row, boxed: <see cref="bool"/>, <see cref="long"/>, <see cref="double"/>, <see cref="string"/>,
    /// <see cref="DateTimeOffset"/>, <see cref="TimeSpan"/>, <see cref="System.Text.Json.JsonElement"/>, or null.
    /// </summary>
    /// <param name="row">Counted from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public object? this[int row] => IsNull(row) ? null : Boxed(row);

    /// <summary>Whether the value of a row is null. NaN is not.</summary>
    /// <param name="row">Counted from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public bool IsNull(int row)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Count);
        return Validity is { } validity && !validity[row];
    }

    /// <summary>The values of a <see cref="ColumnType.Boolean"/> column without copying; false where null.</summary>
    /// <exception cref="TableException">The column has another type.</exception>
    public ReadOnlySpan<bool> AsBooleans() => Values<bool>(ColumnType.Boolean);

    /// <summary>The values of an <see cref="ColumnType.Int64"/> column without copying; 0 where null.</summary>
    /// <exception cref="TableException">The column has another type.</exception>
    public ReadOnlySpan<long> AsInt64s() => Values<long>(ColumnType.Int64);

    /// <summary>
    /// The values as doubles, NaN where null: a <see cref="ColumnType.Double"/> column without copying; a copy of an
    /// <see cref="ColumnType.Int64"/> column (rounded beyond ±2^53) or of a <see cref="ColumnType.Boolean"/> one (1 for true, 0 for false).
    /// </summary>
    /// <exception cref="TableException">The column has another type.</exception>
    public ReadOnlySpan<double> AsDoubles() => Type is ColumnType.Int64 or ColumnType.Boolean
        ? Numbers.ToDoubles(this)
        : Values<double>(ColumnType.Double);

    /// <summary>
    /// The values of a <see cref="ColumnType.String"/> column, or the text of a <see cref="ColumnType.Json"/> one, without copying.
    /// </summary>
    /// <exception cref="TableException">The column has another type.</exception>
    public ReadOnlySpan<string?> AsStrings() => Values<string?>(Type == ColumnType.Json ? ColumnType.Json : ColumnType.String);

    /// <summary>The values of a <see cref="ColumnType.Timestamp"/> column without copying; the default where null.</summary>
    /// <exception cref="TableException">The column has another type.</exception>
    public ReadOnlySpan<DateTimeOffset> AsTimestamps() => Values<DateTimeOffset>(ColumnType.Timestamp);

    /// <summary>The values of a <see cref="ColumnType.Duration"/> column without copying; zero where null.</summary>
    /// <exception cref="TableException">The column has another type.</exception>
    public ReadOnlySpan<TimeSpan> AsDurations() => Values<TimeSpan>(ColumnType.Duration);

    /// <summary>The same values under another name. Nothing is copied.</summary>
    public Column Rename(string name) => Name == name ? this : Named(name);

    /// <summary>
    /// Creates a column. The type follows from the values as in <see cref="TableBuilder"/>, so <c>Column.Of("x", [1.5, 2])</c> is
    /// <see cref="ColumnType.Double"/>; a column without any value but null takes its type from <typeparamref name="T"/>, or is
    /// <see cref="ColumnType.String"/>.
    /// </summary>
    /// <typeparam name="T">Any type a row may hold, nullable or not; arrays of the column types themselves are copied at once.</typeparam>
    /// <param name="name">The name of the column.</param>
    /// <param name="values">Copied, so that later changes do not show.</param>
    public static Column Of<T>(string name, IEnumerable<T> values) => ColumnFactory.Create(name, values);

    /// <summary>Creates a column with nulls from values of one of the column types, which are copied at once.</summary>
    /// <typeparam name="T">
    /// <see cref="bool"/>, <see cref="long"/>, <see cref="double"/>, <see cref="DateTimeOffset"/> or <see cref="TimeSpan"/>.
    /// </typeparam>
    /// <param name="name">The name of the column.</param>
    /// <param name="values">The values; the ones at nulls are ignored.</param>
    /// <param name="valid">A bit for each value, set where it is not null, the least significant bit of a word first.</param>
    /// <exception cref="ArgumentException">The type is another one, or there are too few bits.</exception>
    public static Column Of<T>(string name, ReadOnlySpan<T> values, ReadOnlySpan<ulong> valid) where T : struct =>
        ColumnFactory.Create(name, values, valid);

    /// <summary>Creates a <see cref="ColumnType.Json"/> column from JSON texts, which are stored in compact form.</summary>
    /// <exception cref="TableException">A text is not JSON; the message names the row and the fault.</exception>
    public static Column OfJson(string name, IEnumerable<string?> values) => ColumnFactory.CreateJson(name, values);

    /// <summary>Name, type and size, for the debugger and messages.</summary>
    public override string ToString() => $"{Name}: {Type}[{Count}]";

    internal abstract object Boxed(int row);

    internal abstract Column Named(string name);

    /// <summary>The given rows in the given order; −1 gives a null.</summary>
    internal abstract Column Take(ReadOnlySpan<int> rows);

    internal abstract Column Slice(int start, int count);

    private ReadOnlySpan<T> Values<T>(ColumnType asked) => this is IValues<T> typed && Type == asked
        ? typed.Values
        : throw new TableException($"Column '{Name}' holds {Type} values, not {asked}; "
            + $"read it with the accessor for {Type}, or box single values with column[row].");
}

/// <summary>What the values of a <see cref="Column"/> are. Every type has nulls beside its values.</summary>
public enum ColumnType
{
    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>Whole numbers from −2^63 to 2^63 − 1.</summary>
    Int64,

    /// <summary>IEEE 754 double precision. NaN and the infinities are values, not nulls.</summary>
    Double,

    /// <summary>Text, and every value that no narrower type holds without loss.</summary>
    String,

    /// <summary>A point in time with its offset from UTC, at a resolution of 100 ns. Columnar files keep the instant, in UTC.</summary>
    Timestamp,

    /// <summary>A span of time at a resolution of 100 ns.</summary>
    Duration,

    /// <summary>A nested value (array or object) as compact JSON text.</summary>
    Json,
}

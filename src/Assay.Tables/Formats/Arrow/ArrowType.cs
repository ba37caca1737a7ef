namespace Assay.Tables.Arrow;

/// <summary>What the values of a field are, and how their bytes lie.</summary>
internal sealed record ArrowType(ArrowKind Kind)
{
    public static readonly ArrowType Bool = new(ArrowKind.Bool) { Width = 1 };
    public static readonly ArrowType Int32 = Int(32);
    public static readonly ArrowType Int64 = Int(64);
    public static readonly ArrowType Float64 = new(ArrowKind.Float) { Width = 64 };
    public static readonly ArrowType Utf8 = new(ArrowKind.Utf8);
    public static readonly ArrowType LargeUtf8 = new(ArrowKind.LargeUtf8);

    /// <summary>Bits of a value; 0 where values have a length each, or none.</summary>
    public int Width { get; init; }

    /// <summary>Whether whole numbers have a sign.</summary>
    public bool IsSigned { get; init; } = true;

    /// <summary>What times are counted in: 1 for seconds, 1000 for milliseconds and so on; days are 0.</summary>
    public long UnitsPerSecond { get; init; }

    /// <summary>The time zone of a timestamp; null where it has none.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Digits behind the point of a decimal.</summary>
    public int Scale { get; init; }

    /// <summary>Items of each list of fixed size.</summary>
    public int ListSize { get; init; }

    public bool IsText => Kind is ArrowKind.Utf8 or ArrowKind.LargeUtf8 or ArrowKind.Utf8View;

    /// <summary>Text, or bytes that may be text.</summary>
    public bool IsBytes => IsText || Kind is ArrowKind.Binary or ArrowKind.LargeBinary or ArrowKind.BinaryView or ArrowKind.FixedBinary;

    public bool IsNested => Kind is ArrowKind.List or ArrowKind.LargeList or ArrowKind.FixedList or ArrowKind.Map or ArrowKind.Struct;

    /// <summary>Whether offsets have 64 bits.</summary>
    public bool IsLarge => Kind is ArrowKind.LargeUtf8 or ArrowKind.LargeBinary or ArrowKind.LargeList;

    public static ArrowType Int(int width, bool isSigned = true) => new(ArrowKind.Int) { Width = width, IsSigned = isSigned };

    public static ArrowType Float(int width) => new(ArrowKind.Float) { Width = width };

    public static ArrowType FixedBinary(int bytes) => new(ArrowKind.FixedBinary) { Width = bytes * 8 };

    public static ArrowType Timestamp(long unitsPerSecond, string? timeZone) => new(ArrowKind.Timestamp) { Width = 64, UnitsPerSecond = unitsPerSecond, TimeZone = timeZone };

    public static ArrowType Duration(long unitsPerSecond) => new(ArrowKind.Duration) { Width = 64, UnitsPerSecond = unitsPerSecond };

    /// <summary>The type of a field that holds numbers of <typeparamref name="T"/>.</summary>
    public static ArrowType Of<T>() where T : unmanaged => default(T) switch
    {
        sbyte => Int(8),
        byte => Int(8, isSigned: false),
        short => Int(16),
        ushort => Int(16, isSigned: false),
        int => Int32,
        uint => Int(32, isSigned: false),
        long => Int64,
        ulong => Int(64, isSigned: false),
        float => Float(32),
        double => Float64,
        _ => throw new ArgumentException($"{typeof(T).Name} is no number of Arrow."),
    };
}

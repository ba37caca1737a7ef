using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;

namespace Assay;

/// <summary>Decodes the bytes of a method body into instructions.</summary>
internal static class IlReader
{
    private const byte TwoByteLead = 0xFE;
    private static readonly OpCode[] OneByte = new OpCode[256];
    private static readonly OpCode[] TwoByte = new OpCode[256];

    static IlReader()
    {
        foreach (FieldInfo field in typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static))
        {
            if (field.GetValue(null) is not OpCode code) continue;
            (code.Size == 1 ? OneByte : TwoByte)[(byte)code.Value] = code;
        }
    }

    public static IEnumerable<IlInstruction> Read(byte[] il)
    {
        int at = 0;
        while (at < il.Length)
        {
            OpCode code = il[at] == TwoByteLead ? TwoByte[il[++at]] : OneByte[il[at]];
            at++;
            if (code.OperandType == OperandType.InlineSwitch)
            {
                int[] targets = Targets(il, at);
                at += 4 + (4 * targets.Length);
                yield return new IlInstruction(code, 0, targets);
                continue;
            }

            int size = OperandSize(code.OperandType);
            yield return new IlInstruction(code, Operand(il.AsSpan(at, size), code.OperandType, at + size), []);
            at += size;
        }
    }

    private static int[] Targets(byte[] il, int at)
    {
        int count = BinaryPrimitives.ReadInt32LittleEndian(il.AsSpan(at));
        int end = at + 4 + (4 * count);
        int[] targets = new int[count];
        for (int i = 0; i < count; i++) targets[i] = end + BinaryPrimitives.ReadInt32LittleEndian(il.AsSpan(at + 4 + (4 * i)));
        return targets;
    }

    private static long Operand(ReadOnlySpan<byte> bytes, OperandType type, int end)
    {
        long number = bytes.Length switch
        {
            0 => 0,
            1 => (sbyte)bytes[0],
            2 => BinaryPrimitives.ReadInt16LittleEndian(bytes),
            4 => BinaryPrimitives.ReadInt32LittleEndian(bytes),
            _ => BinaryPrimitives.ReadInt64LittleEndian(bytes),
        };
        return type is OperandType.InlineBrTarget or OperandType.ShortInlineBrTarget ? end + number : number;
    }

    private static int OperandSize(OperandType type) => type switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        _ => 4,
    };
}

/// <summary>An instruction. A branch has its target as operand, a switch has targets, counted from the start of the body.</summary>
internal readonly record struct IlInstruction(OpCode Code, long Operand, int[] Targets);

/// <summary>Decodes the stand-alone signature of an indirect call (ECMA-335 II.23.2), which contains metadata tokens.</summary>
internal sealed class CallSignature(byte[] blob, Func<int, Type> resolve, Func<Type, string> write)
{
    private const byte Sentinel = 0x41;
    private static readonly int[] TokenTables = [0x02000000, 0x01000000, 0x1B000000];
    private int _at;

    public string Write() => Method();

    private string Method()
    {
        int convention = blob[_at++];
        int count = Number();
        string returned = Type();
        return $"call {Invariant.Number(convention)} ({Types(count)}):{returned}";
    }

    private string Types(int count) => string.Join(", ", Enumerable.Range(0, count).Select(_ => Type()));

    private string Type()
    {
        byte element = blob[_at++];
        return element switch
        {
            0x0F => Type() + "*",
            0x10 => Type() + "&",
            0x11 or 0x12 => write(resolve(Token())),
            0x13 => "!" + Invariant.Number(Number()),
            0x14 => Array(),
            0x15 => Instantiation(),
            0x1B => Method(),
            0x1D => Type() + "[]",
            0x1E => "!!" + Invariant.Number(Number()),
            0x1F or 0x20 => $"modified {write(resolve(Token()))} {Type()}",
            Sentinel => "... " + Type(),
            _ => "#" + Invariant.Number(element),
        };
    }

    private string Instantiation()
    {
        _at++;
        string definition = write(resolve(Token()));
        return $"{definition}<{Types(Number())}>";
    }

    private string Array()
    {
        string element = Type();
        List<string> shape = [Invariant.Number(Number())];
        for (int part = 0; part < 2; part++)
        {
            int count = Number();
            for (int i = 0; i < count; i++) shape.Add(Invariant.Number(Number()));
        }

        return $"{element}[{string.Join(' ', shape)}]";
    }

    private int Token()
    {
        int coded = Number();
        return TokenTables[coded & 3] | (coded >> 2);
    }

    private int Number()
    {
        byte first = blob[_at++];
        if ((first & 0x80) == 0) return first;
        if ((first & 0x40) == 0) return ((first & 0x3F) << 8) | blob[_at++];
        int number = ((first & 0x1F) << 24) | (blob[_at] << 16) | (blob[_at + 1] << 8) | blob[_at + 2];
        _at += 3;
        return number;
    }
}

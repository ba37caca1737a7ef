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

/// <summary>One decoded instruction.</summary>
/// <param name="Code">The operation.</param>
/// <param name="Operand">The token, the number or its bits, or the branch target as an offset from the start of the body.</param>
/// <param name="Targets">The targets of a switch as offsets from the start of the body; empty for other instructions.</param>
internal readonly record struct IlInstruction(OpCode Code, long Operand, int[] Targets);

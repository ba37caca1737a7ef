using System.Reflection.Emit;

namespace Assay;

/// <summary>One decoded instruction.</summary>
/// <param name="Code">The operation.</param>
/// <param name="Operand">The token, the number, its bits, or the branch target as an offset from the body's start.</param>
/// <param name="Targets">A switch's targets as offsets from the body's start; empty for everything else.</param>
internal readonly record struct IlInstruction(OpCode Code, long Operand, int[] Targets);

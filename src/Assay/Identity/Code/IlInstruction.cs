using System.Reflection.Emit;

namespace Assay;

/// <summary>One decoded instruction.</summary>
/// <param name="Code">The operation.</param>
/// <param name="Operand">The token, the number or its bits, or the branch target as an offset from the start of the body.</param>
/// <param name="Targets">The targets of a switch as offsets from the start of the body; empty for other instructions.</param>
internal readonly record struct IlInstruction(OpCode Code, long Operand, int[] Targets);

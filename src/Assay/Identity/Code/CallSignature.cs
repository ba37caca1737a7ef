namespace Assay;

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
        List<string> parameters = [];
        for (int i = 0; i < count; i++) parameters.Add(Type());
        return $"call {Invariant.Number(convention)} ({string.Join(", ", parameters)}):{returned}";
    }

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
        int count = Number();
        List<string> arguments = [];
        for (int i = 0; i < count; i++) arguments.Add(Type());
        return $"{definition}<{string.Join(", ", arguments)}>";
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

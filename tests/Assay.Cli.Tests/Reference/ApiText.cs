using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace Assay.Cli.Tests.Reference;

/// <summary>Signatures as C#, and XML documentation as Markdown.</summary>
internal sealed partial class ApiText(ApiModel model)
{
    private const int LongSignature = 110;

    private static readonly SymbolDisplayFormat Format = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypes,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeTypeConstraints,
        memberOptions: SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeType
            | SymbolDisplayMemberOptions.IncludeRef | SymbolDisplayMemberOptions.IncludeModifiers
            | SymbolDisplayMemberOptions.IncludeConstantValue,
        delegateStyle: SymbolDisplayDelegateStyle.NameAndSignature,
        extensionMethodStyle: SymbolDisplayExtensionMethodStyle.StaticMethod,
        parameterOptions: SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName
            | SymbolDisplayParameterOptions.IncludeDefaultValue | SymbolDisplayParameterOptions.IncludeParamsRefOut
            | SymbolDisplayParameterOptions.IncludeExtensionThis,
        propertyStyle: SymbolDisplayPropertyStyle.ShowReadWriteDescriptor,
        kindOptions: SymbolDisplayKindOptions.IncludeTypeKeyword,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes
            | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier
            | SymbolDisplayMiscellaneousOptions.CollapseTupleTypes | SymbolDisplayMiscellaneousOptions.AllowDefaultLiteral);

    private static readonly SymbolDisplayFormat NameFormat = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypes,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes);

    /// <summary>As in <c>Space&lt;T&gt;</c>.</summary>
    public static string Name(ISymbol type) => type.ToDisplayString(NameFormat);

    /// <summary>The place of a type, seen from the pages.</summary>
    public string? Address(ISymbol? type) =>
        model.AreaOf(type) is { } area
            ? $"{area.File}.md#{NoAnchor().Replace(Name(type!).ToLowerInvariant().Replace(' ', '-'), "")}" : null;

    public static string Signature(ISymbol symbol)
    {
        string text = symbol.ToDisplayString(Format);
        int open = text.IndexOf('(', StringComparison.Ordinal);
        if (text.Length <= LongSignature || symbol is not IMethodSymbol { Parameters.Length: > 0 } method) return text;
        string close = text[text.LastIndexOf(')')..];
        return $"{text[..open]}(\n    {string.Join(",\n    ", method.Parameters.Select(p => p.ToDisplayString(Format)))}{close}";
    }

    public static string Signature(INamedTypeSymbol type)
    {
        string modifiers = type switch
        {
            { TypeKind: not TypeKind.Class } => type.IsReadOnly ? "readonly " : "",
            { IsStatic: true } => "static ",
            { IsAbstract: true } => "abstract ",
            _ => type.IsSealed ? "sealed " : "",
        };
        IEnumerable<INamedTypeSymbol> implemented = type.Interfaces.Where(
            i => i.Name != "IEquatable" && !type.Interfaces.Any(other => other.AllInterfaces.Contains(i, SymbolEqualityComparer.Default)));
        string[] bases =
        [
            .. type.BaseType is { SpecialType: SpecialType.None } parent && type.TypeKind == TypeKind.Class ? [Name(parent)] : (string[])[],
            .. implemented.Select(Name),
        ];
        return modifiers + type.ToDisplayString(Format) + (bases.Length > 0 ? $" : {string.Join(", ", bases)}" : "");
    }

    /// <summary>An element of the documentation on one line, its paragraphs apart; empty for null.</summary>
    public string Markdown(XElement? element) => element is null ? "" : string.Join(
        "\n\n", string.Concat(element.Nodes().Select(Markdown)).Split("\n\n").Select(part => part.Trim(' ')).Where(part => part != ""));

    private string Markdown(XNode node) => node switch
    {
        XText text => MarkedUp().Replace(Spaces().Replace(text.Value, " "), @"\$0"),
        XElement { Name.LocalName: "see" or "seealso" } see => Link(see),
        XElement { Name.LocalName: "paramref" or "typeparamref" } name => $"`{name.Attribute("name")!.Value}`",
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "i" } words => $"*{words.Value}*",
        XElement { Name.LocalName: "br" } => "\n\n",
        XElement { Name.LocalName: "para" } inner => $"\n\n{Markdown(inner)}\n\n",
        XElement { Name.LocalName: "code" } code => $"\n\n```csharp\n{Unindented(code.Value)}\n```\n\n",
        XElement other => throw new NotSupportedException($"<{other.Name}> in the documentation; give it a line here."),
        _ => "",
    };

    /// <summary>What an element refers to, with a link where it has a page.</summary>
    public string Link(XElement see)
    {
        if (see.Attribute("langword") is { } word) return $"`{word.Value}`";
        string cref = see.Attribute("cref")!.Value;
        if (model.Find(cref) is not { } symbol) return $"`{cref[2..]}`";
        string text = $"`{(symbol is INamedTypeSymbol ? Name(symbol) : $"{symbol.ContainingType.Name}.{symbol.Name}")}`";
        return Address(symbol as INamedTypeSymbol ?? symbol.ContainingType) is { } target ? $"[{text}]({target})" : text;
    }

    private static string Unindented(string code)
    {
        string[] lines = code.Trim('\n', '\r').TrimEnd().Split('\n');
        int indent = lines.Where(line => line.Trim() != "").Min(line => line.Length - line.TrimStart().Length);
        return string.Join('\n', lines.Select(line => line[Math.Min(indent, line.Length)..]));
    }

    [GeneratedRegex("[^a-z0-9-]")]
    private static partial Regex NoAnchor();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"[\\`*<\[\]]")]
    private static partial Regex MarkedUp();
}

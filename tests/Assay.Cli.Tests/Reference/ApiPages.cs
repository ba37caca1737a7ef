using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace Assay.Cli.Tests.Reference;

/// <summary>The C# reference as Markdown: a page for each area, and an index of all types.</summary>
internal sealed class ApiPages
{
    private const string Made = "<!-- Made from the XML documentation of the packages by ApiReferenceTests. -->";

    private readonly ApiModel _model = new();
    private readonly ApiText _text;

    public ApiPages() => _text = new ApiText(_model);

    /// <summary>File names and contents.</summary>
    public IEnumerable<(string Name, string Text)> All()
    {
        ApiArea[] areas = [.. ApiArea.All.Where(area => _model.TypesOn(area).Any())];
        yield return ("README.md", Blocks([Made, "# C# reference", Introduction, .. areas.SelectMany(Index)]) + "\n");
        foreach (ApiArea area in areas)
        {
            string head = $"{area.Intro} [All types](README.md).";
            yield return ($"{area.File}.md", Blocks([Made, $"# {area.Title}", head, .. _model.TypesOn(area).SelectMany(Section)]) + "\n");
        }
    }

    private static string Introduction =>
        "The types that programs of users need. `using Assay;` makes them known, except where a namespace is given.";

    private IEnumerable<string> Index(ApiArea area) =>
    [
        $"## [{area.Title}]({area.File}.md)",
        area.Intro,
        Lines(_model.TypesOn(area).Select(type => $"- [`{ApiText.Name(type)}`]({_text.Address(type)}) {FirstSentence(type)}")),
    ];

    private IEnumerable<string> Section(INamedTypeSymbol type)
    {
        string space = type.ContainingNamespace.ToDisplayString();
        // What the compiler makes, of records above all, has no documentation; everything else public must have some.
        ISymbol[] members =
        [
            .. type.GetMembers().Where(member => member is not INamedTypeSymbol and not IMethodSymbol { AssociatedSymbol: not null }
                && member.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal
                && _model.TextOf(member) is not null),
        ];
        string[] values = [.. members.Where(member => member is not IMethodSymbol).Select(Value)];
        return
        [
            $"## `{ApiText.Name(type)}`",
            Part(type, "summary"),
            Code((space == "Assay" ? "" : $"namespace {space};\n") + ApiText.Signature(type)),
            Part(type, "remarks"),
            Part(type, "example"),
            .. type.TypeKind == TypeKind.Delegate ? [] : (string[])[Lines(values), .. Methods(members.OfType<IMethodSymbol>())],
        ];
    }

    /// <summary>A property, a field or an event on one line.</summary>
    private string Value(ISymbol member) =>
        $"- `{ApiText.Signature(member)}`: {OnOneLine([Part(member, "summary"), Part(member, "remarks"), .. Throws(member)])}";

    /// <summary>Overloads of one meaning stand together.</summary>
    private IEnumerable<string> Methods(IEnumerable<IMethodSymbol> methods) =>
        from method in methods
        group ApiText.Signature(method) by Details(method) into overloads
        from block in new[] { Code(Lines(overloads)), overloads.Key }
        select block;

    private string Details(IMethodSymbol method)
    {
        XElement xml = _model.TextOf(method)!;
        // The parameters of a record are its properties, which say the same.
        if (method.MethodKind == MethodKind.Constructor && Part(method, "summary") == Part(method.ContainingType, "summary")) return "";
        var parameters = xml.Elements().Where(e => e.Name.LocalName is "param" or "typeparam" && e.Value != "").Select(
            e => $"- `{e.Attribute("name")!.Value}`: {OnOneLine([_text.Markdown(e)])}");
        var returns = xml.Elements("returns").Select(e => $"- Returns: {OnOneLine([_text.Markdown(e)])}");
        return Blocks(
        [
            Part(method, "summary"), Part(method, "remarks"), Part(method, "example"),
            Lines([.. parameters, .. returns, .. Throws(method).Select(text => "- " + text)]),
        ]);
    }

    private IEnumerable<string> Throws(ISymbol member) =>
        from exception in _model.TextOf(member)!.Elements("exception")
        select $"Throws {_text.Link(exception)}: {OnOneLine([_text.Markdown(exception)])}";

    private string Part(ISymbol symbol, string part) => _text.Markdown(_model.TextOf(symbol)?.Element(part));

    private string FirstSentence(ISymbol type) => OnOneLine([Part(type, "summary")]).Split(". ")[0].TrimEnd('.') + ".";

    private static string Code(string text) => $"```csharp\n{text}\n```";

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines);

    private static string Blocks(IEnumerable<string> blocks) => string.Join("\n\n", blocks.Where(block => block != ""));

    private static string OnOneLine(IEnumerable<string> texts) =>
        string.Join(' ', texts.Where(text => text != "").Select(text => text.Replace("\n\n", " ", StringComparison.Ordinal)));
}

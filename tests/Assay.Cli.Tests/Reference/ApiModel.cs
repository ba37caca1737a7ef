using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Assay.Cli.Tests.Reference;

/// <summary>The public types of the packages, each with its page, and what the XML documentation says of them.</summary>
internal sealed class ApiModel
{
    private readonly Compilation _compilation;
    private readonly Dictionary<string, XElement> _texts = [];
    private readonly Dictionary<ISymbol, ApiArea> _areas = new(SymbolEqualityComparer.Default);

    public ApiModel()
    {
        // Everything this program runs with: the packages, what they refer to, the runtime.
        string[] paths = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        _compilation = CSharpCompilation.Create("reference", references: paths.Select(path => MetadataReference.CreateFromFile(path)));
        foreach (IAssemblySymbol assembly in _compilation.SourceModule.ReferencedAssemblySymbols)
        {
            if (ApiArea.All.FirstOrDefault(area => area.Packages.Contains(assembly.Name)) is not { } package) continue;
            var documentation = XDocument.Load(Path.Combine(AppContext.BaseDirectory, assembly.Name + ".xml"));
            foreach (XElement member in documentation.Descendants("member")) _texts.TryAdd(member.Attribute("name")!.Value, member);
            foreach (INamedTypeSymbol type in TypesOf(assembly.GlobalNamespace))
            {
                ApiArea? named = ApiArea.All.FirstOrDefault(area => area.Types.Contains(type.Name));
                if (named is null && ApiArea.Inner.Contains(type.ContainingNamespace.ToDisplayString())) continue;
                _areas.Add(type, named ?? package);
            }
        }
    }

    /// <summary>The types of a page: those it names in its order, then the others by name.</summary>
    public IEnumerable<INamedTypeSymbol> TypesOn(ApiArea area) =>
        from entry in _areas
        let type = (INamedTypeSymbol)entry.Key
        where entry.Value == area
        let named = Array.IndexOf(area.Types, type.Name)
        orderby named < 0 ? int.MaxValue : named, type.Name, type.Arity
        select type;

    public ApiArea? AreaOf(ISymbol? type) => type is null ? null : _areas.GetValueOrDefault(type.OriginalDefinition);

    public ISymbol? Find(string cref) => DocumentationCommentId.GetFirstSymbolForDeclarationId(cref, _compilation);

    /// <summary>What is written about a symbol, or about the one it inherits its text from; null where nothing is.</summary>
    public XElement? TextOf(ISymbol symbol)
    {
        if (_texts.GetValueOrDefault(symbol.OriginalDefinition.GetDocumentationCommentId() ?? "") is not { } text) return null;
        if (text.Element("inheritdoc") is not { } inherited) return text;
        ISymbol? source = inherited.Attribute("cref") is { } cref ? Find(cref.Value) : Base(symbol);
        return source is null ? null : TextOf(source);
    }

    private static ISymbol? Base(ISymbol symbol) => symbol switch
    {
        INamedTypeSymbol type => type.BaseType,
        IMethodSymbol { OverriddenMethod: { } method } => method,
        IPropertySymbol { OverriddenProperty: { } property } => property,
        _ => symbol.ContainingType.AllInterfaces.SelectMany(type => type.GetMembers(symbol.Name)).FirstOrDefault(
            member => SymbolEqualityComparer.Default.Equals(symbol.ContainingType.FindImplementationForInterfaceMember(member), symbol)),
    };

    private static IEnumerable<INamedTypeSymbol> TypesOf(INamespaceOrTypeSymbol parent) =>
        parent.GetMembers().SelectMany(member => member switch
        {
            INamespaceSymbol inner => TypesOf(inner),
            INamedTypeSymbol { DeclaredAccessibility: Accessibility.Public } type => TypesOf(type).Prepend(type),
            _ => [],
        });
}

using System.Reflection;
using PublicApiGenerator;

namespace Assay.Cli.Tests.Architecture;

/// <summary>
/// The public surface of each package is a text that a reviewer reads: <c>Approved/NAME.approved.txt</c>. A change of it is deliberate.
/// </summary>
[Trait("Category", "Quick")]
public class PublicApiTests
{
    private static readonly ApiGeneratorOptions Options = new()
    {
        IncludeAssemblyAttributes = false,
        ExcludeAttributes = [
            "System.Runtime.CompilerServices.CompilerGeneratedAttribute", "System.CodeDom.Compiler.GeneratedCodeAttribute"],
    };

    public static TheoryData<string> Packages =>
        [.. Directory.GetDirectories(Repository.File("src")).Select(d => Path.GetFileName(d)).Where(name => name != "Assay.Cli")];

    [Theory]
    [MemberData(nameof(Packages))]
    public void The_public_api_of_a_package_is_the_approved_one(string package) =>
        Approved.Matches(package, Assembly.Load(package).GeneratePublicApi(Options) + "\n");
}

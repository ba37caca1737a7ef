using System.Reflection;

namespace Assay.Tests.Architecture;

[Trait("Category", "Quick")]
public class PublicTypeTests
{
    private static readonly Type[] Public = typeof(Experiment).Assembly.GetExportedTypes();

    // The root of a hierarchy: users catch it, and write none of their own below it by accident.
    private static readonly Type[] Open = [typeof(AssayException), typeof(RunErrorException)];

    [Fact]
    public void Public_classes_are_sealed_unless_they_are_made_to_be_derived_from() => Assert.Empty(
        Public.Where(t => t is { IsClass: true, IsSealed: false, IsAbstract: false }).Except(Open).Select(t => t.FullName));

    [Fact]
    public void Abstract_classes_cannot_be_derived_from_outside() => Assert.Empty(
        Public.Where(t => t is { IsClass: true, IsAbstract: true, IsSealed: false })
            .Where(t => t.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Any(c => c.IsPublic || c.IsFamily || c.IsFamilyOrAssembly)
                && !t.GetConstructors(BindingFlags.Instance | BindingFlags.NonPublic).Any(c => c.IsFamilyAndAssembly))
            .Select(t => t.FullName));

    [Fact]
    public void No_public_type_has_a_field_that_can_be_set() => Assert.Empty(
        from type in Public
        where !type.IsEnum
        from field in type.GetFields(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly)
        where field is { IsInitOnly: false, IsLiteral: false }
        select $"{type.FullName}.{field.Name}");

    [Fact]
    public void Options_can_be_set_only_when_they_are_made() => Assert.Empty(
        from property in typeof(RunOptions).GetProperties().Concat(typeof(RetryPolicy).GetProperties())
        where property.SetMethod is { IsPublic: true } setter
            && !setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(System.Runtime.CompilerServices.IsExternalInit))
        select property.Name);

    [Fact]
    public void Everything_public_of_the_core_stands_in_one_namespace() =>
        Assert.Equal(["Assay"], Public.Select(t => t.Namespace).Distinct());
}

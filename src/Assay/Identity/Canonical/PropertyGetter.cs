using System.Reflection;
using System.Runtime.CompilerServices;

namespace Assay;

/// <summary>Compiles property getters to delegates, because members are read once per run and reflection is slow.</summary>
internal static class PropertyGetter
{
    private delegate TValue StructGetter<TOwner, TValue>(ref TOwner owner);

    public static Func<object, object?> Compile(PropertyInfo property)
    {
        MethodInfo getter = property.GetMethod!;
        Type owner = property.DeclaringType!;
        string factory = owner.IsValueType ? nameof(OfStruct) : nameof(OfClass);
        return (Func<object, object?>)typeof(PropertyGetter)
            .GetMethod(factory, BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(owner, property.PropertyType)
            .Invoke(null, [getter])!;
    }

    private static Func<object, object?> OfClass<TOwner, TValue>(MethodInfo getter) where TOwner : class
    {
        Func<TOwner, TValue> typed = getter.CreateDelegate<Func<TOwner, TValue>>();
        return owner => typed(Unsafe.As<TOwner>(owner));
    }

    private static Func<object, object?> OfStruct<TOwner, TValue>(MethodInfo getter) where TOwner : struct
    {
        StructGetter<TOwner, TValue> typed = getter.CreateDelegate<StructGetter<TOwner, TValue>>();
        return owner => typed(ref Unsafe.Unbox<TOwner>(owner));
    }
}

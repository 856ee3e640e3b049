using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DuckDB.NET.Data;
using DuckDB.NET.Native;
using Stedi.DevStack.Aws.Athena.Translation;

namespace Stedi.DevStack.Aws.Athena.Engine;

/// <summary>
/// Registers scalar functions that work on DuckDB's vectors without a copy or an object per value. They see NULLs, and
/// return an error, which fails the query (inside TRY the row is NULL), or null.
/// </summary>
internal static unsafe partial class NativeFunction
{
    private const int AnyType = 34;

    /// <summary>Registers a function of a text and a constant whose result is a row of <see cref="PickedFieldsResult"/>.</summary>
    public static void RegisterPicker(DuckDBConnection connection, string name, int slots, Func<NativeCall, string?> evaluate)
    {
        var (names, types) = (new List<string> { JsonPickFields.Count }, new List<nint> { TypeOf(NativeType.Bigint) });
        for (var slot = 0; slot < slots; slot++)
        {
            names.AddRange([JsonPickFields.Scalar(slot), JsonPickFields.IsText(slot), JsonPickFields.Other(slot)]);
            types.AddRange([TypeOf(NativeType.Text), TypeOf(NativeType.Boolean), TypeOf(NativeType.Json)]);
        }

        var row = duckdb_create_struct_type([.. types], [.. names], (ulong)types.Count);
        foreach (var type in types)
        {
            Use(type, _ => { });
        }

        Register(connection, name, [TypeOf(NativeType.Text), TypeOf(NativeType.Text)], row, evaluate);
    }

    /// <param name="connection">The connection whose DuckDB gets the function.</param>
    /// <param name="name">The function's name.</param>
    /// <param name="parameters">Types of the parameters; empty for any number of any type.</param>
    /// <param name="result">The type of the result.</param>
    /// <param name="evaluate">Evaluates one chunk of rows. Called by several threads at once.</param>
    public static void Register(DuckDBConnection connection, string name, NativeType[] parameters, NativeType result, Func<NativeCall, string?> evaluate) =>
        Register(connection, name, [.. parameters.Select(TypeOf)], TypeOf(result), evaluate);

    // Frees the types.
    private static void Register(DuckDBConnection connection, string name, nint[] parameters, nint result, Func<NativeCall, string?> evaluate)
    {
        var function = NativeMethods.ScalarFunction.DuckDBCreateScalarFunction();
        NativeMethods.ScalarFunction.DuckDBScalarFunctionSetName(function, name);
        NativeMethods.ScalarFunction.DuckDBScalarFunctionSetSpecialHandling(function);
        foreach (var parameter in parameters)
        {
            Use(parameter, type => duckdb_scalar_function_add_parameter(function, type));
        }

        if (parameters.Length == 0)
        {
            Use(duckdb_create_logical_type(AnyType), type => duckdb_scalar_function_set_varargs(function, type));
        }

        Use(result, type => duckdb_scalar_function_set_return_type(function, type));
        var handle = GCHandle.ToIntPtr(GCHandle.Alloc(evaluate));
        duckdb_scalar_function_set_extra_info(function, handle, &Free);
        duckdb_scalar_function_set_function(function, &Evaluate);
        var state = NativeMethods.ScalarFunction.DuckDBRegisterScalarFunction(connection.NativeConnection, function);
        NativeMethods.ScalarFunction.DuckDBDestroyScalarFunction(ref function);
        if (state != DuckDBState.Success)
        {
            throw new InvalidOperationException($"DuckDB refused to register the function {name}");
        }
    }

    private static nint TypeOf(NativeType type)
    {
        switch (type)
        {
            case NativeType.Json:
                var json = duckdb_create_logical_type((int)DuckDBType.Varchar);
                duckdb_logical_type_set_alias(json, "JSON");
                return json;
            case NativeType.Any:
                return duckdb_create_logical_type(AnyType);
            case NativeType.JsonMap:
                var (key, value) = (TypeOf(NativeType.Text), TypeOf(NativeType.Json));
                var map = duckdb_create_map_type(key, value);
                duckdb_destroy_logical_type(ref key);
                duckdb_destroy_logical_type(ref value);
                return map;
            default:
                return duckdb_create_logical_type((int)(type switch
                {
                    NativeType.Text => DuckDBType.Varchar,
                    NativeType.Binary => DuckDBType.Blob,
                    NativeType.Bigint => DuckDBType.BigInt,
                    NativeType.Double => DuckDBType.Double,
                    NativeType.Real => DuckDBType.Float,
                    NativeType.Boolean => DuckDBType.Boolean,
                    _ => throw new ArgumentOutOfRangeException(nameof(type)),
                }));
        }
    }

    private static void Use(nint type, Action<nint> use)
    {
        use(type);
        duckdb_destroy_logical_type(ref type);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Evaluate(nint info, nint chunk, nint result)
    {
        try
        {
            var evaluate = (Func<NativeCall, string?>)GCHandle.FromIntPtr(NativeMethods.ScalarFunction.DuckDBScalarFunctionGetExtraInfo(info)).Target!;
            if (evaluate(new NativeCall(chunk, result)) is { } error)
            {
                NativeMethods.ScalarFunction.DuckDBScalarFunctionSetError(info, error);
            }
        }
#pragma warning disable CA1031 // An exception must not leave a callback of native code.
        catch (Exception e)
#pragma warning restore CA1031
        {
            NativeMethods.ScalarFunction.DuckDBScalarFunctionSetError(info, e.Message);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Free(nint handle) => GCHandle.FromIntPtr(handle).Free();

    [LibraryImport("duckdb")]
    private static partial nint duckdb_create_logical_type(int type);

    [LibraryImport("duckdb")]
    private static partial nint duckdb_create_map_type(nint key, nint value);

    [LibraryImport("duckdb", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint duckdb_create_struct_type(nint[] types, string[] names, ulong count);

    [LibraryImport("duckdb", StringMarshalling = StringMarshalling.Utf8)]
    private static partial void duckdb_logical_type_set_alias(nint type, string alias);

    [LibraryImport("duckdb")]
    private static partial void duckdb_destroy_logical_type(ref nint type);

    [LibraryImport("duckdb")]
    private static partial void duckdb_scalar_function_add_parameter(nint function, nint type);

    [LibraryImport("duckdb")]
    private static partial void duckdb_scalar_function_set_varargs(nint function, nint type);

    [LibraryImport("duckdb")]
    private static partial void duckdb_scalar_function_set_return_type(nint function, nint type);

    [LibraryImport("duckdb")]
    private static partial void duckdb_scalar_function_set_extra_info(nint function, nint info, delegate* unmanaged[Cdecl]<nint, void> free);

    [LibraryImport("duckdb")]
    private static partial void duckdb_scalar_function_set_function(nint function, delegate* unmanaged[Cdecl]<nint, nint, nint, void> evaluate);
}

/// <summary>Types of parameters and results of a <see cref="NativeFunction"/>.</summary>
internal enum NativeType
{
    Text,
    Binary,
    Json,
    Bigint,
    Double,
    Real,
    Boolean,

    /// <summary>Any type, for a parameter whose vector is read without its elements.</summary>
    Any,

    /// <summary>MAP(VARCHAR, JSON)</summary>
    JsonMap,
}

/// <summary>One call of a function: the vectors of its arguments and of its result.</summary>
internal readonly struct NativeCall(nint chunk, nint result)
{
    public int Rows { get; } = NativeVector.ChunkSize(chunk);

    public TextVector Text(int argument) => new(Vector(argument));

    public ValueVector<T> Values<T>(int argument)
        where T : unmanaged => new(Vector(argument));

    public JsonMapVector Maps(int argument) => new(Vector(argument));

    public NativeTextResult TextResult() => new(result);

    public ValueResult<T> ValueResult<T>()
        where T : unmanaged => new(result);

    public JsonMapResult MapResult() => new(result);

    public PickedFieldsResult FieldsResult(int slots) => new(result, slots, Rows);

    private nint Vector(int argument) => NativeVector.OfChunk(chunk, argument);
}

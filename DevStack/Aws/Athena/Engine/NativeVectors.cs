using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Stedi.DevStack.Aws.Athena.Engine;

/// <summary>DuckDB's 16 bytes for a text: its length, then up to 12 bytes of it, or 4 bytes and a pointer to all of it.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal unsafe struct NativeText
{
    public const int MaxInlined = 12;

    [FieldOffset(0)]
    public uint Length;

    [FieldOffset(0)]
    public ulong First;

    [FieldOffset(8)]
    public ulong Last;

    [FieldOffset(8)]
    public byte* Pointer;

    /// <summary>The bytes, which stay valid as long as this place in memory does.</summary>
    public static ReadOnlySpan<byte> Bytes(NativeText* text) =>
        new(text->Length <= MaxInlined ? (byte*)text + 4 : text->Pointer, (int)text->Length);
}

/// <summary>Values of an argument of a fixed size.</summary>
internal readonly unsafe struct ValueVector<T>(nint vector)
    where T : unmanaged
{
    private readonly T* _data = (T*)NativeVector.Data(vector);
    private readonly ulong* _validity = NativeVector.Validity(vector);

    public T this[int row] => _data[row];

    public bool IsNull(int row) => NativeVector.IsNull(_validity, row);
}

/// <summary>Texts, JSON or binary values of an argument.</summary>
internal readonly unsafe struct TextVector(nint vector)
{
    private readonly NativeText* _data = (NativeText*)NativeVector.Data(vector);
    private readonly ulong* _validity = NativeVector.Validity(vector);

    public ReadOnlySpan<byte> this[int row] => NativeText.Bytes(_data + row);

    public bool IsNull(int row) => NativeVector.IsNull(_validity, row);
}

/// <summary>Maps from text to JSON of an argument.</summary>
internal readonly unsafe struct JsonMapVector
{
    private readonly ListEntry* _entries;
    private readonly ulong* _validity;
    private readonly NativeText* _keys;
    private readonly TextVector _values;

    public JsonMapVector(nint vector)
    {
        var entry = NativeVector.duckdb_list_vector_get_child(vector);
        _entries = (ListEntry*)NativeVector.Data(vector);
        _validity = NativeVector.Validity(vector);
        _keys = (NativeText*)NativeVector.Data(NativeVector.duckdb_struct_vector_get_child(entry, 0));
        _values = new TextVector(NativeVector.duckdb_struct_vector_get_child(entry, 1));
    }

    /// <summary>Finds the value of a key.</summary>
    public bool TryGet(int row, ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (NativeVector.IsNull(_validity, row))
        {
            return false;
        }

        var (first, length) = ((int)_entries[row].Offset, (int)_entries[row].Length);
        for (var i = first; i < first + length; i++)
        {
            if (_keys[i].Length == key.Length && NativeText.Bytes(_keys + i).SequenceEqual(key))
            {
                value = _values[i];
                return !_values.IsNull(i);
            }
        }

        return false;
    }
}

/// <summary>Writes a function's results of a fixed size.</summary>
internal readonly unsafe struct ValueResult<T>(nint vector)
    where T : unmanaged
{
    private readonly T* _data = (T*)NativeVector.Data(vector);

    public void Write(int row, T value) => _data[row] = value;

    public void WriteNull(int row) => NativeVector.SetNull(vector, row);
}

/// <summary>Writes a function's texts, which are copied.</summary>
internal readonly unsafe struct NativeTextResult(nint vector)
{
    private readonly NativeText* _data = (NativeText*)NativeVector.Data(vector);

    public void Write(int row, ReadOnlySpan<byte> text) => NativeVector.Assign(vector, _data, row, text);

    public void WriteNull(int row) => NativeVector.SetNull(vector, row);
}

/// <summary>Writes a function's maps row by row: entries first, then <see cref="EndRow"/>.</summary>
internal unsafe struct JsonMapResult
{
    private readonly nint _vector;
    private readonly ListEntry* _entries;
    private nint _keyVector;
    private nint _valueVector;
    private NativeText* _keys;
    private NativeText* _values;
    private int _capacity;
    private int _start;
    private int _count;

    public JsonMapResult(nint vector)
    {
        _vector = vector;
        _entries = (ListEntry*)NativeVector.Data(vector);
        Reserve(2048);
    }

    public void Add(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (_count == _capacity)
        {
            Reserve(_capacity * 2);
        }

        NativeVector.Assign(_keyVector, _keys, _count, key);
        NativeVector.Assign(_valueVector, _values, _count, value);
        _count++;
    }

    public void EndRow(int row)
    {
        _entries[row] = new ListEntry { Offset = (ulong)_start, Length = (ulong)(_count - _start) };
        _start = _count;
    }

    /// <summary>Makes the row NULL and forgets entries that were added for it.</summary>
    public void WriteNull(int row)
    {
        _count = _start;
        _entries[row] = new ListEntry { Offset = (ulong)_start, Length = 0 };
        NativeVector.SetNull(_vector, row);
    }

    /// <summary>Must be called after the last row.</summary>
    public readonly void End() => NativeVector.SetSize(_vector, _count);

    private void Reserve(int capacity)
    {
        NativeVector.Reserve(_vector, _count, capacity);
        var entry = NativeVector.duckdb_list_vector_get_child(_vector);
        _keyVector = NativeVector.duckdb_struct_vector_get_child(entry, 0);
        _valueVector = NativeVector.duckdb_struct_vector_get_child(entry, 1);
        _keys = (NativeText*)NativeVector.Data(_keyVector);
        _values = (NativeText*)NativeVector.Data(_valueVector);
        _capacity = capacity;
    }
}

/// <summary>
/// Writes rows of picked JSON members: their number, then for each key a scalar's text, whether it is text, and the JSON of a value
/// that is no scalar. All are NULL until they are written.
/// </summary>
internal readonly unsafe struct PickedFieldsResult
{
    private readonly nint _vector;
    private readonly Field[] _fields;

    public PickedFieldsResult(nint vector, int slots, int rows)
    {
        _vector = vector;
        _fields = new Field[1 + (3 * slots)];
        for (var i = 0; i < _fields.Length; i++)
        {
            var child = NativeVector.duckdb_struct_vector_get_child(vector, (ulong)i);
            _fields[i] = new Field { Vector = child, Data = NativeVector.Data(child), Validity = NativeVector.WritableValidity(child) };
            new Span<ulong>(_fields[i].Validity, (rows + 63) / 64).Clear();
        }
    }

    public void WriteNull(int row) => NativeVector.SetNull(_vector, row);

    public void WriteCount(int row, int count)
    {
        ((long*)_fields[0].Data)[row] = count;
        SetValid(_fields[0], row);
    }

    public void WriteScalar(int row, int slot, ReadOnlySpan<byte> text, bool isText)
    {
        ref var scalar = ref _fields[1 + (3 * slot)];
        NativeVector.Assign(scalar.Vector, (NativeText*)scalar.Data, row, text);
        SetValid(scalar, row);
        ref var kind = ref _fields[2 + (3 * slot)];
        ((bool*)kind.Data)[row] = isText;
        SetValid(kind, row);
    }

    public void WriteOther(int row, int slot, ReadOnlySpan<byte> json)
    {
        ref var other = ref _fields[3 + (3 * slot)];
        NativeVector.Assign(other.Vector, (NativeText*)other.Data, row, json);
        SetValid(other, row);
    }

    private static void SetValid(in Field field, int row) => field.Validity[row >> 6] |= 1UL << (row & 63);

    private struct Field
    {
        public nint Vector;
        public void* Data;
        public ulong* Validity;
    }
}

/// <summary>Where the elements of a list or map are among those of all rows.</summary>
internal struct ListEntry
{
    public ulong Offset;
    public ulong Length;
}

/// <summary>DuckDB's functions for vectors.</summary>
internal static unsafe partial class NativeVector
{
    public static int ChunkSize(nint chunk) => (int)duckdb_data_chunk_get_size(chunk);

    public static nint OfChunk(nint chunk, int column) => duckdb_data_chunk_get_vector(chunk, (ulong)column);

    /// <summary>Makes room for elements of a list or map, of which the first <paramref name="used"/> are in use.</summary>
    public static void Reserve(nint list, int used, int capacity)
    {
        SetSize(list, used);
        if (duckdb_list_vector_reserve(list, (ulong)capacity) != 0)
        {
            throw new InvalidOperationException("DuckDB refused memory for a list");
        }
    }

    public static void SetSize(nint list, int size)
    {
        if (duckdb_list_vector_set_size(list, (ulong)size) != 0)
        {
            throw new InvalidOperationException("DuckDB refused the size of a list");
        }
    }

    public static void* Data(nint vector) => duckdb_vector_get_data(vector);

    public static ulong* Validity(nint vector) => duckdb_vector_get_validity(vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsNull(ulong* validity, int row) => validity != null && (validity[row >> 6] & (1UL << (row & 63))) == 0;

    public static ulong* WritableValidity(nint vector)
    {
        duckdb_vector_ensure_validity_writable(vector);
        return duckdb_vector_get_validity(vector);
    }

    public static void SetNull(nint vector, int row)
    {
        duckdb_vector_ensure_validity_writable(vector);
        duckdb_vector_get_validity(vector)[row >> 6] &= ~(1UL << (row & 63));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Assign(nint vector, NativeText* data, int row, ReadOnlySpan<byte> text)
    {
        if (text.Length > NativeText.MaxInlined)
        {
            fixed (byte* bytes = text)
            {
                duckdb_unsafe_vector_assign_string_element_len(vector, (ulong)row, bytes, (ulong)text.Length);
            }

            return;
        }

        var value = default(NativeText);
        value.Length = (uint)text.Length;
        text.CopyTo(new Span<byte>((byte*)&value + 4, NativeText.MaxInlined));
        data[row] = value;
    }

    [LibraryImport("duckdb")]
    public static partial nint duckdb_list_vector_get_child(nint vector);

    [LibraryImport("duckdb")]
    public static partial nint duckdb_struct_vector_get_child(nint vector, ulong index);

    [LibraryImport("duckdb")]
    private static partial int duckdb_list_vector_reserve(nint vector, ulong capacity);

    [LibraryImport("duckdb")]
    private static partial int duckdb_list_vector_set_size(nint vector, ulong size);

    [LibraryImport("duckdb")]
    private static partial ulong duckdb_data_chunk_get_size(nint chunk);

    [LibraryImport("duckdb")]
    private static partial nint duckdb_data_chunk_get_vector(nint chunk, ulong column);

    [LibraryImport("duckdb")]
    private static partial void* duckdb_vector_get_data(nint vector);

    [LibraryImport("duckdb")]
    private static partial ulong* duckdb_vector_get_validity(nint vector);

    [LibraryImport("duckdb")]
    private static partial void duckdb_vector_ensure_validity_writable(nint vector);

    // As short as a call of it is, the garbage collector can wait for it.
    [LibraryImport("duckdb")]
    [SuppressGCTransition]
    private static partial void duckdb_unsafe_vector_assign_string_element_len(nint vector, ulong row, byte* text, ulong length);
}

using System.Buffers.Binary;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Tests.ProviderHost;

/// <summary>Writes other versions into an assembly, as if it had been built on them or were they.</summary>
internal static class OtherVersion
{
    /// <summary>The assembly refers to the other one in this version from now on.</summary>
    public static void OfReference(string file, string name, ushort major, ushort minor) => Write(file, metadata =>
    {
        var row = metadata.AssemblyReferences.Single(r => metadata.GetString(metadata.GetAssemblyReference(r).Name) == name);
        return metadata.GetTableMetadataOffset(TableIndex.AssemblyRef)
            + (MetadataTokens.GetRowNumber(row) - 1) * metadata.GetTableRowSize(TableIndex.AssemblyRef);
    }, major, minor);

    /// <summary>The assembly itself is this version from now on.</summary>
    public static void OfAssembly(string file, ushort major, ushort minor) =>
        // behind the hash's kind
        Write(file, metadata => metadata.GetTableMetadataOffset(TableIndex.Assembly) + sizeof(uint), major, minor);

    private static void Write(string file, Func<MetadataReader, int> find, ushort major, ushort minor)
    {
        var bytes = File.ReadAllBytes(file);
        int at;
        using (var assembly = new PEReader(new MemoryStream(bytes)))
            at = assembly.PEHeaders.MetadataStartOffset + find(assembly.GetMetadataReader());
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(at), major);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(at + 2), minor);
        File.WriteAllBytes(file, bytes);
    }
}

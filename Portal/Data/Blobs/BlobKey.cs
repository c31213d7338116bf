using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Portal.Data.Blobs;

/// <summary>Names in the store: random, and the same in a folder, in a bucket and in an address.</summary>
public static partial class BlobKey
{
    public const int Length = 32;

    public static string New() => RandomNumberGenerator.GetHexString(Length, lowercase: true);

    /// <summary>What else lies in the folder or in the bucket is none of ours.</summary>
    public static bool IsOne(string name) => Shape().IsMatch(name);

    internal static string Checked(string key) => IsOne(key) ? key : throw new ArgumentException("This is no key.", nameof(key));

    [GeneratedRegex(@"^[0-9a-f]{32}\z")]
    private static partial Regex Shape();
}

using System.Security.Cryptography;
using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;

namespace Portal.Mail.Dkim;

/// <summary>MimeKit's signer with the time of the mail, and the system's RSA.</summary>
internal sealed class DatedSigner(DkimKey key, DkimOptions options, DateTimeOffset date)
    : DkimSigner(key.Parameter, options.Domain, options.Selector, key.Algorithm)
{
    private readonly DkimKey _key = key;

    protected override long GetTimestamp() => date.ToUnixTimeSeconds();

    protected override ISigner CreateSigningContext() => _key.IsRsa ? new RsaSha256(_key) : base.CreateSigningContext();

    /// <summary>As MimeKit wants it: it only ever signs.</summary>
    private sealed class RsaSha256(DkimKey key) : ISigner
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        public string AlgorithmName => "SHA-256withRSA";

        public void Init(bool forSigning, ICipherParameters parameters) => Reset();

        public void Update(byte input) => _hash.AppendData([input]);

        public void BlockUpdate(byte[] input, int inOff, int inLen) => _hash.AppendData(input, inOff, inLen);

        public void BlockUpdate(ReadOnlySpan<byte> input) => _hash.AppendData(input);

        public int GetMaxSignatureSize() => key.SignatureBytes;

        public byte[] GenerateSignature() => key.SignRsa(_hash.GetHashAndReset());

        public bool VerifySignature(byte[] signature) => throw new NotSupportedException();

        public void Reset() => _hash.GetHashAndReset();
    }
}

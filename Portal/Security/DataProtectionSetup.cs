using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Portal.Data;
using Portal.Settings;

namespace Portal.Security;

public static class DataProtectionSetup
{
    public static IServiceCollection AddPortalDataProtection(this IServiceCollection services)
    {
        services.AddPortalOptions<SecretsOptions>(SecretsOptions.Section);
        services.AddSingleton<MasterKey>();
        // One name for all nodes: the default is the folder that the portal runs from.
        services.AddDataProtection().SetApplicationName("Portal").PersistKeysToDbContext<PortalDbContext>();
        services.AddOptions<KeyManagementOptions>().Configure<MasterKey>((o, master) => o.XmlEncryptor = new WrapWithMasterKey(master));
        // At Debug the store writes each key's XML into the log.
        services.AddLogging(l => l.AddFilter(typeof(EntityFrameworkCoreXmlRepository<>).Namespace, LogLevel.Information));
        return services;
    }
}

/// <summary>AES-256-GCM; base64 of nonce, tag and cipher text.</summary>
internal sealed class WrapWithMasterKey(MasterKey master) : IXmlEncryptor
{
    public const int NonceLength = 12;
    public const int TagLength = 16;

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var plain = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        var wrapped = new byte[NonceLength + TagLength + plain.Length];
        RandomNumberGenerator.Fill(wrapped.AsSpan(0, NonceLength));
        using var aes = new AesGcm(master.Bytes, TagLength);
        aes.Encrypt(wrapped.AsSpan(0, NonceLength), plain, wrapped.AsSpan(NonceLength + TagLength), wrapped.AsSpan(NonceLength, TagLength));
        return new EncryptedXmlInfo(new XElement("wrapped", Convert.ToBase64String(wrapped)), typeof(UnwrapWithMasterKey));
    }
}

/// <summary>Named in the stored keys and made by the framework, hence public and with this constructor.</summary>
public sealed class UnwrapWithMasterKey(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement)
    {
        var wrapped = Convert.FromBase64String(encryptedElement.Value);
        var nonce = wrapped.AsSpan(0, WrapWithMasterKey.NonceLength);
        var tag = wrapped.AsSpan(WrapWithMasterKey.NonceLength, WrapWithMasterKey.TagLength);
        var cipher = wrapped.AsSpan(WrapWithMasterKey.NonceLength + WrapWithMasterKey.TagLength);
        var plain = new byte[cipher.Length];
        using var aes = new AesGcm(services.GetRequiredService<MasterKey>().Bytes, WrapWithMasterKey.TagLength);
        aes.Decrypt(nonce, cipher, tag, plain);
        return XElement.Parse(Encoding.UTF8.GetString(plain));
    }
}

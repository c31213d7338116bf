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
        services.AddScoped<MasterKeyRotation>();
        // One name for all nodes: the default is the folder that the portal runs from.
        services.AddDataProtection().SetApplicationName("Portal").PersistKeysToDbContext<PortalDbContext>();
        services.AddOptions<KeyManagementOptions>().Configure<MasterKey>((o, master) => o.XmlEncryptor = new WrapWithMasterKey(master));
        // At Debug the store writes each key's XML into the log.
        services.AddLogging(l => l.AddFilter(typeof(EntityFrameworkCoreXmlRepository<>).Namespace, LogLevel.Information));
        return services;
    }
}

internal sealed class WrapWithMasterKey(MasterKey master) : IXmlEncryptor
{
    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var plain = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        return new EncryptedXmlInfo(new XElement(KeyWrap.Element, KeyWrap.Close(master.Current, plain)), typeof(UnwrapWithMasterKey));
    }
}

/// <summary>Named in the stored keys and made by the framework, hence public and with this constructor.</summary>
public sealed class UnwrapWithMasterKey(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement) =>
        XElement.Parse(Encoding.UTF8.GetString(KeyWrap.Open(services.GetRequiredService<MasterKey>().All, encryptedElement.Value)));
}

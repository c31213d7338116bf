using Portal.Data;
using Portal.Mail.Delivery;
using Portal.Mail.Rendering;
using Portal.People.Accounts;
using Portal.People.Mails;
using Portal.People.Profile;
using Portal.People.SignIn;

namespace Portal.People;

public static class PeopleSetup
{
    public static IServiceCollection AddPortalPeople(this IServiceCollection services) => services
        .AddScoped<SignInService>()
        .AddScoped<SignUpService>()
        .AddScoped<EmailConfirmation>()
        .AddScoped<AccountMails>()
        .AddScoped<AccountRecipients>()
        .AddScoped<ReaderHasLeft>(s => s.GetRequiredService<AccountRecipients>().HasLeftAsync)
        .AddScoped<IMailContextSource, AccountMailContexts>()
        .AddScoped<FailureNotice>()
        .AddScoped<AccountCodes>()
        .AddScoped<PasswordService>()
        .AddScoped<AddressChange>()
        .AddScoped<AccountDeletion>()
        .AddScoped<IForgetPeople, ForgetAccounts>()
        .AddScoped<Pictures>()
        .AddSingleton<PictureLinks>()
        .AddScoped<Passkeys>()
        .AddScoped<TwoFactor>()
        .AddScoped<Devices>()
        .AddSingleton<DeviceWatch>()
        .AddScoped<ProfileService>()
        .AddScoped<AdminService>();
}

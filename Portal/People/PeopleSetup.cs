using Portal.Data;
using Portal.Mail.Delivery;
using Portal.Mail.Rendering;
using Portal.People.Accounts;
using Portal.People.Mails;
using Portal.People.Profile;
using Portal.People.Push;
using Portal.People.SignIn;
using Portal.Settings;

namespace Portal.People;

public static class PeopleSetup
{
    public static IServiceCollection AddPortalPeople(this IServiceCollection services) => services
        .AddPortalOptions<AccountOptions>(AccountOptions.Section)
        .AddSingleton<GuessLimits>()
        .AddSingleton<AskLimits>()
        .AddSingleton<LaterWork>()
        .AddHostedService(s => s.GetRequiredService<LaterWork>())
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
        .AddScoped<Guardians>()
        .AddScoped<IForgetPeople>(s => s.GetRequiredService<Guardians>())
        .AddScoped<Pictures>()
        .AddSingleton<PictureProcess>()
        .AddSingleton<PictureQueue>()
        .AddSingleton<PictureLinks>()
        .AddSingleton<PushKeys>()
        .AddScoped<PushSubscriptions>()
        .AddScoped<IForgetPeople>(s => s.GetRequiredService<PushSubscriptions>())
        .AddScoped<PushSender>()
        .AddScoped<Passkeys>()
        .AddScoped<TwoFactor>()
        .AddScoped<RecentProof>()
        .AddScoped<SecondFactorReset>()
        .AddScoped<AccountLocks>()
        .AddSingleton<Passwords>()
        .AddScoped<SecurityTrail>()
        .AddSingleton<OnceInAWhile>()
        .AddScoped<Devices>()
        .AddSingleton<DeviceWatch>()
        .AddScoped<ProfileService>()
        .AddScoped<AdminService>();
}

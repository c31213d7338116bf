using Portal.Mail.Rendering;
using Portal.Mentors;
using Portal.People.Accounts;
using Portal.People.Mails;
using Portal.People.Profile;
using Portal.People.SignIn;
using Portal.Security;

namespace Portal.People;

public static class PeopleSetup
{
    public static IServiceCollection AddPortalPeople(this IServiceCollection services) => services
        .AddScoped<SignInService>()
        .AddScoped<SignUpService>()
        .AddScoped<EmailConfirmation>()
        .AddScoped<AccountMails>()
        .AddScoped<AccountRecipients>()
        .AddScoped<IMailContextSource, AccountMailContexts>()
        .AddScoped<FailureNotice>()
        .AddScoped<AccountCodes>()
        .AddScoped<PasswordService>()
        .AddScoped<AddressChange>()
        .AddScoped<AccountDeletion>()
        .AddScoped<Pictures>()
        .AddScoped<Passkeys>()
        .AddScoped<TwoFactor>()
        .AddScoped<Devices>()
        .AddSingleton<DeviceWatch>()
        .AddScoped<BrowserSignIn>()
        .AddScoped<ProfileService>()
        .AddScoped<MentorSettings>()
        .AddScoped<MentorDirectory>()
        .AddScoped<MentorTool>()
        .AddScoped<MentorHours>()
        .AddScoped<MentorDays>()
        .AddScoped<MentorKinds>()
        .AddScoped<AdminService>();
}

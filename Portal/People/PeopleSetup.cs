namespace Portal.People;

public static class PeopleSetup
{
    public static IServiceCollection AddPortalPeople(this IServiceCollection services) => services
        .AddScoped<SignInService>()
        .AddScoped<SignUpService>()
        .AddScoped<EmailConfirmation>()
        .AddScoped<AccountMails>()
        .AddScoped<ProfileService>()
        .AddScoped<MentorSettings>()
        .AddScoped<AdminService>();
}

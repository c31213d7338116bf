using Portal.Data;
using Portal.People;
using Portal.People.Accounts;
using Portal.Settings;

namespace Portal.Mentors;

public static class MentorsSetup
{
    public static IServiceCollection AddPortalMentors(this IServiceCollection services) => services
        .AddPortalOptions<DirectoryOptions>(DirectoryOptions.Section)
        .AddScoped<MentorSettings>()
        .AddScoped<MentorDirectory>()
        .AddSingleton<SoonestMentors>()
        .AddScoped<MentorTool>()
        .AddScoped<MentorConnections>()
        .AddScoped<MentorHours>()
        .AddScoped<MentorDays>()
        .AddScoped<MentorKinds>()
        .AddScoped<FirstSteps>()
        .AddSingleton(new RoleGrant(Roles.Mentor, NewMentors.AddAsync))
        .AddScoped<IForgetPeople, ForgetMentors>();
}

using Portal.Data;
using Portal.People;
using Portal.People.Accounts;

namespace Portal.Mentors;

public static class MentorsSetup
{
    public static IServiceCollection AddPortalMentors(this IServiceCollection services) => services
        .AddScoped<MentorSettings>()
        .AddScoped<MentorDirectory>()
        .AddScoped<MentorTool>()
        .AddScoped<MentorHours>()
        .AddScoped<MentorDays>()
        .AddScoped<MentorKinds>()
        .AddSingleton(new RoleGrant(Roles.Mentor, NewMentors.AddAsync))
        .AddScoped<IForgetPeople, ForgetMentors>();
}

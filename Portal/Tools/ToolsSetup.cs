namespace Portal.Tools;

public static class ToolsSetup
{
    public static IServiceCollection AddPortalTools(this IServiceCollection services) => services
        .AddSingleton<CheckBudget>()
        .AddScoped<ToolForms>()
        .AddScoped<ToolSettings>()
        .AddScoped<ToolAccounts>()
        .AddScoped<ToolPolicies>();
}

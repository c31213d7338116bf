using Localization;
using Portal.People.Accounts;

namespace Portal.Pages.Admin.People;

public static class RoleWords
{
    public static int Status(this RoleOutcome outcome) => Row(outcome).Status;

    public static string Text(this RoleOutcome outcome) => Row(outcome).Text;

    private static (int Status, string Text) Row(RoleOutcome outcome) => outcome switch
    {
        RoleOutcome.Done => (StatusCodes.Status200OK, UiText.PeopleChanged),
        RoleOutcome.NotAllowed => (StatusCodes.Status403Forbidden, ErrorText.PeopleNotAllowed),
        RoleOutcome.NoSuchPerson => (StatusCodes.Status404NotFound, ErrorText.PeopleNoSuchPerson),
        RoleOutcome.NotConfirmed => (StatusCodes.Status409Conflict, ErrorText.PeopleNotConfirmed),
        RoleOutcome.LastAdmin => (StatusCodes.Status409Conflict, ErrorText.PeopleLastAdmin),
        _ => (StatusCodes.Status400BadRequest, ErrorText.BadRequest),
    };
}

using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Data.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class MailAndTime : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "ClosedBy",
                table: "Sessions",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "ClosedUtc",
                table: "Sessions",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "ExtendedMinutes",
                table: "Sessions",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTime>(
                name: "SeriesLocalStart",
                table: "Sessions",
                type: "timestamp without time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "TimeSetUtc",
                table: "Sessions",
                type: "timestamp with time zone",
                nullable: false,
                defaultValue: new DateTimeOffset(new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)));

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "ExpectedUtc",
                table: "Participants",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Feedback",
                table: "Participants",
                type: "character varying(1000)",
                maxLength: 1000,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "MissedUtc",
                table: "Participants",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<short>(
                name: "Rating",
                table: "Participants",
                type: "smallint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Reminders",
                table: "AspNetUsers",
                type: "character varying(60)",
                maxLength: 60,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "clock_rule_changes",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    SessionId = table.Column<Guid>(type: "uuid", nullable: false),
                    Version = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    OldStartUtc = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    NewStartUtc = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    FoundUtc = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Collides = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_clock_rule_changes", x => x.Id);
                    table.ForeignKey(
                        name: "FK_clock_rule_changes_Sessions_SessionId",
                        column: x => x.SessionId,
                        principalTable: "Sessions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "mail_attempts",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    MailId = table.Column<Guid>(type: "uuid", nullable: false),
                    AtUtc = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    DurationMs = table.Column<int>(type: "integer", nullable: false),
                    Recipient = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false),
                    Verdict = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    Scope = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    Stage = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    Code = table.Column<int>(type: "integer", nullable: true),
                    EnhancedCode = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    Text = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_mail_attempts", x => x.Id);
                    table.ForeignKey(
                        name: "FK_mail_attempts_outbox_messages_MailId",
                        column: x => x.MailId,
                        principalTable: "outbox_messages",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "session_troubles",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    SessionId = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    Detail = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    FoundUtc = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    MentorToldUtc = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    AdminsToldUtc = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    SolvedUtc = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_session_troubles", x => x.Id);
                    table.ForeignKey(
                        name: "FK_session_troubles_Sessions_SessionId",
                        column: x => x.SessionId,
                        principalTable: "Sessions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "suppressed_addresses",
                columns: table => new
                {
                    Address = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false),
                    SinceUtc = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    MailId = table.Column<Guid>(type: "uuid", nullable: true),
                    Reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_suppressed_addresses", x => x.Address);
                });

            migrationBuilder.CreateIndex(
                name: "IX_clock_rule_changes_SessionId_Version",
                table: "clock_rule_changes",
                columns: new[] { "SessionId", "Version" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_mail_attempts_MailId",
                table: "mail_attempts",
                column: "MailId");

            migrationBuilder.CreateIndex(
                name: "IX_session_troubles_SessionId_Kind",
                table: "session_troubles",
                columns: new[] { "SessionId", "Kind" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "clock_rule_changes");

            migrationBuilder.DropTable(
                name: "mail_attempts");

            migrationBuilder.DropTable(
                name: "session_troubles");

            migrationBuilder.DropTable(
                name: "suppressed_addresses");

            migrationBuilder.DropColumn(
                name: "ClosedBy",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "ClosedUtc",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "ExtendedMinutes",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "SeriesLocalStart",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "TimeSetUtc",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "ExpectedUtc",
                table: "Participants");

            migrationBuilder.DropColumn(
                name: "Feedback",
                table: "Participants");

            migrationBuilder.DropColumn(
                name: "MissedUtc",
                table: "Participants");

            migrationBuilder.DropColumn(
                name: "Rating",
                table: "Participants");

            migrationBuilder.DropColumn(
                name: "Reminders",
                table: "AspNetUsers");
        }
    }
}

using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Data.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "api_keys",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    name = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    hash = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: false),
                    scope = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false),
                    created_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    expires_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    last_used_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    revoked_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_api_keys", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "asp_net_roles",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    name = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: true),
                    normalized_name = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: true),
                    concurrency_stamp = table.Column<string>(type: "nvarchar(max)", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_asp_net_roles", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "asp_net_users",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    display_name = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    language = table.Column<string>(type: "nvarchar(10)", maxLength: 10, nullable: false),
                    time_zone = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    reminders = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: true),
                    created_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    feed_version = table.Column<int>(type: "int", nullable: false),
                    second_factor_reset_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    password_until_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    deleted_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    user_name = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: true),
                    normalized_user_name = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: true),
                    email = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: true),
                    normalized_email = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: true),
                    email_confirmed = table.Column<bool>(type: "bit", nullable: false),
                    password_hash = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    security_stamp = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    concurrency_stamp = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    phone_number = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    phone_number_confirmed = table.Column<bool>(type: "bit", nullable: false),
                    two_factor_enabled = table.Column<bool>(type: "bit", nullable: false),
                    lockout_end = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    lockout_enabled = table.Column<bool>(type: "bit", nullable: false),
                    access_failed_count = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_asp_net_users", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "audit_entries",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    at_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    actor_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    action = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    subject = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    details = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_entries", x => x.id)
                        .Annotation("SqlServer:Clustered", false);
                });

            migrationBuilder.CreateTable(
                name: "data_protection_keys",
                columns: table => new
                {
                    id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    friendly_name = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    xml = table.Column<string>(type: "nvarchar(max)", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_data_protection_keys", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "job_checkpoints",
                columns: table => new
                {
                    name = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    reached_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    version = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_job_checkpoints", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "outbox_messages",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    key = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    kind = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    model = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    to_address = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false),
                    to_name = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    language = table.Column<string>(type: "nvarchar(10)", maxLength: 10, nullable: false),
                    time_zone = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    user_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    session_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    participant_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    state = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false),
                    created_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    queued_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    due_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    claimed_until_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    claimed_by = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    attempts = table.Column<int>(type: "int", nullable: false),
                    sent_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    subject = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: true),
                    last_failure = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outbox_messages", x => x.id)
                        .Annotation("SqlServer:Clustered", false);
                });

            migrationBuilder.CreateTable(
                name: "provider_accounts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    provider_id = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    name = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    settings = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    is_default = table.Column<bool>(type: "bit", nullable: false),
                    is_disabled = table.Column<bool>(type: "bit", nullable: false),
                    created_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    version = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    changed_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    changed_by = table.Column<Guid>(type: "uniqueidentifier", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_provider_accounts", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "push_keys",
                columns: table => new
                {
                    id = table.Column<int>(type: "int", nullable: false),
                    public_key = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    protected_private_key = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false),
                    created_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_push_keys", x => x.id);
                    table.CheckConstraint("ck_push_keys_only", "id = 1");
                });

            migrationBuilder.CreateTable(
                name: "session_series",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    mentor_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    every_weeks = table.Column<int>(type: "int", nullable: false),
                    created_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_session_series", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "suppressed_addresses",
                columns: table => new
                {
                    address = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false),
                    since_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    mail_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    is_wish = table.Column<bool>(type: "bit", nullable: false),
                    reason = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_suppressed_addresses", x => x.address);
                });

            migrationBuilder.CreateTable(
                name: "ticket_keys",
                columns: table => new
                {
                    id = table.Column<byte>(type: "tinyint", nullable: false),
                    protected_key = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false),
                    created_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ticket_keys", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "tool_moves",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    provider_id = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    asked_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    asked_by = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    moved = table.Column<int>(type: "int", nullable: false),
                    failed = table.Column<int>(type: "int", nullable: false),
                    leased_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    done_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tool_moves", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "tool_policies",
                columns: table => new
                {
                    id = table.Column<int>(type: "int", nullable: false),
                    allowed_tools = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    default_tool = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    stand_in = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    version = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    changed_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    changed_by = table.Column<Guid>(type: "uniqueidentifier", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tool_policies", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "used_passes",
                columns: table => new
                {
                    nonce = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    expires_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_used_passes", x => x.nonce);
                });

            migrationBuilder.CreateTable(
                name: "asp_net_role_claims",
                columns: table => new
                {
                    id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    role_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    claim_type = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    claim_value = table.Column<string>(type: "nvarchar(max)", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_asp_net_role_claims", x => x.id);
                    table.ForeignKey(
                        name: "fk_asp_net_role_claims_asp_net_roles_role_id",
                        column: x => x.role_id,
                        principalTable: "asp_net_roles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "asp_net_user_claims",
                columns: table => new
                {
                    id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    user_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    claim_type = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    claim_value = table.Column<string>(type: "nvarchar(max)", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_asp_net_user_claims", x => x.id);
                    table.ForeignKey(
                        name: "fk_asp_net_user_claims_asp_net_users_user_id",
                        column: x => x.user_id,
                        principalTable: "asp_net_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "asp_net_user_logins",
                columns: table => new
                {
                    login_provider = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    provider_key = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    provider_display_name = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    user_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_asp_net_user_logins", x => new { x.login_provider, x.provider_key });
                    table.ForeignKey(
                        name: "fk_asp_net_user_logins_asp_net_users_user_id",
                        column: x => x.user_id,
                        principalTable: "asp_net_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "asp_net_user_passkeys",
                columns: table => new
                {
                    credential_id = table.Column<byte[]>(type: "varbinary(1024)", maxLength: 1024, nullable: false),
                    user_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    data = table.Column<string>(type: "nvarchar(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_asp_net_user_passkeys", x => x.credential_id)
                        .Annotation("SqlServer:Clustered", false);
                    table.ForeignKey(
                        name: "fk_asp_net_user_passkeys_asp_net_users_user_id",
                        column: x => x.user_id,
                        principalTable: "asp_net_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "asp_net_user_roles",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    role_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_asp_net_user_roles", x => new { x.user_id, x.role_id });
                    table.ForeignKey(
                        name: "fk_asp_net_user_roles_asp_net_roles_role_id",
                        column: x => x.role_id,
                        principalTable: "asp_net_roles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_asp_net_user_roles_asp_net_users_user_id",
                        column: x => x.user_id,
                        principalTable: "asp_net_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "asp_net_user_tokens",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    login_provider = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    name = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    value = table.Column<string>(type: "nvarchar(max)", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_asp_net_user_tokens", x => new { x.user_id, x.login_provider, x.name });
                    table.ForeignKey(
                        name: "fk_asp_net_user_tokens_asp_net_users_user_id",
                        column: x => x.user_id,
                        principalTable: "asp_net_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "guardianships",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    child_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    guardian_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    asked_email = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: true),
                    asked_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    since_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_guardianships", x => x.id);
                    table.CheckConstraint("ck_guardianships_agreed", "guardian_id IS NULL AND since_utc IS NULL AND asked_email IS NOT NULL\nOR guardian_id IS NOT NULL AND since_utc IS NOT NULL AND asked_email IS NULL");
                    table.CheckConstraint("ck_guardianships_two_people", "guardian_id <> child_id");
                    table.ForeignKey(
                        name: "fk_guardianships_asp_net_users_child_id",
                        column: x => x.child_id,
                        principalTable: "asp_net_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_guardianships_asp_net_users_guardian_id",
                        column: x => x.guardian_id,
                        principalTable: "asp_net_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "pictures",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    content = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    content_type = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    version = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_pictures", x => x.user_id);
                    table.ForeignKey(
                        name: "fk_pictures_asp_net_users_user_id",
                        column: x => x.user_id,
                        principalTable: "asp_net_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "push_subscriptions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    user_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    mark = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: false),
                    protected_address = table.Column<string>(type: "nvarchar(4000)", maxLength: 4000, nullable: false),
                    created_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    used_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_push_subscriptions", x => x.id);
                    table.ForeignKey(
                        name: "fk_push_subscriptions_users_user_id",
                        column: x => x.user_id,
                        principalTable: "asp_net_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "signed_in_devices",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    user_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    name = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    created_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    seen_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    ended_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    proven_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    stamp = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: true),
                    mark = table.Column<string>(type: "nvarchar(10)", maxLength: 10, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_signed_in_devices", x => x.id);
                    table.ForeignKey(
                        name: "fk_signed_in_devices_asp_net_users_user_id",
                        column: x => x.user_id,
                        principalTable: "asp_net_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "mail_attempts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    mail_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    at_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    duration_ms = table.Column<int>(type: "int", nullable: false),
                    recipient = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false),
                    verdict = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false),
                    scope = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false),
                    stage = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false),
                    code = table.Column<int>(type: "int", nullable: true),
                    enhanced_code = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: true),
                    text = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mail_attempts", x => x.id)
                        .Annotation("SqlServer:Clustered", false);
                    table.ForeignKey(
                        name: "fk_mail_attempts_outbox_mail_id",
                        column: x => x.mail_id,
                        principalTable: "outbox_messages",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "mentor_profiles",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    provider_id = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    provider_account_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    tool_choices = table.Column<string>(type: "nvarchar(4000)", maxLength: 4000, nullable: true),
                    external_meeting_url = table.Column<string>(type: "nvarchar(2048)", maxLength: 2048, nullable: true),
                    place = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: true),
                    headline = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false),
                    about = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: false),
                    topics = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    languages = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    session_minutes = table.Column<int>(type: "int", nullable: false),
                    buffer_minutes = table.Column<int>(type: "int", nullable: false),
                    notice_minutes = table.Column<int>(type: "int", nullable: false),
                    horizon_days = table.Column<int>(type: "int", nullable: false),
                    max_per_day = table.Column<int>(type: "int", nullable: true),
                    confirms_by_hand = table.Column<bool>(type: "bit", nullable: false),
                    is_paused = table.Column<bool>(type: "bit", nullable: false),
                    busy_calendar_secret = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    busy_calendar_read_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    busy_calendar_problem = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mentor_profiles", x => x.user_id);
                    table.ForeignKey(
                        name: "fk_mentor_profiles_asp_net_users_user_id",
                        column: x => x.user_id,
                        principalTable: "asp_net_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_mentor_profiles_provider_accounts_provider_account_id",
                        column: x => x.provider_account_id,
                        principalTable: "provider_accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "mentor_tool_accounts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    user_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    provider_account_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    name = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    secret = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    connected_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mentor_tool_accounts", x => x.id);
                    table.ForeignKey(
                        name: "fk_mentor_tool_accounts_asp_net_users_user_id",
                        column: x => x.user_id,
                        principalTable: "asp_net_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_mentor_tool_accounts_provider_accounts_provider_account_id",
                        column: x => x.provider_account_id,
                        principalTable: "provider_accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "sessions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    mentor_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    topic = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    note = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false),
                    kind_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    kind_name = table.Column<string>(type: "nvarchar(80)", maxLength: 80, nullable: false),
                    capacity = table.Column<int>(type: "int", nullable: false),
                    series_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    series_local_start = table.Column<DateTime>(type: "datetime2", nullable: true),
                    is_instant = table.Column<bool>(type: "bit", nullable: false),
                    external_meeting_url = table.Column<string>(type: "nvarchar(2048)", maxLength: 2048, nullable: true),
                    state = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false),
                    local_start = table.Column<DateTime>(type: "datetime2", nullable: false),
                    time_zone = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    start_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    length_minutes = table.Column<int>(type: "int", nullable: false),
                    extended_minutes = table.Column<int>(type: "int", nullable: false),
                    buffer_minutes = table.Column<int>(type: "int", nullable: false),
                    room_version = table.Column<int>(type: "int", nullable: false),
                    sequence = table.Column<int>(type: "int", nullable: false),
                    proposed_start_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    proposed_by = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    created_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    time_set_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    expires_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    cancelled_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    cancelled_by = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    cancel_reason = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: true),
                    closed_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    closed_by = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    concurrency_token = table.Column<Guid>(type: "uniqueidentifier", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sessions", x => x.id);
                    table.ForeignKey(
                        name: "fk_sessions_session_series_series_id",
                        column: x => x.series_id,
                        principalTable: "session_series",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_sessions_users_mentor_id",
                        column: x => x.mentor_id,
                        principalTable: "asp_net_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "push_notes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    subscription_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    occasion = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    path = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    created_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    due_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    attempts = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_push_notes", x => x.id);
                    table.ForeignKey(
                        name: "fk_push_notes_push_subscriptions_subscription_id",
                        column: x => x.subscription_id,
                        principalTable: "push_subscriptions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "busy_times",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    mentor_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    start_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    end_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_busy_times", x => x.id);
                    table.ForeignKey(
                        name: "fk_busy_times_mentor_profiles_mentor_id",
                        column: x => x.mentor_id,
                        principalTable: "mentor_profiles",
                        principalColumn: "user_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "session_kinds",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    mentor_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    name = table.Column<string>(type: "nvarchar(80)", maxLength: 80, nullable: false),
                    minutes = table.Column<int>(type: "int", nullable: false),
                    capacity = table.Column<int>(type: "int", nullable: false),
                    is_retired = table.Column<bool>(type: "bit", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_session_kinds", x => x.id);
                    table.ForeignKey(
                        name: "fk_session_kinds_mentor_profiles_mentor_id",
                        column: x => x.mentor_id,
                        principalTable: "mentor_profiles",
                        principalColumn: "user_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "special_days",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    mentor_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    date = table.Column<DateOnly>(type: "date", nullable: false),
                    from_minute = table.Column<int>(type: "int", nullable: true),
                    to_minute = table.Column<int>(type: "int", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_special_days", x => x.id);
                    table.ForeignKey(
                        name: "fk_special_days_mentor_profiles_mentor_id",
                        column: x => x.mentor_id,
                        principalTable: "mentor_profiles",
                        principalColumn: "user_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "weekly_hours",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    mentor_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    day = table.Column<int>(type: "int", nullable: false),
                    from_minute = table.Column<int>(type: "int", nullable: false),
                    to_minute = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_weekly_hours", x => x.id);
                    table.ForeignKey(
                        name: "fk_weekly_hours_mentor_profiles_mentor_id",
                        column: x => x.mentor_id,
                        principalTable: "mentor_profiles",
                        principalColumn: "user_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "busy_ticks",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    tick = table.Column<long>(type: "bigint", nullable: false),
                    session_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_busy_ticks", x => new { x.user_id, x.tick });
                    table.ForeignKey(
                        name: "fk_busy_ticks_sessions_session_id",
                        column: x => x.session_id,
                        principalTable: "sessions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "chat_lines",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    session_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    participant_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    text = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: false),
                    at_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_chat_lines", x => x.id);
                    table.ForeignKey(
                        name: "fk_chat_lines_sessions_session_id",
                        column: x => x.session_id,
                        principalTable: "sessions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "clock_rule_changes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    session_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    version = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    old_start_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    new_start_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    found_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    collides = table.Column<bool>(type: "bit", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_clock_rule_changes", x => x.id);
                    table.ForeignKey(
                        name: "fk_clock_rule_changes_sessions_session_id",
                        column: x => x.session_id,
                        principalTable: "sessions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "meeting_events",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    session_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    participant_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    actor_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    kind = table.Column<string>(type: "nvarchar(30)", maxLength: 30, nullable: false),
                    at_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    decision = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: true),
                    sign_id = table.Column<string>(type: "nvarchar(240)", maxLength: 240, nullable: true),
                    details = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_meeting_events", x => x.id)
                        .Annotation("SqlServer:Clustered", false);
                    table.ForeignKey(
                        name: "fk_meeting_events_sessions_session_id",
                        column: x => x.session_id,
                        principalTable: "sessions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "meeting_links",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    session_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    room_version = table.Column<int>(type: "int", nullable: false),
                    provider_account_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    handle = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: true),
                    tool_key = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    dial_in = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: true),
                    attendance_due_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    instead_of_account_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    state = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false),
                    expires_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    external_meeting_url = table.Column<string>(type: "nvarchar(2048)", maxLength: 2048, nullable: true),
                    mentor_place = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: true),
                    place_kind = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: true),
                    place_text = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: true),
                    attempts = table.Column<int>(type: "int", nullable: false),
                    due_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    last_failure = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: true),
                    created_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_meeting_links", x => x.id);
                    table.ForeignKey(
                        name: "fk_meeting_links_provider_accounts_instead_of_account_id",
                        column: x => x.instead_of_account_id,
                        principalTable: "provider_accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_meeting_links_provider_accounts_provider_account_id",
                        column: x => x.provider_account_id,
                        principalTable: "provider_accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_meeting_links_sessions_session_id",
                        column: x => x.session_id,
                        principalTable: "sessions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "participants",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    session_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    role = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false),
                    user_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    own_name = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: true),
                    own_email = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: true),
                    own_language = table.Column<string>(type: "nvarchar(10)", maxLength: 10, nullable: true),
                    own_time_zone = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true),
                    invited_by = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    invited_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    link_version = table.Column<short>(type: "smallint", nullable: false),
                    withdrawn_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    access_until_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    waiting_since_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    left_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    admitted_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    at_door_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    group_number = table.Column<short>(type: "smallint", nullable: true),
                    expected_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    missed_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    reminders_off_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    recording_answer = table.Column<string>(type: "nvarchar(10)", maxLength: 10, nullable: true),
                    rating = table.Column<short>(type: "smallint", nullable: true),
                    feedback = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_participants", x => x.id);
                    table.CheckConstraint("ck_participants_access_until", "access_until_utc IS NULL OR role IN ('Observer', 'Guest')");
                    table.ForeignKey(
                        name: "fk_participants_sessions_session_id",
                        column: x => x.session_id,
                        principalTable: "sessions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_participants_users_user_id",
                        column: x => x.user_id,
                        principalTable: "asp_net_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "private_notes",
                columns: table => new
                {
                    session_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    user_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    text = table.Column<string>(type: "nvarchar(max)", maxLength: 10000, nullable: false),
                    version = table.Column<int>(type: "int", nullable: false),
                    changed_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_private_notes", x => new { x.session_id, x.user_id });
                    table.ForeignKey(
                        name: "fk_private_notes_asp_net_users_user_id",
                        column: x => x.user_id,
                        principalTable: "asp_net_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_private_notes_sessions_session_id",
                        column: x => x.session_id,
                        principalTable: "sessions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "recording_consents",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    session_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    participant_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    answer = table.Column<string>(type: "nvarchar(10)", maxLength: 10, nullable: false),
                    wording = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false),
                    language = table.Column<string>(type: "nvarchar(10)", maxLength: 10, nullable: false),
                    at_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_recording_consents", x => x.id);
                    table.ForeignKey(
                        name: "fk_recording_consents_sessions_session_id",
                        column: x => x.session_id,
                        principalTable: "sessions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "recordings",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    session_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    source_id = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: false),
                    link = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: true),
                    blob_key = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: true),
                    content_type = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    size = table.Column<long>(type: "bigint", nullable: false),
                    start_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    length_seconds = table.Column<int>(type: "int", nullable: true),
                    added_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    added_by = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    expires_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    removed_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    fetch_from = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    fetch_until_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    fetch_due_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_recordings", x => x.id);
                    table.ForeignKey(
                        name: "fk_recordings_sessions_session_id",
                        column: x => x.session_id,
                        principalTable: "sessions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "room_stays",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    session_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    participant_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    page_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    room_version = table.Column<int>(type: "int", nullable: false),
                    from_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    until_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    end = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: true),
                    mutes = table.Column<int>(type: "int", nullable: false),
                    screen_shares = table.Column<int>(type: "int", nullable: false),
                    messages = table.Column<int>(type: "int", nullable: false),
                    hands = table.Column<int>(type: "int", nullable: false),
                    poor_seconds = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_room_stays", x => x.id);
                    table.ForeignKey(
                        name: "fk_room_stays_sessions_session_id",
                        column: x => x.session_id,
                        principalTable: "sessions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "session_files",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    session_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    name = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false),
                    content_type = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    size = table.Column<long>(type: "bigint", nullable: false),
                    fingerprint = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    blob_key = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    added_by = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    added_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_session_files", x => x.id);
                    table.ForeignKey(
                        name: "fk_session_files_sessions_session_id",
                        column: x => x.session_id,
                        principalTable: "sessions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "session_groups",
                columns: table => new
                {
                    session_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    number = table.Column<short>(type: "smallint", nullable: false),
                    name = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_session_groups", x => new { x.session_id, x.number });
                    table.ForeignKey(
                        name: "fk_session_groups_sessions_session_id",
                        column: x => x.session_id,
                        principalTable: "sessions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "session_notes",
                columns: table => new
                {
                    session_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    agenda = table.Column<string>(type: "nvarchar(max)", maxLength: 10000, nullable: false),
                    notes = table.Column<string>(type: "nvarchar(max)", maxLength: 10000, nullable: false),
                    version = table.Column<int>(type: "int", nullable: false),
                    changed_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    changed_by = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    saves = table.Column<string>(type: "nvarchar(660)", maxLength: 660, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_session_notes", x => x.session_id);
                    table.ForeignKey(
                        name: "fk_session_notes_sessions_session_id",
                        column: x => x.session_id,
                        principalTable: "sessions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "session_steps",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    session_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    text = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: false),
                    created_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    done_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_session_steps", x => x.id);
                    table.ForeignKey(
                        name: "fk_session_steps_sessions_session_id",
                        column: x => x.session_id,
                        principalTable: "sessions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "session_troubles",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    session_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    kind = table.Column<string>(type: "nvarchar(30)", maxLength: 30, nullable: false),
                    detail = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: false),
                    found_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    mentor_told_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    admins_told_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    solved_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_session_troubles", x => x.id);
                    table.ForeignKey(
                        name: "fk_session_troubles_sessions_session_id",
                        column: x => x.session_id,
                        principalTable: "sessions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "trouble_reports",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    session_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    participant_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    at_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    place = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false),
                    words = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: true),
                    facts = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false),
                    answered_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    answered_by = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    answer = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_trouble_reports", x => x.id);
                    table.ForeignKey(
                        name: "fk_trouble_reports_sessions_session_id",
                        column: x => x.session_id,
                        principalTable: "sessions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "meeting_ends",
                columns: table => new
                {
                    link_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    created_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    due_utc = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    attempts = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_meeting_ends", x => x.link_id);
                    table.ForeignKey(
                        name: "fk_meeting_ends_meeting_links_link_id",
                        column: x => x.link_id,
                        principalTable: "meeting_links",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_api_keys_hash",
                table: "api_keys",
                column: "hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_asp_net_role_claims_role_id",
                table: "asp_net_role_claims",
                column: "role_id");

            migrationBuilder.CreateIndex(
                name: "ix_asp_net_roles_normalized_name",
                table: "asp_net_roles",
                column: "normalized_name",
                unique: true,
                filter: "[normalized_name] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_asp_net_user_claims_user_id",
                table: "asp_net_user_claims",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_asp_net_user_logins_user_id",
                table: "asp_net_user_logins",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_asp_net_user_passkeys_user_id",
                table: "asp_net_user_passkeys",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_asp_net_user_roles_role_id",
                table: "asp_net_user_roles",
                column: "role_id");

            migrationBuilder.CreateIndex(
                name: "ix_asp_net_users_normalized_email",
                table: "asp_net_users",
                column: "normalized_email");

            migrationBuilder.CreateIndex(
                name: "ix_asp_net_users_normalized_user_name",
                table: "asp_net_users",
                column: "normalized_user_name",
                unique: true,
                filter: "[normalized_user_name] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_audit_entries_action_at_utc",
                table: "audit_entries",
                columns: new[] { "action", "at_utc" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_entries_actor_id_at_utc",
                table: "audit_entries",
                columns: new[] { "actor_id", "at_utc" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_entries_at_utc",
                table: "audit_entries",
                column: "at_utc")
                .Annotation("SqlServer:Clustered", true);

            migrationBuilder.CreateIndex(
                name: "ix_audit_entries_at_utc_id",
                table: "audit_entries",
                columns: new[] { "at_utc", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_entries_subject_at_utc",
                table: "audit_entries",
                columns: new[] { "subject", "at_utc" });

            migrationBuilder.CreateIndex(
                name: "ix_busy_ticks_session_id",
                table: "busy_ticks",
                column: "session_id");

            migrationBuilder.CreateIndex(
                name: "ix_busy_times_mentor_id_end_utc",
                table: "busy_times",
                columns: new[] { "mentor_id", "end_utc" });

            migrationBuilder.CreateIndex(
                name: "ix_chat_lines_session_id_at_utc",
                table: "chat_lines",
                columns: new[] { "session_id", "at_utc" });

            migrationBuilder.CreateIndex(
                name: "ix_clock_rule_changes_session_id_version",
                table: "clock_rule_changes",
                columns: new[] { "session_id", "version" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_guardianships_asked_email",
                table: "guardianships",
                column: "asked_email");

            migrationBuilder.CreateIndex(
                name: "ix_guardianships_child_id_asked_email",
                table: "guardianships",
                columns: new[] { "child_id", "asked_email" },
                unique: true,
                filter: "[asked_email] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_guardianships_child_id_guardian_id",
                table: "guardianships",
                columns: new[] { "child_id", "guardian_id" },
                unique: true,
                filter: "[guardian_id] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_guardianships_guardian_id",
                table: "guardianships",
                column: "guardian_id");

            migrationBuilder.CreateIndex(
                name: "ix_mail_attempts_at_utc",
                table: "mail_attempts",
                column: "at_utc")
                .Annotation("SqlServer:Clustered", true);

            migrationBuilder.CreateIndex(
                name: "ix_mail_attempts_mail_id",
                table: "mail_attempts",
                column: "mail_id");

            migrationBuilder.CreateIndex(
                name: "ix_meeting_ends_due_utc",
                table: "meeting_ends",
                column: "due_utc");

            migrationBuilder.CreateIndex(
                name: "ix_meeting_events_at_utc",
                table: "meeting_events",
                column: "at_utc")
                .Annotation("SqlServer:Clustered", true);

            migrationBuilder.CreateIndex(
                name: "ix_meeting_events_session_id_at_utc",
                table: "meeting_events",
                columns: new[] { "session_id", "at_utc" });

            migrationBuilder.CreateIndex(
                name: "ix_meeting_events_sign_id",
                table: "meeting_events",
                column: "sign_id",
                unique: true,
                filter: "sign_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_meeting_links_attendance_due_utc",
                table: "meeting_links",
                column: "attendance_due_utc");

            migrationBuilder.CreateIndex(
                name: "ix_meeting_links_instead_of_account_id",
                table: "meeting_links",
                column: "instead_of_account_id");

            migrationBuilder.CreateIndex(
                name: "ix_meeting_links_provider_account_id",
                table: "meeting_links",
                column: "provider_account_id");

            migrationBuilder.CreateIndex(
                name: "ix_meeting_links_session_id_room_version",
                table: "meeting_links",
                columns: new[] { "session_id", "room_version" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_meeting_links_state_due_utc",
                table: "meeting_links",
                columns: new[] { "state", "due_utc" });

            migrationBuilder.CreateIndex(
                name: "ix_meeting_links_tool_key",
                table: "meeting_links",
                column: "tool_key");

            migrationBuilder.CreateIndex(
                name: "ix_mentor_profiles_provider_account_id",
                table: "mentor_profiles",
                column: "provider_account_id");

            migrationBuilder.CreateIndex(
                name: "ix_mentor_tool_accounts_provider_account_id",
                table: "mentor_tool_accounts",
                column: "provider_account_id");

            migrationBuilder.CreateIndex(
                name: "ix_mentor_tool_accounts_user_id_provider_account_id",
                table: "mentor_tool_accounts",
                columns: new[] { "user_id", "provider_account_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_outbox_messages_created_utc",
                table: "outbox_messages",
                column: "created_utc")
                .Annotation("SqlServer:Clustered", true);

            migrationBuilder.CreateIndex(
                name: "ix_outbox_messages_key",
                table: "outbox_messages",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_outbox_messages_state_due_utc",
                table: "outbox_messages",
                columns: new[] { "state", "due_utc" });

            migrationBuilder.CreateIndex(
                name: "ix_participants_invited_utc",
                table: "participants",
                column: "invited_utc");

            migrationBuilder.CreateIndex(
                name: "ix_participants_session_id",
                table: "participants",
                column: "session_id");

            migrationBuilder.CreateIndex(
                name: "ix_participants_user_id",
                table: "participants",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_private_notes_user_id",
                table: "private_notes",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_provider_accounts_provider_id_name",
                table: "provider_accounts",
                columns: new[] { "provider_id", "name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_push_notes_due_utc",
                table: "push_notes",
                column: "due_utc");

            migrationBuilder.CreateIndex(
                name: "ix_push_notes_subscription_id_occasion",
                table: "push_notes",
                columns: new[] { "subscription_id", "occasion" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_push_subscriptions_mark",
                table: "push_subscriptions",
                column: "mark",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_push_subscriptions_user_id",
                table: "push_subscriptions",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_recording_consents_participant_id",
                table: "recording_consents",
                column: "participant_id");

            migrationBuilder.CreateIndex(
                name: "ix_recording_consents_session_id",
                table: "recording_consents",
                column: "session_id");

            migrationBuilder.CreateIndex(
                name: "ix_recordings_fetch_due_utc",
                table: "recordings",
                column: "fetch_due_utc");

            migrationBuilder.CreateIndex(
                name: "ix_recordings_session_id",
                table: "recordings",
                column: "session_id");

            migrationBuilder.CreateIndex(
                name: "ix_recordings_source_id",
                table: "recordings",
                column: "source_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_room_stays_participant_id_page_id",
                table: "room_stays",
                columns: new[] { "participant_id", "page_id" });

            migrationBuilder.CreateIndex(
                name: "ix_room_stays_session_id",
                table: "room_stays",
                column: "session_id");

            migrationBuilder.CreateIndex(
                name: "ix_session_files_blob_key",
                table: "session_files",
                column: "blob_key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_session_files_session_id",
                table: "session_files",
                column: "session_id");

            migrationBuilder.CreateIndex(
                name: "ix_session_kinds_mentor_id",
                table: "session_kinds",
                column: "mentor_id");

            migrationBuilder.CreateIndex(
                name: "ix_session_steps_session_id",
                table: "session_steps",
                column: "session_id");

            migrationBuilder.CreateIndex(
                name: "ix_session_troubles_session_id_kind",
                table: "session_troubles",
                columns: new[] { "session_id", "kind" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_sessions_expires_utc",
                table: "sessions",
                column: "expires_utc");

            migrationBuilder.CreateIndex(
                name: "ix_sessions_mentor_id_start_utc",
                table: "sessions",
                columns: new[] { "mentor_id", "start_utc" });

            migrationBuilder.CreateIndex(
                name: "ix_sessions_series_id",
                table: "sessions",
                column: "series_id");

            migrationBuilder.CreateIndex(
                name: "ix_sessions_state_start_utc",
                table: "sessions",
                columns: new[] { "state", "start_utc" });

            migrationBuilder.CreateIndex(
                name: "ix_signed_in_devices_user_id",
                table: "signed_in_devices",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_special_days_mentor_id_date",
                table: "special_days",
                columns: new[] { "mentor_id", "date" });

            migrationBuilder.CreateIndex(
                name: "ix_tool_moves_done_utc",
                table: "tool_moves",
                column: "done_utc");

            migrationBuilder.CreateIndex(
                name: "ix_trouble_reports_answered_utc_at_utc",
                table: "trouble_reports",
                columns: new[] { "answered_utc", "at_utc" });

            migrationBuilder.CreateIndex(
                name: "ix_trouble_reports_participant_id",
                table: "trouble_reports",
                column: "participant_id");

            migrationBuilder.CreateIndex(
                name: "ix_trouble_reports_session_id",
                table: "trouble_reports",
                column: "session_id");

            migrationBuilder.CreateIndex(
                name: "ix_weekly_hours_mentor_id",
                table: "weekly_hours",
                column: "mentor_id");

            foreach (var statement in QuartzSchema.SqlServer)
                migrationBuilder.Sql(statement);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            foreach (var table in QuartzSchema.Tables)
                migrationBuilder.Sql($"DROP TABLE {table}");

            migrationBuilder.DropTable(
                name: "api_keys");

            migrationBuilder.DropTable(
                name: "asp_net_role_claims");

            migrationBuilder.DropTable(
                name: "asp_net_user_claims");

            migrationBuilder.DropTable(
                name: "asp_net_user_logins");

            migrationBuilder.DropTable(
                name: "asp_net_user_passkeys");

            migrationBuilder.DropTable(
                name: "asp_net_user_roles");

            migrationBuilder.DropTable(
                name: "asp_net_user_tokens");

            migrationBuilder.DropTable(
                name: "audit_entries");

            migrationBuilder.DropTable(
                name: "busy_ticks");

            migrationBuilder.DropTable(
                name: "busy_times");

            migrationBuilder.DropTable(
                name: "chat_lines");

            migrationBuilder.DropTable(
                name: "clock_rule_changes");

            migrationBuilder.DropTable(
                name: "data_protection_keys");

            migrationBuilder.DropTable(
                name: "guardianships");

            migrationBuilder.DropTable(
                name: "job_checkpoints");

            migrationBuilder.DropTable(
                name: "mail_attempts");

            migrationBuilder.DropTable(
                name: "meeting_ends");

            migrationBuilder.DropTable(
                name: "meeting_events");

            migrationBuilder.DropTable(
                name: "mentor_tool_accounts");

            migrationBuilder.DropTable(
                name: "participants");

            migrationBuilder.DropTable(
                name: "pictures");

            migrationBuilder.DropTable(
                name: "private_notes");

            migrationBuilder.DropTable(
                name: "push_keys");

            migrationBuilder.DropTable(
                name: "push_notes");

            migrationBuilder.DropTable(
                name: "recording_consents");

            migrationBuilder.DropTable(
                name: "recordings");

            migrationBuilder.DropTable(
                name: "room_stays");

            migrationBuilder.DropTable(
                name: "session_files");

            migrationBuilder.DropTable(
                name: "session_groups");

            migrationBuilder.DropTable(
                name: "session_kinds");

            migrationBuilder.DropTable(
                name: "session_notes");

            migrationBuilder.DropTable(
                name: "session_steps");

            migrationBuilder.DropTable(
                name: "session_troubles");

            migrationBuilder.DropTable(
                name: "signed_in_devices");

            migrationBuilder.DropTable(
                name: "special_days");

            migrationBuilder.DropTable(
                name: "suppressed_addresses");

            migrationBuilder.DropTable(
                name: "ticket_keys");

            migrationBuilder.DropTable(
                name: "tool_moves");

            migrationBuilder.DropTable(
                name: "tool_policies");

            migrationBuilder.DropTable(
                name: "trouble_reports");

            migrationBuilder.DropTable(
                name: "used_passes");

            migrationBuilder.DropTable(
                name: "weekly_hours");

            migrationBuilder.DropTable(
                name: "asp_net_roles");

            migrationBuilder.DropTable(
                name: "outbox_messages");

            migrationBuilder.DropTable(
                name: "meeting_links");

            migrationBuilder.DropTable(
                name: "push_subscriptions");

            migrationBuilder.DropTable(
                name: "mentor_profiles");

            migrationBuilder.DropTable(
                name: "sessions");

            migrationBuilder.DropTable(
                name: "provider_accounts");

            migrationBuilder.DropTable(
                name: "session_series");

            migrationBuilder.DropTable(
                name: "asp_net_users");
        }
    }
}

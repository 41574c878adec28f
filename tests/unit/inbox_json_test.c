/* inbox_json_test.c - views as the JSON the browser reads: nothing missing, nothing executable. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "adapters/inbox/json.h"

static struct buf out;

static struct json_out begin(void)
{
    struct json_out j = { .buf = &out };
    buf_init(&out, 100000);
    json_out_object(&j, NULL);
    return j;
}

static void holds(const char *fragment)
{
    if (!strstr(out.data, fragment))
        fail_msg("%s is not in %s", fragment, out.data);
}

static void lacks(const char *fragment)
{
    if (strstr(out.data, fragment))
        fail_msg("%s is in %s", fragment, out.data);
}

static void an_empty_ticket_is_still_whole(void **unused)
{
    (void)unused;
    static const char *const none[] = {
        "\"assignee\":null", "\"team\":null", "\"subject\":null", "\"category\":null",
        "\"draft\":null", "\"snoozed_until\":null", "\"first_response\":null",
        "\"followup_of\":null", "\"tags\":[]", "\"status\":\"open\"", "\"summary\":null",
    };
    struct json_out j = begin();
    json_ticket(&j, "ticket", &(struct ticket_view){ .id = 42, .version = 1, .client_id = 1 });
    json_out_object_end(&j);
    assert_false(out.failed);
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        holds(none[i]);
    buf_clear(&out);
}

static void a_full_ticket_says_everything(void **unused)
{
    (void)unused;
    struct ticket_view t = {
        .id = 7, .version = 9, .client_id = 1, .client_key = "demo", .client_name = "Demo",
        .contact_id = 3, .contact_name = "Ana </script>", .contact_verified = true,
        .status = TICKET_AWAITING_CLOSE, .handler = HANDLER_HUMAN, .assignee_id = 5,
        .assignee = "Sara", .team_id = 2, .team = "Network", .priority = 1, .sentiment = 12,
        .tags = { "vpn", "\"quoted\"" }, .tag_count = 2, .draft_id = 8, .draft = "Try\nthis",
        .reminders = 5, .other_open = 2,
    };
    struct json_out j = begin();
    json_ticket(&j, "ticket", &t);
    json_out_object_end(&j);
    lacks("</script>");
    holds("\"name\":\"Ana \\u003c/script>\"");
    holds("\"assignee\":{\"id\":5,\"name\":\"Sara\"}");
    holds("\"team\":{\"id\":2,\"name\":\"Network\"}");
    holds("\"draft\":{\"id\":8,\"text\":\"Try\\nthis\"}");
    holds("\"tags\":[\"vpn\",\"\\\"quoted\\\"\"]");
    holds("\"status\":\"awaiting_close\"");
    holds("\"band\":\"red\"");
    holds("\"verified\":true");
    buf_clear(&out);
}

static void messages_and_changes_of_state_differ(void **unused)
{
    (void)unused;
    struct entry entries[] = {
        { .seq = 1, .kind = ENTRY_MSG, .author = AUTHOR_CONTACT, .text = "\xe2\x80\xa8<b>" },
        { .seq = 2, .kind = ENTRY_MSG, .author = AUTHOR_ASSISTANT, .name = "Nora", .text = "Hi",
          .cites = { { "Guide", NULL } }, .cite_count = 1, .choices = { "Yes" },
          .choice_count = 1 },
        { .seq = 3, .kind = ENTRY_CONV, .status = TICKET_OPEN, .handler = HANDLER_AI },
    };
    struct json_out j = begin();
    json_entries(&j, "entries", entries, 3);
    json_out_object_end(&j);
    assert_string_equal(out.data,
        "{\"entries\":[{\"seq\":1,\"ts\":0,\"from\":\"contact\",\"name\":null,"
        "\"text\":\"\\u2028\\u003cb>\",\"cites\":[],\"choices\":[]},"
        "{\"seq\":2,\"ts\":0,\"from\":\"assistant\",\"name\":\"Nora\",\"text\":\"Hi\","
        "\"cites\":[{\"title\":\"Guide\",\"url\":null}],\"choices\":[\"Yes\"]},"
        "{\"seq\":3,\"ts\":0,\"status\":\"open\",\"handler\":\"ai\",\"assignee\":null}]}");
    buf_clear(&out);
}

static void lists_people_and_events(void **unused)
{
    (void)unused;
    struct list_row rows[] = { { .id = 2, .sort_ms = 9, .status = TICKET_ON_HOLD, .sentiment = 50,
                                 .unread = true } };
    struct technician_view people[] = { { 1, "Sara", "sara@desk.example", ROLE_LEAD, true },
                                        { 2, "Gone", "gone@desk.example", ROLE_ADMIN, false } };
    struct event_view events[] = { { .id = 4, .actor = EVENT_OPERATOR, .kind = "note",
                                     .text = "secret" } };
    int64_t counts[LIST_VIEWS] = { 5, 1, 2 };
    struct json_out j = begin();
    json_rows(&j, "rows", &(struct list_page){ rows, 1, true });
    json_technicians(&j, "technicians", &(struct technician_list){ people, 2 });
    json_counts(&j, "counts", counts);
    json_out_array(&j, "events");
    json_events(&j, &(struct event_list){ events, 1 });
    json_events(&j, &(struct event_list){ events, 1 });
    json_out_array_end(&j);
    json_out_object_end(&j);
    holds("\"status\":\"on_hold\"");
    holds("\"unread\":true");
    holds("\"technicians\":[{\"id\":1,\"name\":\"Sara\",\"role\":\"lead\"}]");
    lacks("Gone");
    lacks("desk.example");
    holds("\"counts\":{\"all\":5,\"triage\":1,\"mine\":2,");
    holds("\"text\":\"secret\"},{\"id\":4,\"ts\":0,\"actor\":\"operator\"");
    buf_clear(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_ticket_is_still_whole),
        cmocka_unit_test(a_full_ticket_says_everything),
        cmocka_unit_test(messages_and_changes_of_state_differ),
        cmocka_unit_test(lists_people_and_events),
    };
    return cmocka_run_group_tests_name("inbox: JSON", tests, NULL, NULL);
}

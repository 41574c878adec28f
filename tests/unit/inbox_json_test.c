/* inbox_json_test.c - views as the JSON that the browser reads: nothing missing, nothing executable. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "adapters/inbox/json.h"

static struct buf out;
static struct json_out j;

static void begin(void)
{
    buf_init(&out, 100000);
    j = (struct json_out){ .buf = &out };
    json_object(&j, NULL);
}

static json_t *end(void)
{
    json_error_t error;
    json_object_end(&j);
    assert_false(out.failed);
    json_t *root = json_loads(out.data, JSON_REJECT_DUPLICATES, &error);
    if (!root)
        fail_msg("%s in %s", error.text, out.data);
    buf_clear(&out);
    return root;
}

static const char *text_at(json_t *o, const char *key)
{
    return json_string_value(json_object_get(o, key));
}

static void an_empty_ticket_is_still_whole(void **unused)
{
    (void)unused;
    struct ticket_view t = { .id = 42, .version = 1, .client_id = 1, .client_key = "demo" };
    begin();
    json_ticket(&j, "ticket", &t);
    json_t *root = end(), *ticket = json_object_get(root, "ticket");
    static const char *const none[] = { "assignee", "team", "subject", "category", "draft",
                                        "snoozed_until", "first_response", "followup_of" };
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        if (!json_is_null(json_object_get(ticket, none[i])))
            fail_msg("%s should be null", none[i]);
    assert_string_equal(text_at(ticket, "status"), "open");
    assert_int_equal(json_array_size(json_object_get(ticket, "tags")), 0);
    json_decref(root);
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
        .reminders = 5, .outcome = OUTCOME_NONE, .other_open = 2,
    };
    begin();
    json_ticket(&j, "ticket", &t);
    assert_null(strstr(out.data, "</script>"));
    json_t *root = end(), *ticket = json_object_get(root, "ticket");
    assert_string_equal(text_at(json_object_get(ticket, "contact"), "name"), "Ana </script>");
    assert_string_equal(text_at(json_object_get(ticket, "assignee"), "name"), "Sara");
    assert_string_equal(text_at(json_object_get(ticket, "draft"), "text"), "Try\nthis");
    assert_string_equal(text_at(ticket, "status"), "awaiting_close");
    assert_string_equal(text_at(ticket, "band"), "red");
    assert_string_equal(json_string_value(json_array_get(json_object_get(ticket, "tags"), 1)),
                        "\"quoted\"");
    json_decref(root);
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
    begin();
    json_entries(&j, "entries", entries, 3);
    json_t *root = end(), *list = json_object_get(root, "entries");
    assert_string_equal(text_at(json_array_get(list, 0), "from"), "contact");
    assert_string_equal(text_at(json_array_get(list, 0), "text"), "\xe2\x80\xa8<b>");
    json_t *cite = json_array_get(json_object_get(json_array_get(list, 1), "cites"), 0);
    assert_string_equal(text_at(cite, "title"), "Guide");
    assert_true(json_is_null(json_object_get(cite, "url")));
    assert_null(json_object_get(json_array_get(list, 2), "from"));
    assert_string_equal(text_at(json_array_get(list, 2), "handler"), "ai");
    json_decref(root);
}

static void lists_and_people(void **unused)
{
    (void)unused;
    struct list_row rows[] = { { .id = 2, .sort_ms = 9, .status = TICKET_ON_HOLD, .sentiment = 50,
                                 .unread = true } };
    struct technician_view people[] = { { 1, "Sara", "s@x", ROLE_LEAD, true },
                                        { 2, "Gone", "g@x", ROLE_TECHNICIAN, false } };
    struct event_view events[] = { { .id = 4, .actor = EVENT_OPERATOR, .kind = "note",
                                     .text = "secret" } };
    int64_t counts[LIST_VIEWS] = { 5, 1, 2 };
    begin();
    json_rows(&j, "rows", &(struct list_page){ rows, 1, true });
    json_technicians(&j, "technicians", &(struct technician_list){ people, 2 });
    json_counts(&j, "counts", counts);
    json_array(&j, "events");
    json_events(&j, &(struct event_list){ events, 1 });
    json_events(&j, &(struct event_list){ events, 1 });
    json_array_end(&j);
    json_t *root = end();
    json_t *row = json_array_get(json_object_get(root, "rows"), 0);
    assert_string_equal(text_at(row, "status"), "on_hold");
    assert_true(json_is_true(json_object_get(row, "unread")));
    assert_int_equal(json_array_size(json_object_get(root, "technicians")), 1);
    assert_null(strstr(text_at(json_array_get(json_object_get(root, "technicians"), 0), "name"),
                       "@"));
    assert_int_equal(json_integer_value(json_object_get(json_object_get(root, "counts"), "mine")),
                     2);
    assert_int_equal(json_array_size(json_object_get(root, "events")), 2);
    json_decref(root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_ticket_is_still_whole),
        cmocka_unit_test(a_full_ticket_says_everything),
        cmocka_unit_test(messages_and_changes_of_state_differ),
        cmocka_unit_test(lists_and_people),
    };
    return cmocka_run_group_tests_name("inbox: JSON", tests, NULL, NULL);
}

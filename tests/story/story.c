/* Stories: whole journeys in plain English against a real desk under a virtual clock.
 *
 * One sentence a line; quotes hold texts; `->` says what must come of it. `#` begins a comment.
 * The verbs stand in one table below. Usage: story FILE... ; STORY_VERBOSE=1 prints each line. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bot/base/text.h"
#include "bot/desk/zone.h"
#include "bot/engine/reader_private.h"
#include "tests/story/world.h"

enum { WORDS_MAX = 24, PEOPLE_MAX = 24, LINE_BYTES = 4096 };

struct person { char name[32]; bool technician; int64_t id, client; int64_t last_ticket; char conv[41]; };

struct teller {
    struct world w;
    bool open;
    const char *file;
    int line, failures, checks;
    char title[160];
    char buffer[LINE_BYTES];
    char *words[WORDS_MAX];
    int count;
    struct person people[PEOPLE_MAX];
    int person_count;
    struct outcome out;
    int64_t cid;
    char settings[4096];
};

static void fail(struct teller *t, const char *what, const char *got)
{
    printf("%s:%d: %s: %s (got: %s)\n", t->file, t->line, t->title, what, got ? got : "nothing");
    t->failures++;
}

static void expect(struct teller *t, bool holds, const char *what, const char *got)
{
    t->checks++;
    if (!holds)
        fail(t, what, got);
}

static const char *word(struct teller *t, int i)
{
    return i < t->count ? t->words[i] : "";
}

static bool is(struct teller *t, int i, const char *text)
{
    return !strcmp(word(t, i), text);
}

/* The word after this one, or NULL. */
static const char *after(struct teller *t, const char *key)
{
    for (int i = 0; i + 1 < t->count; i++)
        if (!strcmp(t->words[i], key))
            return t->words[i + 1];
    return NULL;
}

static struct person *person(struct teller *t, const char *name)
{
    for (int i = 0; i < t->person_count; i++)
        if (!strcmp(t->people[i].name, name))
            return &t->people[i];
    return NULL;
}

/* ---- setting the scene ---- */

static void do_clock(struct teller *t)
{
    int year, month, day, hour = 0, minute = 0;
    sscanf(word(t, 1), "%d-%d-%d", &year, &month, &day);
    sscanf(word(t, 2), "%d:%d", &hour, &minute);
    int64_t ms = (date_to_days(year, month, day) * 1440 + hour * 60 + minute) * 60000;
    world_wait(&t->w, ms > t->w.now_ms ? ms - t->w.now_ms : 0);
    t->w.now_ms = ms;
}

static void do_client(struct teller *t)
{
    const char *triage = after(t, "triage"), *hours = after(t, "hours");
    struct client_change change = { .key = word(t, 1), .name = word(t, 1), .hours = hours,
        .active = -1, .messenger = -1, .vip = -1, .reminders = after(t, "reminders")
        ? !strcmp(after(t, "reminders"), "on") : -1,
        .triage = triage ? triage_mode_parse(triage) : -1 };
    world_do(&t->w, &(struct command){ .kind = COMMAND_CLIENT_SAVE, .actor = ACTOR_OPERATOR,
                                       .client = &change }, &t->out);
}

static struct person *person_new(struct teller *t)
{
    struct person *p = &t->people[t->person_count++ % PEOPLE_MAX];
    *p = (struct person){ 0 };
    return p;
}

static void do_technician(struct teller *t)
{
    struct person *p = person_new(t);
    char email[64];
    snprintf(p->name, sizeof p->name, "%s", word(t, 1));
    snprintf(email, sizeof email, "%s@desk.example", word(t, 1));
    world_do(&t->w, &(struct command){ .kind = COMMAND_TECHNICIAN_SAVE, .actor = ACTOR_OPERATOR,
        .email = email, .name = p->name, .flag = true,
        .category = t->count > 2 ? word(t, 2) : "technician" }, &t->out);
    p->technician = true;
    p->id = t->out.id;
}

static void do_requester(struct teller *t)
{
    struct person *p = person_new(t);
    snprintf(p->name, sizeof p->name, "%s", word(t, 1));
    p->client = store_client_by_key(t->w.db, word(t, 3));
    struct command c = { .kind = COMMAND_SESSION_OPEN, .actor = ACTOR_CONTACT,
                         .client_id = p->client, .name = p->name };
    c.hash[0] = (unsigned char)t->person_count;
    world_do(&t->w, &c, &t->out);
    expect(t, t->out.id > 0, "a new requester", t->out.text);
    p->id = t->out.id;
}

static void do_article(struct teller *t)
{
    struct kb_passage passage = { "", word(t, 2) };
    struct kb_article_change article = { .path = word(t, 1), .title = word(t, 1), .lang = "en",
        .text = word(t, 2), .passages = &passage, .passage_count = 1 };
    world_do(&t->w, &(struct command){ .kind = COMMAND_KB_PUT, .actor = ACTOR_OPERATOR,
                                       .article = &article }, &t->out);
    expect(t, t->out.result == RESULT_OK, "article stored", t->out.text);
}

static void do_wait(struct teller *t)
{
    static const struct { const char *unit; int64_t ms; } units[] = { { "second", 1000 },
        { "minute", 60000 }, { "hour", 3600000 }, { "day", 86400000 }, { "week", 604800000 } };
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (!strncmp(word(t, 2), units[i].unit, strlen(units[i].unit)))
            (is(t, 0, "jump") ? world_jump : world_wait)(&t->w, atoll(word(t, 1)) * units[i].ms);
}

static void do_crash(struct teller *t)
{
    world_crash(&t->w);
}

static void do_surface(struct teller *t)
{
    t->w.surface_down = is(t, 1, "fails");
    world_wait(&t->w, 0);
}

/* ---- looking ---- */

static int64_t said_by_desk(struct teller *t, const struct person *p, const char *text)
{
    struct arena a = { 0 };
    struct reader reader = { t->w.db };
    struct entry_page page;
    int64_t found = 0, after_seq = 0;
    char all[LINE_BYTES];
    snprintf(all, sizeof all, "%s", text);
    do {
        if (view_page(&reader, p->last_ticket, after_seq, 200, SIZE_MAX, &a, &page) || !page.count)
            break;
        for (size_t i = 0; i < page.count; i++)
            if (page.entries[i].kind == ENTRY_MSG && page.entries[i].author != AUTHOR_CONTACT
                    && strcasestr(page.entries[i].text, all))
                found++;
        after_seq = page.entries[page.count - 1].seq;
    } while (page.more);
    arena_clear(&a);
    return found;
}

static void last_line(struct teller *t, const struct person *p, char *out, size_t size)
{
    struct arena a = { 0 };
    struct ticket ticket;
    store_ticket(t->w.db, p->last_ticket, &a, &ticket);
    snprintf(out, size, "%s", ticket.last_text ? ticket.last_text : "");
    arena_clear(&a);
}

static void look_sees(struct teller *t, const struct person *p)
{
    char last[LINE_BYTES];
    bool never = is(t, 0, "never");
    const char *text = never ? word(t, 3) : word(t, 2);
    int64_t n = said_by_desk(t, p, text);
    last_line(t, p, last, sizeof last);
    expect(t, never ? n == 0 : n > 0, never ? "must not be seen" : "must be seen", last);
}

static const char *ticket_field(struct teller *t, const struct ticket_view *v, const char *field,
                                char *out, size_t size)
{
    snprintf(out, size, "%s",
        !strcmp(field, "status") ? ticket_status_code(v->status)
      : !strcmp(field, "handler") ? ticket_handler_code(v->handler)
      : !strcmp(field, "assignee") ? v->assignee ? v->assignee : "nobody"
      : !strcmp(field, "team") ? v->team ? v->team : "none"
      : !strcmp(field, "outcome") ? ticket_outcome_code(v->outcome)
      : !strcmp(field, "reason") ? v->reason ? v->reason : "none"
      : !strcmp(field, "lang") ? v->lang ? v->lang : "none"
      : !strcmp(field, "category") ? v->category ? v->category : "none"
      : !strcmp(field, "subject") ? v->subject
      : !strcmp(field, "band") ? sentiment_band_code(sentiment_band(v->sentiment))
      : !strcmp(field, "review") ? v->needs_review ? "yes" : "no"
      : !strcmp(field, "alert") ? v->alert ? "yes" : "no"
      : !strcmp(field, "draft") ? v->draft ? v->draft : "none" : "");
    if (!strcmp(field, "priority"))
        snprintf(out, size, "P%d", v->priority);
    if (!strcmp(field, "reminders"))
        snprintf(out, size, "%d", v->reminders);
    if (!strcmp(field, "undelivered"))
        snprintf(out, size, "%d", v->undelivered);
    if (!strcmp(field, "followup"))
        snprintf(out, size, "%lld", (long long)v->followup_of);
    if (!*out)
        fail(t, "unknown field", field);
    return out;
}

/* ticket 1 status open handler ai ... */
static void do_ticket(struct teller *t)
{
    struct arena a = { 0 };
    struct reader reader = { t->w.db };
    struct ticket_view view;
    char got[LINE_BYTES], what[128];
    if (view_ticket(&reader, atoll(word(t, 1)), 0, &a, &view) || !view.id)
        fail(t, "there is such a ticket", NULL);
    for (int i = 2; view.id && i + 1 < t->count; i += 2) {
        ticket_field(t, &view, word(t, i), got, sizeof got);
        snprintf(what, sizeof what, "%s is %s", word(t, i), word(t, i + 1));
        expect(t, !strcmp(got, word(t, i + 1)), what, got);
    }
    arena_clear(&a);
}

/* log 1 has note "text" | log 1 has kind */
static void do_log(struct teller *t)
{
    struct arena a = { 0 };
    struct reader reader = { t->w.db };
    struct event_list list;
    int found = 0;
    if (view_events(&reader, atoll(word(t, 1)), 0, 500, &a, &list))
        fail(t, "the log can be read", NULL);
    for (size_t i = 0; i < list.count; i++)
        if (!strcmp(list.events[i].kind, word(t, 3)) && (t->count < 5 || is(t, 4, "times")
                || strcasestr(list.events[i].text ? list.events[i].text : "", word(t, 4))))
            found++;
    if (is(t, 4, "times"))
        expect(t, found == atoi(word(t, 5)), "times in the log",
               arena_print(&a, "%d", found));
    else
        expect(t, is(t, 2, "has") == (found > 0), "in the log", word(t, 3));
    arena_clear(&a);
}

static void do_card(struct teller *t)
{
    const struct world_card *card = &t->w.cards[atoll(word(t, 1)) % WORLD_CARDS];
    char got[64];
    snprintf(got, sizeof got, "%s, posted %d", ticket_status_code(card->status), card->posted);
    if (is(t, 2, "posted"))
        expect(t, card->posted == (is(t, 3, "once") ? 1 : atoi(word(t, 3))), "posted", got);
    else
        expect(t, !strcmp(ticket_status_code(card->status), word(t, 3)), "card shows", got);
    expect(t, !t->w.backwards, "a card never goes back", "it did");
}

static void do_never(struct teller *t)
{
    struct person *p = person(t, word(t, 1));
    if (p)
        look_sees(t, p);
    else
        fail(t, "unknown person", word(t, 1));
}

/* ---- what people do ---- */

static void requester_says(struct teller *t, struct person *p, bool again, bool fresh)
{
    char cid[32];
    snprintf(cid, sizeof cid, "story-%06lld", (long long)(again ? t->cid : ++t->cid));
    struct command c = { .kind = COMMAND_SAY, .actor = ACTOR_CONTACT, .actor_id = p->id,
        .conv = *p->conv && !fresh ? p->conv : NULL, .cid = cid, .text = word(t, 2) };
    world_do(&t->w, &c, &t->out);
    if (result_is_ok(t->out.result)) {
        p->last_ticket = t->out.ticket_id;
        strcpy(p->conv, t->out.conv);
    }
}

static const struct action { const char *verb; enum command_kind kind; } actions[] = {
    { "claims", COMMAND_CLAIM }, { "releases", COMMAND_RELEASE }, { "replies", COMMAND_REPLY },
    { "answers", COMMAND_REPLY }, { "notes", COMMAND_NOTE }, { "takes", COMMAND_TAKEOVER },
    { "gives", COMMAND_GIVE_BACK }, { "transfers", COMMAND_TRANSFER },
    { "sets", COMMAND_PRIORITY }, { "tags", COMMAND_TAG }, { "snoozes", COMMAND_SNOOZE },
    { "holds", COMMAND_HOLD }, { "resolves", COMMAND_RESOLVE }, { "closes", COMMAND_CLOSE },
    { "reopens", COMMAND_REOPEN }, { "keeps", COMMAND_KEEP_OPEN },
    { "escalates", COMMAND_ESCALATE }, { "sends", COMMAND_SEND_DRAFT },
    { "categorises", COMMAND_CATEGORY }, { "renames", COMMAND_SUBJECT },
};

/* sara VERB 1 ["text"] [to omar] [keeping it] [for 2 hours] */
static void technician_acts(struct teller *t, struct person *p, const struct action *action)
{
    const char *to = after(t, "to"), *hours = after(t, "for");
    struct person *target = to ? person(t, to) : NULL;
    struct arena a = { 0 };
    struct ticket ticket;
    store_ticket(t->w.db, atoll(word(t, 2)), &a, &ticket);
    struct command c = { .kind = action->kind, .actor = ACTOR_TECHNICIAN, .actor_id = p->id,
        .ticket_id = atoll(word(t, 2)), .text = t->count > 3 && *word(t, 3) ? word(t, 3) : NULL,
        .target_id = target ? target->id : 0, .flag = action->kind == COMMAND_TAG
        || after(t, "keeping") != NULL, .number = action->kind == COMMAND_PRIORITY
        ? atoll(word(t, 3) + 1) : ticket.draft_id, .category = word(t, 3) };
    if (hours)
        c.until_ms = t->w.now_ms + atoll(hours) * 3600000;
    world_do(&t->w, &c, &t->out);
    arena_clear(&a);
}

static void someone_acts(struct teller *t)
{
    struct person *p = person(t, word(t, 0));
    const char *verb = word(t, 1);
    if (!p) {
        fail(t, "unknown verb or person", word(t, 0));
        return;
    }
    if (!strcmp(verb, "sees")) {
        look_sees(t, p);
        return;
    }
    if (!strcmp(verb, "asks")) {             /* ana asks for a person */
        world_do(&t->w, &(struct command){ .kind = COMMAND_ASK_HUMAN, .actor = ACTOR_CONTACT,
                                           .actor_id = p->id, .conv = p->conv }, &t->out);
        return;
    }
    if (!p->technician) {
        requester_says(t, p, !strcmp(verb, "repeats"), !strcmp(verb, "starts"));
        return;
    }
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++)
        if (!strcmp(actions[i].verb, verb)) {
            technician_acts(t, p, &actions[i]);
            return;
        }
    fail(t, "unknown action", verb);
}

/* ---- the language ---- */

static void do_story(struct teller *t)
{
    snprintf(t->title, sizeof t->title, "%s", word(t, 1));
    if (t->open)
        world_close(&t->w);
    world_open(&t->w, t->settings, 7);
    t->open = true;
    t->person_count = 0;
}

static void do_settings(struct teller *t)
{
    snprintf(t->settings, sizeof t->settings, "%s", word(t, 1));
    for (char *at = t->settings; *at; at++)
        if (*at == '\'')
            *at = '"';           /* a quoted text cannot hold quotes */
}

static const struct verb { const char *name; void (*run)(struct teller *); bool acts; } verbs[] = {
    { "settings", do_settings, false }, { "story", do_story, false },
    { "clock", do_clock, false }, { "client", do_client, false },
    { "technician", do_technician, false }, { "requester", do_requester, false },
    { "article", do_article, false }, { "wait", do_wait, false }, { "jump", do_wait, false },
    { "crash", do_crash, false }, { "surface", do_surface, false },
    { "ticket", do_ticket, false }, { "log", do_log, false }, { "card", do_card, false },
    { "never", do_never, false },
};

/* Cuts the line into words; a quoted text is one word, with \n for line ends. */
static void cut(struct teller *t)
{
    char *at = t->buffer;
    t->count = 0;
    while (t->count < WORDS_MAX) {
        at += strspn(at, " \t\r\n");
        if (!*at || *at == '#')
            return;
        bool quoted = *at == '"';
        char *start = at += quoted;
        at += strcspn(at, quoted ? "\"" : " \t\r\n");
        t->words[t->count++] = start;
        if (!*at)
            return;
        *at++ = '\0';
        for (char *end = strstr(start, "\\n"); end; end = strstr(end, "\\n")) {
            *end = '\n';
            memmove(end + 1, end + 2, strlen(end + 2) + 1);
        }
    }
}

/* Everything from the arrow on is what must come of it: ok, ticket N, or a result and a text. */
static void check_arrow(struct teller *t, int arrow)
{
    const char *wanted = t->words[arrow + 1], *text = arrow + 2 < t->count ? t->words[arrow + 2] : NULL;
    char got[300];
    snprintf(got, sizeof got, "%s \"%s\" ticket %lld", result_word(t->out.result), t->out.text,
             (long long)t->out.ticket_id);
    if (!strcmp(wanted, "ticket")) {
        expect(t, result_is_ok(t->out.result) && t->out.ticket_id == atoll(text), "ticket number",
               got);
        return;
    }
    expect(t, !strcmp(result_word(t->out.result), wanted), wanted, got);
    if (text)
        expect(t, strcasestr(t->out.text, text) != NULL, text, got);
}

static void tell_line(struct teller *t)
{
    int arrow = -1;
    cut(t);
    for (int i = 0; i < t->count; i++)
        if (!strcmp(t->words[i], "->"))
            arrow = i;
    int all = t->count;
    if (!all)
        return;
    if (arrow >= 0)
        t->count = arrow;
    size_t v = 0;
    while (v < sizeof verbs / sizeof *verbs && strcmp(verbs[v].name, t->words[0]))
        v++;
    if (v < sizeof verbs / sizeof *verbs)
        verbs[v].run(t);
    else
        someone_acts(t);
    t->count = all;
    if (arrow >= 0 && arrow + 1 < all)
        check_arrow(t, arrow);
    else if (v == sizeof verbs / sizeof *verbs && strcmp(word(t, 1), "sees"))
        expect(t, result_is_ok(t->out.result), "accepted", t->out.text);
}

static int tell(struct teller *t, const char *path)
{
    FILE *file = fopen(path, "r");
    if (!file) {
        perror(path);
        return 1;
    }
    t->file = path;
    t->line = 0;
    while (fgets(t->buffer, sizeof t->buffer, file)) {
        t->line++;
        if (getenv("STORY_VERBOSE"))
            fputs(t->buffer, stderr);
        tell_line(t);
    }
    fclose(file);
    return 0;
}

int main(int argc, char **argv)
{
    static struct teller t;
    int bad = 0;
    for (int i = 1; i < argc; i++)
        bad |= tell(&t, argv[i]);
    if (t.open)
        world_close(&t.w);
    printf("%d passed, %d failed\n", t.checks - t.failures, t.failures);
    return bad || t.failures || !t.checks;
}

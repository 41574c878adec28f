#include "bot/engine/copy.h"

static const struct client_change *copy_client(struct arena *a, const struct client_change *from)
{
    if (!from)
        return NULL;
    struct client_change *to = arena_alloc(a, sizeof *to);
    *to = *from;
    const char **const texts[] = { &to->key, &to->name, &to->hours, &to->brand, &to->embed };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = arena_copy(a, *texts[i]);
    return to;
}

static const struct kb_article_change *copy_article(struct arena *a,
                                                    const struct kb_article_change *from)
{
    if (!from)
        return NULL;
    struct kb_article_change *to = arena_alloc(a, sizeof *to);
    *to = *from;
    const char **const texts[] = { &to->path, &to->title, &to->lang, &to->url, &to->text };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = arena_copy(a, *texts[i]);
    struct kb_passage *passages = arena_alloc(a, from->passage_count * sizeof *passages);
    for (size_t i = 0; i < from->passage_count; i++) {
        passages[i].heading = arena_copy(a, from->passages[i].heading);
        passages[i].text = arena_copy(a, from->passages[i].text);
    }
    to->passages = passages;
    return to;
}

static const struct triage_decision *copy_decision(struct arena *a,
                                                   const struct triage_decision *from)
{
    if (!from)
        return NULL;
    struct triage_decision *to = arena_alloc(a, sizeof *to);
    *to = *from;
    const char **const texts[] = { &to->say, &to->intent, &to->title, &to->category, &to->type,
                                   &to->subtype, &to->why, &to->summary };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = arena_copy(a, *texts[i]);
    for (size_t i = 0; i < to->choice_count; i++)
        to->choices[i] = arena_copy(a, to->choices[i]);
    for (size_t i = 0; i < to->request_count; i++)
        to->requests[i] = arena_copy(a, to->requests[i]);
    for (size_t i = 0; i < to->cite_count; i++) {
        to->cites[i].title = arena_copy(a, to->cites[i].title);
        to->cites[i].url = arena_copy(a, to->cites[i].url);
        to->cites[i].quote = arena_copy(a, to->cites[i].quote);
    }
    return to;
}

void command_copy(struct arena *a, const struct command *from, struct command *to)
{
    *to = *from;
    const char **const texts[] = { &to->source, &to->source_id, &to->conv, &to->cid, &to->text,
        &to->name, &to->email, &to->lang, &to->category, &to->type, &to->subtype,
        &to->person, &to->place, &to->thread, &to->remote, &to->raw };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = arena_copy(a, *texts[i]);
    to->client = copy_client(a, from->client);
    to->article = copy_article(a, from->article);
    to->decision = copy_decision(a, from->decision);
}

/* A messenger frame: whatever the bytes, a verdict, and only valid texts within their limits. */
#include "adapters/messenger/parse.h"
#include "tests/fuzz/fuzz.h"

static void check(const struct messenger_frame *f)
{
    const char *const texts[] = { f->cid, f->rid, f->conv, f->text, f->name, f->email, f->code,
                                  f->tok, f->jwt, f->lang, f->id, f->attrs };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        promise_text(texts[i]);
    PROMISE(f->pos_count <= FRAME_POSITIONS_MAX && f->file_count <= FRAME_FILES_MAX);
    if (f->verdict == FRAME_GOOD) {
        PROMISE(f->type < FRAME_TYPES);
        PROMISE(!f->text || text_length(f->text) <= FRAME_TEXT_MAX);
        PROMISE(f->seq >= 0 && f->after >= 0 && f->limit >= 0 && f->limit <= FRAME_PAGE_MAX);
        PROMISE(f->type != FRAME_SEND || (f->cid && f->text));
    }
    for (size_t i = 0; i < f->pos_count; i++)
        PROMISE(f->pos[i].conv && f->pos[i].seq >= 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct messenger_frame frame;
    messenger_parse((const char *)data, size, &frame);
    check(&frame);
    messenger_frame_clear(&frame);
    return 0;
}

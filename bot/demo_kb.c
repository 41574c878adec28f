/* The demo's articles, byte for byte as in deploy/demo/kb. demo.mk lists them in demo_kb.h. */
#include "bot/demo.h"

#define ARTICLE(n, path)                                                                          \
    __asm__(".pushsection .rodata\n"                                                              \
            "demo_kb_" #n ": .incbin \"" path "\"\n"                                              \
            "demo_kb_end_" #n ": .byte 0\n"                                                       \
            ".popsection\n");                                                                     \
    extern const char demo_kb_##n[], demo_kb_end_##n[];
#include "demo_kb.h"
#undef ARTICLE

#define ARTICLE(n, path) { path, demo_kb_##n, demo_kb_end_##n },
const struct demo_article demo_articles[] = {
#include "demo_kb.h"
    { NULL, NULL, NULL },
};
const size_t demo_article_count = sizeof demo_articles / sizeof *demo_articles - 1;

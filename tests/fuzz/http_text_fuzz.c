/* The pieces of HTTP that we read ourselves: the first byte chooses one, the rest is its text. */
#include "adapters/net/http_text.h"
#include "tests/fuzz/fuzz.h"

static void forwarded(const char *text)
{
    struct http_address peer, out;
    char printed[HTTP_ADDRESS_SIZE];
    PROMISE(http_address_parse("127.0.0.1", 9, &peer) == 0);
    if (http_forwarded_client(&peer, text, "127.0.0.1, 10.0.0.0/8", &out))
        return;
    http_address_print(&out, printed);
    struct http_address again;
    PROMISE(http_address_parse(printed, strlen(printed), &again) == 0);
    PROMISE(!memcmp(again.bytes, out.bytes, sizeof out.bytes));
}

static void lists(const char *text)
{
    const char *list = text, *item;
    size_t len, n = 0;
    while (http_list_next(&list, &item, &len)) {
        PROMISE(item >= text && item + len <= text + strlen(text));
        n++;
    }
    PROMISE(n <= strlen(text));
    http_list_has(text, "websocket");
    http_accepts_coding(text, "br");
    http_etag_matches(text, "\"abc\"");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a = { 0 };
    struct http_address address;
    if (!size)
        return 0;
    const char *text = arena_copy_n(&a, (const char *)data + 1, size - 1);
    switch (*data % 5) {
    case 0: forwarded(text); break;
    case 1: lists(text); break;
    case 2: PROMISE(http_number(text) >= -1); break;
    case 3: PROMISE(http_retry_after_ms(text, INT64_C(1767225600000)) <= 86400000); break;
    default:
        http_address_parse(text, strlen(text), &address);
        http_address_in_list(&address, text);
        http_address_list_is_valid(text);
        http_is_header_name(text);
        http_is_header_value(text);
    }
    arena_clear(&a);
    return 0;
}

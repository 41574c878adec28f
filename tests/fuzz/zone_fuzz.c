/* A zoneinfo file: offsets stay within a day and a bit, and its next change lies ahead. */
#include "bot/desk/zone.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const int64_t instants[] = { INT64_C(-5000000000), 0, 951782400, 1767225600,
                                        INT64_C(4102444800), INT64_C(32503680000) };
    struct arena a = { 0 };
    const struct zone *zone = zone_parse(data, size, &a);
    for (size_t i = 0; zone && i < sizeof instants / sizeof *instants; i++) {
        int64_t until = 0;
        int32_t offset = zone_offset_s(zone, instants[i], &until);
        PROMISE(offset > -DAY_S * 8 && offset < DAY_S * 8);
        PROMISE(until > instants[i]);
        zone_instant_s(zone, instants[i]);
    }
    arena_clear(&a);
    return 0;
}

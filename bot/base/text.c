#include "bot/base/text.h"

/* Bytes of the sequence that a lead byte starts; 0 for a byte that cannot lead. */
static size_t sequence_bytes(unsigned char lead)
{
    if (lead < 0x80)
        return 1;
    if (lead >= 0xc2 && lead <= 0xdf)
        return 2;
    if (lead >= 0xe0 && lead <= 0xef)
        return 3;
    return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
}

static bool is_tail(unsigned char byte)
{
    return (byte & 0xc0) == 0x80;
}

/* The second byte carries the rules against overlong forms, surrogates and values over 10FFFF. */
static bool second_fits(unsigned char lead, unsigned char second)
{
    switch (lead) {
    case 0xe0: return second >= 0xa0;
    case 0xed: return second <= 0x9f;
    case 0xf0: return second >= 0x90;
    case 0xf4: return second <= 0x8f;
    default: return true;
    }
}

bool text_is_valid(const char *bytes, size_t len)
{
    for (size_t i = 0; i < len;) {
        unsigned char lead = (unsigned char)bytes[i];
        size_t size = sequence_bytes(lead);
        if (!lead || !size || size > len - i)
            return false;
        for (size_t k = 1; k < size; k++)
            if (!is_tail((unsigned char)bytes[i + k]))
                return false;
        if (size > 1 && !second_fits(lead, (unsigned char)bytes[i + 1]))
            return false;
        i += size;
    }
    return true;
}

/* A broken sequence cannot happen in valid text; should it, one byte is taken, never the NUL. */
uint32_t text_next(const char **at)
{
    static const unsigned char lead_bits[5] = { 0, 0x7f, 0x1f, 0x0f, 0x07 };
    const char *from = *at;
    unsigned char lead = (unsigned char)*from;
    if (!lead)
        return 0;
    size_t size = sequence_bytes(lead);
    uint32_t code_point = size ? lead & lead_bits[size] : 0xfffd;
    for (size_t k = 1; k < size; k++) {
        if (!is_tail((unsigned char)from[k])) {
            *at = from + 1;
            return 0xfffd;
        }
        code_point = code_point << 6 | ((unsigned char)from[k] & 0x3fu);
    }
    *at = from + (size ? size : 1);
    return code_point;
}

size_t text_encode(uint32_t code_point, char *out)
{
    if (code_point < 0x80) {
        out[0] = (char)code_point;
        return 1;
    }
    if (code_point < 0x800) {
        out[0] = (char)(0xc0 | code_point >> 6);
        out[1] = (char)(0x80 | (code_point & 0x3f));
        return 2;
    }
    if (code_point < 0x10000) {
        out[0] = (char)(0xe0 | code_point >> 12);
        out[1] = (char)(0x80 | (code_point >> 6 & 0x3f));
        out[2] = (char)(0x80 | (code_point & 0x3f));
        return 3;
    }
    out[0] = (char)(0xf0 | (code_point >> 18 & 7));
    out[1] = (char)(0x80 | (code_point >> 12 & 0x3f));
    out[2] = (char)(0x80 | (code_point >> 6 & 0x3f));
    out[3] = (char)(0x80 | (code_point & 0x3f));
    return 4;
}

size_t text_length(const char *text)
{
    size_t length = 0;
    for (; *text; text++)
        length += !is_tail((unsigned char)*text);
    return length;
}

size_t text_bytes(const char *text, size_t code_points)
{
    size_t bytes = 0;
    for (; text[bytes]; bytes++)
        if (!is_tail((unsigned char)text[bytes]) && code_points-- == 0)
            break;
    return bytes;
}

/* Unicode White_Space, and the invisible characters that chat clients leave behind alone. */
static bool is_blank(uint32_t c)
{
    return (c >= 0x09 && c <= 0x0d) || c == 0x20 || c == 0x85 || c == 0xa0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f ||
           c == 0x205f || c == 0x3000 || (c >= 0x200b && c <= 0x200f) || c == 0x2060 ||
           c == 0xfeff;
}

bool text_is_blank(const char *text)
{
    for (uint32_t c; (c = text_next(&text)) != 0;)
        if (!is_blank(c))
            return false;
    return true;
}

/* Lower case by range: `step` 1 adds `add`; `step` 2 is an alternating run of upper, lower. */
struct case_range {
    uint32_t first, last, step;
    int32_t add;
};

static const struct case_range case_ranges[] = {
    { 'A', 'Z', 1, 32 },            { 0xc0, 0xd6, 1, 32 },        { 0xd8, 0xde, 1, 32 },
    { 0x100, 0x12e, 2, 1 },         { 0x130, 0x130, 1, -199 },    { 0x132, 0x136, 2, 1 },
    { 0x139, 0x147, 2, 1 },         { 0x14a, 0x176, 2, 1 },       { 0x178, 0x178, 1, -121 },
    { 0x179, 0x17d, 2, 1 },         { 0x1a0, 0x1a4, 2, 1 },       { 0x1af, 0x1af, 1, 1 },
    { 0x1cd, 0x1db, 2, 1 },         { 0x1de, 0x1ee, 2, 1 },       { 0x218, 0x21e, 2, 1 },
    { 0x386, 0x386, 1, 38 },        { 0x388, 0x38a, 1, 37 },      { 0x38c, 0x38c, 1, 64 },
    { 0x38e, 0x38f, 1, 63 },        { 0x391, 0x3a1, 1, 32 },      { 0x3a3, 0x3ab, 1, 32 },
    { 0x400, 0x40f, 1, 80 },        { 0x410, 0x42f, 1, 32 },      { 0x460, 0x480, 2, 1 },
    { 0x48a, 0x4be, 2, 1 },         { 0x4c1, 0x4cd, 2, 1 },       { 0x4d0, 0x52e, 2, 1 },
    { 0x531, 0x556, 1, 48 },        { 0x1e00, 0x1e94, 2, 1 },     { 0x1e9e, 0x1e9e, 1, -7615 },
    { 0x1ea0, 0x1efe, 2, 1 },       { 0xff21, 0xff3a, 1, 32 },
};

uint32_t text_lower(uint32_t code_point)
{
    size_t low = 0, high = sizeof case_ranges / sizeof case_ranges[0];
    while (low < high) {
        size_t middle = (low + high) / 2;
        const struct case_range *r = &case_ranges[middle];
        if (code_point > r->last)
            low = middle + 1;
        else if (code_point < r->first)
            high = middle;
        else
            return (code_point - r->first) % r->step ? code_point
                                                     : (uint32_t)((int32_t)code_point + r->add);
    }
    return code_point;
}

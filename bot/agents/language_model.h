/* language_model.h - the numbers of language.c: a linear model over hashed letter groups.
 * language_table.c holds them; tests/bench/language_train.c makes that file. */
#ifndef DESKHAND_AGENTS_LANGUAGE_MODEL_H
#define DESKHAND_AGENTS_LANGUAGE_MODEL_H

#include <stddef.h>
#include <stdint.h>

#define LANGUAGE_MODEL_TABLE(L)                                                                   \
    L(cs) L(da) L(de) L(en) L(es) L(fi) L(fr) L(hr) L(hu) L(id) L(it) L(lt) L(nl) L(no) L(pl)     \
    L(pt) L(ro) L(sv) L(tr) L(vi) L(bg) L(kk) L(ru) L(uk)

#define LANGUAGE_MODEL_ENUM(code) LANGUAGE_##code,
enum language_model_code { LANGUAGE_MODEL_TABLE(LANGUAGE_MODEL_ENUM) LANGUAGE_CODES };
#undef LANGUAGE_MODEL_ENUM

enum { LANGUAGE_BUCKETS = 7168, LANGUAGE_FEATURES_MAX = 1200, LANGUAGE_LEVELS = 64 };

/* A weight is one letter of the base64 alphabet: 0 is the least, 63 the greatest. Row by bucket. */
extern const char language_weights[LANGUAGE_BUCKETS][LANGUAGE_CODES];      /* no NUL at the ends */
extern const double language_step;         /* of one level */

/* Buckets of the letter groups of a text (1 to 4 letters with word ends, and whole words), at most
 * max. Only letters count; they are folded to lower case. Returns how many there are. */
size_t language_features(const char *text, uint16_t *out, size_t max);

#endif

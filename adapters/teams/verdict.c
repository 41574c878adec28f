#include "adapters/teams/verdict.h"

#include <assert.h>

#define ROW(id, check, status, alarm, word) { check, status, alarm, word },
static const struct teams_verdict_row rows[VERDICTS] = { VERDICT_TABLE(ROW) };

const struct teams_verdict_row *teams_verdict_row(enum teams_verdict v)
{
    assert((unsigned)v < VERDICTS);
    return &rows[v];
}

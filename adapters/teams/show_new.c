/* The dialog "make a ticket". In Teams it is known whose ticket it is only when the answers come: if
 * that person has open tickets, the dialog is shown once more and says so, before there is another
 * one. */
#include <stdlib.h>

#include "adapters/teams/show.h"

void show_read_new(struct reader *r, struct showing *show)
{
    show->email = show->talk->command.email;
    if (show->email && view_requester(r, show->email, &show->arena, &show->requester))
        show->failed = true;
}

/* The number that comes back with the answers says which ticket the person was told about. */
void show_draw_new(struct showing *show, struct shown *out)
{
    const struct client_list *clients = teams_clients(show->talk->teams);
    const char *warning = dialog_new_warning(&show->requester, show->email, &show->arena);
    struct dialog dialog;
    if (warning)
        warning = arena_print(&show->arena, "%s If this is about something else, make it.",
                              warning);
    dialog_make_new(&(struct dialog_new){ .clients = clients->clients,
        .client_count = clients->count, .text = show->talk->input.click.word,
        .warning = warning }, &show->arena, &dialog);
    dialog.number = show->requester.newest_id;
    show_put_dialog(show, &dialog, out);
}

/* ---- before it is made ---- */

struct asking {
    struct teams_talk *talk;
    struct arena arena;
    void (*go)(struct teams_talk *talk);
    bool wait;                      /* something must be said first */
};

/* Names of tickets are for technicians; whoever is none is told so by the command. */
static void look(struct reader *r, void *arg)
{
    struct asking *q = arg;
    struct technician_view viewer;
    struct requester_view requester;
    const char *email = q->talk->command.email;
    if (!email || !q->talk->account || view_person(r, q->talk->account, &q->arena, &viewer)
            || view_requester(r, email, &q->arena, &requester))
        return;
    q->wait = viewer.id && viewer.active && requester.open
           && requester.newest_id != q->talk->input.click.number;
}

static void looked(void *arg)
{
    struct asking *q = arg;
    struct teams_talk *talk = q->talk;
    if (talk->teams->closed)
        ;
    else if (q->wait)
        teams_show_again(talk, NULL);
    else
        q->go(talk);
    arena_clear(&q->arena);
    free(q);
    teams_talk_drop(talk);
}

void teams_ask_before_new(struct teams_talk *talk, void (*go)(struct teams_talk *talk))
{
    struct asking *q = calloc(1, sizeof *q);
    if (!q)
        abort();
    *q = (struct asking){ .talk = talk, .go = go };
    teams_talk_hold(talk);
    if (engine_read(talk->teams->host.engine, look, looked, q))
        return;
    looked(q);
}

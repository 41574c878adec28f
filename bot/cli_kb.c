/* kb import, list, remove: the knowledge base from Markdown files. */
#include <errno.h>
#include <fts.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "bot/cli_json.h"
#include "bot/kb_file.h"

struct import {
    struct cli *c;
    int64_t client_id;
    size_t base;                    /* bytes of DIR/ before an article's path */
    int articles, refused;
    int code;                       /* of what ends the import at once */
};

static int client_of(struct cli *c, int64_t *id)
{
    int code = CLI_OK;
    const char *key = cli_value(c, "--client");
    *id = 0;
    if (!key)
        return CLI_OK;
    struct reader *r = cli_reader(c, &code);
    if (r && !(*id = cli_client(c, r, key).id))
        code = CLI_REFUSED;
    cli_reader_done(r);
    return code;
}

/* A file that is no article is named and left out; the others are still imported. */
static void import_file(struct import *im, const char *file)
{
    struct cli piece = *im->c;
    struct kb_article_change article;
    struct outcome outcome;
    char error[KB_ERROR_MAX];
    size_t len;
    piece.memory = (struct arena){ 0 };
    const char *text = cli_read_file(&piece, file, KB_FILE_MAX, &len);
    if (!text) {
        im->refused++;
    } else if (kb_file_parse(file + im->base, text, len, &piece.memory, &article, error)) {
        cli_fail(CLI_REFUSED, "%s: %s", file, error);
        im->refused++;
    } else {
        struct command c = { .kind = COMMAND_KB_PUT, .client_id = im->client_id,
                             .article = &article };
        im->code = cli_submit(im->c, &c, &outcome);
        im->articles++;
        if (!im->code)
            printf("%s: %s (%zu passages)\n", article.path, article.title, article.passage_count);
    }
    arena_clear(&piece.memory);
}

static bool is_markdown(const char *name)
{
    const char *dot = strrchr(name, '.');
    return dot && dot != name && (!strcmp(dot, ".md") || !strcmp(dot, ".markdown"));
}

static int by_name(const FTSENT **a, const FTSENT **b)
{
    return strcmp((*a)->fts_name, (*b)->fts_name);
}

static void walk(struct import *im, FTS *tree)
{
    FTSENT *entry;
    while (!im->code && (entry = fts_read(tree))) {
        if (entry->fts_level > 0 && entry->fts_name[0] == '.')
            fts_set(tree, entry, FTS_SKIP);
        else if (entry->fts_info == FTS_F && is_markdown(entry->fts_name))
            import_file(im, entry->fts_path);
        else if (entry->fts_info == FTS_SL || entry->fts_info == FTS_SLNONE)
            cli_fail(CLI_OK, "%s: skipped, it is a link; import what it points to by itself",
                     entry->fts_path);
        else if (entry->fts_info == FTS_ERR || entry->fts_info == FTS_DNR ||
                 entry->fts_info == FTS_NS)
            im->code = cli_fail(CLI_IO, "%s: %s", entry->fts_path, strerror(entry->fts_errno));
    }
}

/* Of DIR/sub/x.md the path is sub/x.md; of a file that was named itself it is the file's name. */
static size_t path_begins(const char *given)
{
    struct stat info;
    const char *slash = strrchr(given, '/');
    if (!stat(given, &info) && !S_ISDIR(info.st_mode))
        return slash ? (size_t)(slash + 1 - given) : 0;
    return strlen(given) + (strcmp(given, "/") != 0);
}

static int report(const struct import *im, const char *dir)
{
    if (im->code)
        return im->code;
    if (!im->articles)
        return cli_fail(CLI_REFUSED, "there is no Markdown file (*.md) with text in %s", dir);
    printf("%d articles imported\n", im->articles);
    return im->refused ? CLI_REFUSED : CLI_OK;
}

int cli_kb_import(struct cli *c)
{
    struct import im = { .c = c };
    char *dir = arena_copy(&c->memory, c->operand);
    if (!*dir)
        return cli_fail(CLI_USAGE, "DIR is empty; name a folder or a Markdown file");
    for (size_t len = strlen(dir); len > 1 && dir[len - 1] == '/'; len--)
        dir[len - 1] = '\0';
    im.base = path_begins(dir);
    int code = client_of(c, &im.client_id);
    if (code)
        return code;
    FTS *tree = fts_open((char *const[]){ dir, NULL }, FTS_PHYSICAL | FTS_COMFOLLOW | FTS_NOCHDIR,
                         by_name);
    if (!tree)
        return cli_fail(CLI_IO, "%s: %s", dir, strerror(errno));
    walk(&im, tree);
    fts_close(tree);
    return report(&im, dir);
}

static void article_json(struct json_out *j, const struct article_view *v, const char *client)
{
    json_out_object(j, NULL);
    json_out_int(j, "id", v->id);
    json_out_text(j, "client", client);
    json_out_text(j, "path", v->path);
    json_out_text(j, "title", v->title);
    json_out_text(j, "lang", v->lang);
    json_out_text(j, "url", v->url);
    json_out_int(j, "version", v->version);
    json_out_int(j, "passages", v->passages);
    json_out_int(j, "updated_ms", v->updated_ms);
    json_out_object_end(j);
}

static const char *key_of(const struct client_list *clients, int64_t id)
{
    for (size_t i = 0; i < clients->count; i++)
        if (clients->clients[i].id == id)
            return clients->clients[i].key;
    return NULL;
}

static int list_articles(struct cli *c, struct reader *r, struct json_out *j)
{
    struct client_list clients = { 0 };
    struct article_list list = { 0 };
    const char *key = cli_value(c, "--client");
    int64_t client_id = key ? cli_client(c, r, key).id : -1;
    if (!client_id)
        return CLI_REFUSED;
    if (view_clients(r, &c->memory, &clients) || view_articles(r, client_id, &c->memory, &list))
        return cli_fail(CLI_IO, "the desk could not be read");
    for (size_t i = 0; i < list.count; i++) {
        const struct article_view *v = &list.articles[i];
        const char *client = key_of(&clients, v->client_id);
        article_json(j, v, client);
        if (!cli_given(c, "--json"))
            printf("%-16s %-36s %-3s %3d  %s\n", client ? client : "(all)",
                   cli_plain(c, v->path, 36), cli_plain(c, v->lang, 8), v->passages,
                   cli_plain(c, v->title, 60));
    }
    return CLI_OK;
}

int cli_kb_list(struct cli *c)
{
    int code;
    struct cli_json out;
    struct reader *r = cli_reader(c, &code);
    cli_json_open(&out);
    json_out_array(&out.j, NULL);
    if (r)
        code = list_articles(c, r, &out.j);
    json_out_array_end(&out.j);
    cli_reader_done(r);
    return cli_json_close(c, &out, code);
}

int cli_kb_remove(struct cli *c)
{
    struct command command = { .kind = COMMAND_KB_REMOVE, .name = c->operand };
    struct outcome outcome;
    int code = client_of(c, &command.client_id);
    if (!code)
        code = cli_submit(c, &command, &outcome);
    if (!code)
        printf("%s is removed\n", c->operand);
    return code;
}

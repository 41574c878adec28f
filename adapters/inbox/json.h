/* json.h - views of the desk as the JSON that the browser reads. Pure.
 * It decides no rights: what stands in a view may be seen by every technician. */
#ifndef DESKHAND_INBOX_JSON_H
#define DESKHAND_INBOX_JSON_H

#include "bot/base/json_out.h"
#include "bot/engine/view.h"

void json_ticket(struct json_out *j, const char *key, const struct ticket_view *t);
void json_entries(struct json_out *j, const char *key, const struct entry *entries, size_t count);
/* Adds the events to an open array: several pages make one list. */
void json_events(struct json_out *j, const struct event_list *list);
void json_rows(struct json_out *j, const char *key, const struct list_page *page);
void json_technicians(struct json_out *j, const char *key, const struct technician_list *list);
void json_teams(struct json_out *j, const char *key, const struct team_list *list);
void json_clients(struct json_out *j, const char *key, const struct client_list *list);
void json_undelivered(struct json_out *j, const char *key, const struct undelivered_list *list);
void json_sources(struct json_out *j, const char *key, const struct source_list *list);
void json_counts(struct json_out *j, const char *key, const int64_t counts[LIST_VIEWS]);

#endif

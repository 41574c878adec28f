/* metric.h - counters, gauges and latency histograms, printed in the Prometheus text format.
 * A fixed table: no labels from input, no growth. All functions are thread-safe. */
#ifndef DESKHAND_BASE_METRIC_H
#define DESKHAND_BASE_METRIC_H

#include <stdint.h>

#include "bot/base/buf.h"

#define METRIC_TABLE(M)                                                                           \
    M(COMMANDS, COUNTER, "deskhand_commands_total", "Commands applied, refused ones included")    \
    M(REFUSED, COUNTER, "deskhand_commands_refused_total", "Commands refused by a rule")          \
    M(COMMITS, COUNTER, "deskhand_commits_total", "Transactions committed")                       \
    M(COMMIT_US, HISTOGRAM, "deskhand_commit_seconds", "Time of one group commit")                \
    M(QUEUE_FULL, COUNTER, "deskhand_queue_full_total", "Commands turned away: queue full")       \
    M(STORE_ERRORS, COUNTER, "deskhand_store_errors_total", "Failed statements and commits")      \
    M(DISK_FULL, GAUGE, "deskhand_disk_full", "1 while new work is refused for want of space")    \
    M(EFFECTS, COUNTER, "deskhand_effects_total", "Effects handed to adapters")                   \
    M(EFFECT_RETRIES, COUNTER, "deskhand_effect_retries_total", "Deliveries that will be retried")\
    M(DEAD_LETTERS, GAUGE, "deskhand_dead_letters", "Effects that a technician must look at")     \
    M(SOCKETS, GAUGE, "deskhand_sockets", "Open WebSockets")                                      \
    M(MESSENGER_FRAMES, COUNTER, "deskhand_messenger_frames_total", "Messenger frames received")  \
    M(MESSENGER_ERRS, COUNTER, "deskhand_messenger_errors_total", "Messenger err frames sent")    \
    M(SLOW_CLOSED, COUNTER, "deskhand_sockets_too_slow_total", "Sockets closed as too slow")      \
    M(ACK_US, HISTOGRAM, "deskhand_ack_seconds", "Frame received to ack written")                 \
    M(TRIAGE_US, HISTOGRAM, "deskhand_triage_seconds", "Time of one triage decision")             \
    M(TRIAGE_HANDOFFS, COUNTER, "deskhand_triage_handoffs_total", "Handed over to people")        \
    M(TRIAGE_ANSWERS, COUNTER, "deskhand_triage_answers_total", "Answered with a citation")       \
    M(REMINDERS, COUNTER, "deskhand_reminders_total", "Reminders sent")                           \
    M(SEARCH_US, HISTOGRAM, "deskhand_search_seconds", "Time of one read job")                    \
    M(LOOP_STALL_US, HISTOGRAM, "deskhand_loop_stall_seconds", "Time the network loop was busy")  \
    M(SLACK_CALLS, COUNTER, "deskhand_slack_calls_total", "Slack Web API calls sent")             \
    M(SLACK_ERRORS, COUNTER, "deskhand_slack_errors_total", "Slack calls that did not work")      \
    M(SLACK_RATE_LIMITED, COUNTER, "deskhand_slack_rate_limited_total", "429s from Slack")        \
    M(HTTP_REQUESTS, COUNTER, "deskhand_http_requests_total", "HTTP requests answered")           \
    M(SURFACES_DOWN, GAUGE, "deskhand_surfaces_down", "Chat surfaces in use that are not well")   \
    M(SLACK_UP, GAUGE, "deskhand_slack_up", "1 while Slack is in use and well")                   \
    M(TEAMS_UP, GAUGE, "deskhand_teams_up", "1 while Teams is in use and well")                   \
    M(EFFECTS_WAITING, GAUGE, "deskhand_effects_waiting", "Effects that are still to go out")     \
    M(PLACES_LOST, COUNTER, "deskhand_places_lost_total", "Channels that were gone or closed")    \
    M(CARDS_REPOSTED, COUNTER, "deskhand_cards_reposted_total", "Cards gone there, posted again") \
    M(EDITS_REFUSED, COUNTER, "deskhand_edits_refused_total", "Cards too old for an edit there")  \
    M(SLACK_CONNECTED, GAUGE, "deskhand_slack_connected", "1 while a socket to Slack is live")    \
    M(SLACK_RECONNECTS, COUNTER, "deskhand_slack_reconnects_total", "Sockets to Slack renewed")   \
    M(SLACK_LOSSES, COUNTER, "deskhand_slack_losses_total", "Sockets to Slack lost unplanned")    \
    M(SLACK_CONNECTIONS, GAUGE, "deskhand_slack_connections", "Sockets by Slack's own count")      \
    M(SLACK_LAST_FRAME_MS, GAUGE, "deskhand_slack_last_frame_ms", "Unix ms of Slack's last byte") \
    M(SLACK_LAST_EVENT_MS, GAUGE, "deskhand_slack_last_event_ms", "Unix ms of Slack's last input")\
    M(TEAMS_CALLS, COUNTER, "deskhand_teams_calls_total", "Bot Connector calls sent")             \
    M(TEAMS_ERRORS, COUNTER, "deskhand_teams_errors_total", "Connector calls that did not work")  \
    M(TEAMS_RATE_LIMITED, COUNTER, "deskhand_teams_rate_limited_total", "429s from the Connector")\
    M(TEAMS_UNCLEAR, COUNTER, "deskhand_teams_unclear_total", "Sends that may have arrived")      \
    M(TEAMS_POSSIBLE_DOUBLES, COUNTER, "deskhand_teams_possible_doubles_total",                   \
      "Sends repeated after an unclear one")                                                      \
    M(TEAMS_NOT_REPEATED, COUNTER, "deskhand_teams_not_repeated_total",                           \
      "Lines of changes not repeated after an unclear send: the card shows them")

#define METRIC_NAME(id, type, name, help) METRIC_##id,
enum metric { METRIC_TABLE(METRIC_NAME) METRICS };
#undef METRIC_NAME

void metric_add(enum metric m, int64_t n);            /* counter */
void metric_set(enum metric m, int64_t value);        /* gauge */
void metric_observe_us(enum metric m, int64_t us);    /* histogram */
int64_t metric_value(enum metric m);                  /* counter, gauge; a histogram's count */
void metric_print(struct buf *out);

#endif

/* plain.h - names and mail addresses as people type them: what is wrong with one, in words.
 * It changes nothing and looks nothing up. Any bytes may be asked about. */
#ifndef DESKHAND_DESK_PLAIN_H
#define DESKHAND_DESK_PLAIN_H

enum { NAME_MAX_POINTS = 120, EMAIL_MAX_BYTES = 254 };

/* A name of a client, technician or team: one line with something in it. NULL, or what is wrong, to
 * be read behind "the name ". */
const char *name_wrong(const char *name);

/* A mail address in its plainest form: one @ with something on both sides. NULL, or what is wrong,
 * to be read behind "the mail address ". */
const char *email_wrong(const char *email);

#endif

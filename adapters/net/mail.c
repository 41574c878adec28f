/* Mail leaves by curl as well: SMTP with TLS, one recipient a message. */
#include <string.h>

#include "adapters/net/http_client_private.h"

enum { CONNECT_MS = 10000, TOTAL_MS = 60000 };

static size_t on_read(char *out, size_t size, size_t count, void *ctx)
{
    struct transfer *t = ctx;
    size_t len = t->send.len - t->sent;
    if (len > size * count)
        len = size * count;
    if (len)
        memcpy(out, t->send.data + t->sent, len);
    t->sent += len;
    return len;
}

/* A bare address goes into MAIL FROM and RCPT TO: nothing that could end the line or the
 * brackets. */
static bool is_bare_address(const char *text)
{
    const char *at = text ? strchr(text, '@') : NULL;
    if (!at || at == text || !at[1] || strlen(text) > 254)
        return false;
    for (; *text; text++)
        if ((unsigned char)*text <= ' ' || *text == '<' || *text == '>' || *text == 0x7f)
            return false;
    return true;
}

static void set_security(struct transfer *t, enum url_kind kind)
{
    curl_easy_setopt(t->easy, CURLOPT_PROTOCOLS_STR, kind == URL_TLS ? "smtps" : "smtp");
    if (kind == URL_STARTTLS)
        curl_easy_setopt(t->easy, CURLOPT_USE_SSL, (long)CURLUSESSL_ALL);
    if (kind == URL_PLAIN_LOOPBACK)
        curl_easy_setopt(t->easy, CURLOPT_PROXY, "");
}

uint64_t mail_send(struct http_client *c, const struct mail *mail, http_client_fn fn, void *ctx)
{
    struct transfer *t = transfer_new(c, fn, ctx);
    enum url_kind kind = http_client_url_kind(mail->url, true);
    bool allowed = kind != URL_REFUSED && is_bare_address(mail->from) && is_bare_address(mail->to);
    t->mail = true;
    buf_add(&t->send, mail->message, mail->message_len);
    set_security(t, kind);
    curl_easy_setopt(t->easy, CURLOPT_URL, mail->url);
    if (mail->user && mail->password) {
        curl_easy_setopt(t->easy, CURLOPT_USERNAME, mail->user);
        curl_easy_setopt(t->easy, CURLOPT_PASSWORD, mail->password);
    }
    t->recipients = curl_slist_append(NULL, mail->to ? mail->to : "");
    curl_easy_setopt(t->easy, CURLOPT_MAIL_FROM, mail->from);
    curl_easy_setopt(t->easy, CURLOPT_MAIL_RCPT, t->recipients);
    curl_easy_setopt(t->easy, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(t->easy, CURLOPT_INFILESIZE_LARGE, (curl_off_t)t->send.len);
    curl_easy_setopt(t->easy, CURLOPT_READFUNCTION, on_read);
    curl_easy_setopt(t->easy, CURLOPT_READDATA, t);
    curl_easy_setopt(t->easy, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
    curl_easy_setopt(t->easy, CURLOPT_TIMEOUT_MS, (long)TOTAL_MS);
    return transfer_start(t, allowed, 0);
}

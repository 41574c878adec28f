/* A file of its own: the kernel's tcp.h knows bytes_acked, glibc's does not, and they cannot
 * meet. */
#include <linux/tcp.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "adapters/net/tcp_acked.h"

uint64_t tcp_acked(int fd)
{
    struct tcp_info info;
    socklen_t len = sizeof info;
    memset(&info, 0, sizeof info);
    return getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &len) ? 0 : info.tcpi_bytes_acked;
}

int64_t tcp_silent_ms(int fd)
{
    struct tcp_info info;
    socklen_t len = sizeof info;
    memset(&info, 0, sizeof info);
    if (getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &len))
        return -1;
    return (int64_t)info.tcpi_last_data_recv;
}

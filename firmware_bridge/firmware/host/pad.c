/* The reference firmware as a program: a board made of files and pipes.
 *
 *   pad MEMORY SERIALHEX KEYS ORDERS TELLS
 *
 * Standard input and output are the serial line. On descriptor ORDERS come orders, one a line: `press K`, `help`,
 * `flags N`, `tear N` (the next write of the memory stops after N bytes, and the power goes), `quit`. On descriptor TELLS
 * it says what happened, one a line.
 */
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "padlink.h"

enum { LINE_IN = 0, LINE_OUT = 1 };

static int memory, orders, tells, tear = -1;
static padlink pad;

static void say(const char *what, uint32_t a, uint32_t b)
{
    char line[80];
    int length = snprintf(line, sizeof line, "%s %lu %lu\n", what, (unsigned long)a, (unsigned long)b);
    if (write(tells, line, (size_t)length) < 0)
        exit(1);
}

static void on_send(void *context, const uint8_t *bytes, size_t length)
{
    (void)context;
    if (write(LINE_OUT, bytes, length) < 0)
        exit(1);
}

static uint32_t on_now(void *context)
{
    struct timespec now;
    (void)context;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint32_t)((uint64_t)now.tv_sec * 1000u + (uint64_t)now.tv_nsec / 1000000u);
}

/* A new memory chip is all FF. */
static int on_read(void *context, int slot, uint8_t *bytes, size_t length)
{
    ssize_t done = pread(memory, bytes, length, (off_t)(slot * (int)length));
    (void)context;
    if (done < 0)
        return -1;
    memset(bytes + done, 0xFF, length - (size_t)done);
    return 0;
}

static int on_write(void *context, int slot, const uint8_t *bytes, size_t length)
{
    size_t room = tear >= 0 && (size_t)tear < length ? (size_t)tear : length;
    (void)context;
    if (pwrite(memory, bytes, room, (off_t)(slot * (int)length)) != (ssize_t)room)
        return -1;
    if (tear >= 0)
        _exit(137);
    return 0;
}

static void on_told(void *context, const padlink_told *told)
{
    static const char *const WORDS[] = {"welcome", "state", "prompt", "prompt-end", "show", "sound", "acked"};
    (void)context;
    say(WORDS[told->what], told->a, told->b);
}

static void obey(const char *order)
{
    int number = 0;
    if (sscanf(order, "press %d", &number) == 1 || strcmp(order, "help") == 0) {
        uint8_t key = (uint8_t)(order[0] == 'h' ? (int)PADLINK_HELP_KEY : number);
        if (padlink_press(&pad, key) == PADLINK_TAKEN)
            say("pressed", pad.store.boot, pad.n);
        else
            say("refused", key, 0);
    } else if (sscanf(order, "flags %d", &number) == 1) {
        padlink_set_flags(&pad, (uint8_t)number);
    } else if (sscanf(order, "tear %d", &number) == 1) {
        tear = number;
        say("tearing", (uint32_t)number, 0);
    } else if (strcmp(order, "quit") == 0) {
        say("end", pad.store.count, 0);
        exit(0);
    }
}

static void take_orders(void)
{
    static char held[256];
    static size_t length;
    char byte;
    while (read(orders, &byte, 1) == 1) {
        if (byte != '\n' && length < sizeof held - 1) {
            held[length++] = byte;
            continue;
        }
        held[length] = 0;
        length = 0;
        obey(held);
    }
}

static void serve(void)
{
    struct pollfd waits[2] = {{LINE_IN, POLLIN, 0}, {0, POLLIN, 0}};
    waits[1].fd = orders;
    for (;;) {
        uint8_t bytes[256];
        ssize_t i, got;
        poll(waits, 2, 10);
        if (waits[0].revents & POLLIN) {
            got = read(LINE_IN, bytes, sizeof bytes);
            for (i = 0; i < got; i++)
                padlink_received(&pad, bytes[i]);
        }
        if (waits[0].revents & (POLLHUP | POLLERR))
            exit(0);
        take_orders();
        padlink_tick(&pad);
    }
}

int main(int argc, char **argv)
{
    padlink_board board = {NULL, on_send, on_now, on_read, on_write, on_told};
    padlink_model model = {{0}, {1, 0, 0}, 5, 0x000F};
    size_t i;
    if (argc != 6 || strlen(argv[2]) != 16) {
        fprintf(stderr, "usage: pad MEMORY SERIALHEX KEYS ORDERS TELLS\n");
        return 2;
    }
    for (i = 0; i < 8; i++) {
        unsigned value;
        if (sscanf(argv[2] + 2 * i, "%2x", &value) != 1)
            return 2;
        model.serial[i] = (uint8_t)value;
    }
    model.keys = (uint8_t)atoi(argv[3]);
    orders = atoi(argv[4]);
    tells = atoi(argv[5]);
    memory = open(argv[1], O_RDWR | O_CREAT, 0600);
    if (memory < 0 || fcntl(orders, F_SETFL, O_NONBLOCK) < 0)
        return 1;
    if (padlink_begin(&pad, &board, &model) != 0)
        return 3;
    say("started", pad.store.boot, pad.store.count);
    serve();
}

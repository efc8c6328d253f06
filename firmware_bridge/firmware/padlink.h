/* A rating pad's side of padlink, version 1.
 *
 * The pad's program calls padlink_begin once after power-up, padlink_received for every byte from the line, padlink_press
 * when a key goes down, and padlink_tick often (every 10 ms or so). Everything happens within these calls; none blocks
 * longer than the callbacks do. One pad is one padlink structure, and nothing is allocated.
 */
#ifndef PADLINK_H
#define PADLINK_H

#include "padframe.h"
#include "padstore.h"

#define PADLINK_HELP_KEY 0xF0u
#define PADLINK_TEXT_LIMIT 64u

/* BEAT's flags; the pad's program sets the first two, padlink itself the others. */
#define PADLINK_ON_BATTERY 0x01u
#define PADLINK_KEY_STUCK 0x02u
#define PADLINK_MEMORY_FAULT 0x04u
#define PADLINK_OVERFLOWED 0x08u

typedef enum {
    PADLINK_WELCOMED,  /* the host has let this pad in */
    PADLINK_STATE,     /* a: 0 closed, 1 open, 2 suspended, 3 paused; b: the teller's stars, 0 to 5 */
    PADLINK_PROMPT,    /* a: the prompt's number; b: seconds. Light up: please rate */
    PADLINK_PROMPT_END,/* a: the number. It was answered, withdrawn, or ran out */
    PADLINK_SHOW,      /* a: line; text, length: UTF-8 */
    PADLINK_SOUND,     /* a: 1 welcome, 2 please rate, 3 thank you, 4 beep */
    PADLINK_ACKED      /* a: boot, b: n. That press is on the host's disk */
} padlink_what;

typedef struct {
    padlink_what what;
    uint32_t a, b;
    const uint8_t *text; /* valid during the call only */
    size_t length;
} padlink_told;

typedef struct {
    void *context;                                                            /* handed to each of these */
    void (*send)(void *context, const uint8_t *bytes, size_t length);         /* what has no room may be lost */
    uint32_t (*now_ms)(void *context);                                        /* may wrap */
    padstore_read_slot read_slot;
    padstore_write_slot write_slot;
    void (*told)(void *context, const padlink_told *told);
} padlink_board;

typedef struct {
    uint8_t serial[8];
    uint8_t firmware[3];
    uint8_t keys;  /* 2 to 10 */
    uint16_t caps; /* bit 0 lamps, 1 sound, 2 text, 3 help key, 4 battery */
} padlink_model;

typedef struct {
    uint32_t since, next;
    uint8_t sent, age_known;
} padlink_waiting;

typedef struct {
    padlink_board board;
    padlink_model model;
    padframe_reader reader;
    uint16_t bad_type, bad_length, bad_value; /* frames thrown away, by reason */
    padstore store;
    padlink_waiting waiting[PADSTORE_QUEUE]; /* beside store.presses */
    uint32_t n, next_hello, next_beat, uptime_s, last_second, prompt_end;
    uint16_t prompt, done_prompt;
    uint8_t seq, welcomed, flags, running;
} padlink;

typedef enum {
    PADLINK_TAKEN,
    PADLINK_FULL,    /* 16 presses wait already: show red instead of thanks */
    PADLINK_NO_KEY,  /* not one of this pad's keys */
    PADLINK_UNSAFE   /* padlink_begin failed: no press is taken */
} padlink_pressed;

/* 0: ready. -1: the count of power-ups cannot be kept, so no press could be told from another: nothing is sent and no
   press is taken until a later power-up can. */
int padlink_begin(padlink *pad, const padlink_board *board, const padlink_model *model);

void padlink_received(padlink *pad, uint8_t byte);

/* When it returns PADLINK_TAKEN the press survives a power cut (unless PADLINK_MEMORY_FAULT is up) and will be delivered. */
padlink_pressed padlink_press(padlink *pad, uint8_t key);

void padlink_tick(padlink *pad);

/* PADLINK_ON_BATTERY and PADLINK_KEY_STUCK, as they are now. */
void padlink_set_flags(padlink *pad, uint8_t flags);

#endif

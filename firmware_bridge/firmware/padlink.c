#include "padlink.h"

#include <string.h>

#define HELLO_EVERY_MS 1000u
#define BEAT_EVERY_MS 5000u
#define RESEND_LATER_MS 5000u
#define AGE_UNKNOWN 0xFFFFFFFFu
#define AGE_LIMIT_MS 0x70000000u /* 21 days: past it the clock's wrap comes near, and an age is given up */

static const uint16_t RESEND_MS[5] = {200, 400, 800, 1600, 3200};

/* Moments are compared by their difference, so that a clock may wrap. */
static int due(uint32_t moment, uint32_t now) { return now - moment < 0x80000000u; }

static void put16(uint8_t *at, uint16_t value)
{
    at[0] = (uint8_t)(value & 0xFFu);
    at[1] = (uint8_t)(value >> 8);
}

static void put32(uint8_t *at, uint32_t value)
{
    put16(at, (uint16_t)(value & 0xFFFFu));
    put16(at + 2, (uint16_t)(value >> 16));
}

static uint16_t get16(const uint8_t *at) { return (uint16_t)(at[0] | (uint16_t)at[1] << 8); }

static uint32_t get32(const uint8_t *at) { return get16(at) | (uint32_t)get16(at + 2) << 16; }

/* `body` has room for type and seq in front of its payload. */
static void send(padlink *pad, uint8_t type, uint8_t *body, size_t length)
{
    uint8_t wire[PADFRAME_WIRE_LIMIT];
    body[0] = type;
    body[1] = pad->seq++;
    pad->board.send(pad->board.context, wire, padframe_write(body, length, wire));
}

static void tell(padlink *pad, padlink_what what, uint32_t a, uint32_t b)
{
    padlink_told told = {what, a, b, NULL, 0};
    pad->board.told(pad->board.context, &told);
}

/* A press that cannot be kept is still sent; the host hears of the fault. */
static void save(padlink *pad)
{
    if (padstore_save(&pad->store, pad->board.write_slot, pad->board.context) == 0)
        pad->flags &= (uint8_t)~PADLINK_MEMORY_FAULT;
    else
        pad->flags |= PADLINK_MEMORY_FAULT;
}

static void send_hello(padlink *pad, uint32_t now)
{
    uint8_t body[21];
    body[2] = 1;
    memcpy(body + 3, pad->model.serial, 8);
    put32(body + 11, pad->store.boot);
    memcpy(body + 15, pad->model.firmware, 3);
    body[18] = pad->model.keys;
    put16(body + 19, pad->model.caps);
    send(pad, 0x01, body, sizeof body);
    pad->next_hello = now + HELLO_EVERY_MS;
}

static void send_press(padlink *pad, size_t i, uint32_t now)
{
    const padstore_press *press = &pad->store.presses[i];
    padlink_waiting *waiting = &pad->waiting[i];
    uint8_t body[17];
    put32(body + 2, press->boot);
    put32(body + 6, press->n);
    put16(body + 10, press->prompt);
    body[12] = press->key;
    put32(body + 13, waiting->age_known ? now - waiting->since : AGE_UNKNOWN);
    send(pad, 0x02, body, sizeof body);
    waiting->next = now + (waiting->sent < 5 ? RESEND_MS[waiting->sent] : RESEND_LATER_MS);
    if (waiting->sent < 5)
        waiting->sent++;
}

static void send_beat(padlink *pad, uint32_t now)
{
    uint8_t body[9];
    put32(body + 2, pad->uptime_s);
    put16(body + 6, pad->flags);
    body[8] = pad->store.count;
    send(pad, 0x03, body, sizeof body);
    pad->flags &= (uint8_t)~PADLINK_OVERFLOWED;
    pad->next_beat = now + BEAT_EVERY_MS;
}

static void end_prompt(padlink *pad)
{
    uint16_t number = pad->prompt;
    pad->prompt = 0;
    pad->done_prompt = number;
    tell(pad, PADLINK_PROMPT_END, number, 0);
}

static void lapse(padlink *pad)
{
    uint8_t body[4];
    put16(body + 2, pad->prompt);
    send(pad, 0x04, body, sizeof body);
    end_prompt(pad);
}

int padlink_begin(padlink *pad, const padlink_board *board, const padlink_model *model)
{
    uint32_t now = board->now_ms(board->context);
    size_t i;
    memset(pad, 0, sizeof *pad);
    pad->board = *board;
    pad->model = *model;
    padframe_start(&pad->reader);
    if (padstore_load(&pad->store, board->read_slot, board->context) == PADSTORE_SPOILT)
        pad->flags |= PADLINK_MEMORY_FAULT; /* it starts as a new pad, which the host refuses if it knew it before */
    pad->store.boot++;
    if (padstore_save(&pad->store, board->write_slot, board->context) != 0)
        return -1;
    for (i = 0; i < pad->store.count; i++)
        pad->waiting[i].next = now; /* without power a pad has no clock: their age is unknown */
    pad->next_hello = now;
    pad->next_beat = now + BEAT_EVERY_MS;
    pad->last_second = now;
    pad->running = 1;
    return 0;
}

static void forget(padlink *pad, uint32_t boot, uint32_t n)
{
    size_t i;
    for (i = 0; i < pad->store.count; i++) {
        size_t after = pad->store.count - i - 1u;
        if (pad->store.presses[i].boot != boot || pad->store.presses[i].n != n)
            continue;
        memmove(&pad->store.presses[i], &pad->store.presses[i + 1], after * sizeof pad->store.presses[0]);
        memmove(&pad->waiting[i], &pad->waiting[i + 1], after * sizeof pad->waiting[0]);
        pad->store.count--;
        save(pad);
        tell(pad, PADLINK_ACKED, boot, n);
        return;
    }
}

static void welcome(padlink *pad, const uint8_t *payload, uint32_t now)
{
    size_t i;
    if (memcmp(payload, pad->model.serial, 8) != 0 || get32(payload + 8) != pad->store.boot)
        return;
    pad->welcomed = 1;
    for (i = 0; i < pad->store.count; i++) {
        pad->waiting[i].sent = 0;
        pad->waiting[i].next = now;
    }
    tell(pad, PADLINK_WELCOMED, 0, 0);
}

static void open_prompt(padlink *pad, uint16_t number, uint8_t seconds, uint32_t now)
{
    if (number == pad->done_prompt)
        return;
    pad->prompt = number;
    pad->prompt_end = now + 1000u * seconds;
    tell(pad, PADLINK_PROMPT, number, seconds);
}

static int least(uint8_t type)
{
    switch (type) {
    case 0x81: return 12;
    case 0x82: return 8;
    case 0x83: return 2;
    case 0x84: return 3;
    case 0x85: return 2;
    case 0x86: return 1;
    case 0x87: return 1;
    case 0x88: return 0;
    default: return -1;
    }
}

/* Whole sequences only: no overlong forms, no surrogates, nothing above 10FFFF. */
static int is_utf8(const uint8_t *text, size_t length)
{
    size_t at = 0;
    while (at < length) {
        uint8_t first = text[at++];
        size_t more = first < 0x80 ? 0 : first < 0xC2 ? 9 : first < 0xE0 ? 1 : first < 0xF0 ? 2 : first < 0xF5 ? 3 : 9;
        if (more > length - at)
            return 0;
        if ((first == 0xE0 && text[at] < 0xA0) || (first == 0xED && text[at] > 0x9F) ||
            (first == 0xF0 && text[at] < 0x90) || (first == 0xF4 && text[at] > 0x8F))
            return 0;
        while (more-- > 0)
            if ((text[at++] & 0xC0) != 0x80)
                return 0;
    }
    return 1;
}

static int sound_values(uint8_t type, const uint8_t *payload, size_t length)
{
    switch (type) {
    case 0x83: return payload[0] <= 3 && payload[1] <= 5;
    case 0x84:
    case 0x85: return get16(payload) != 0;
    case 0x86: return length - 1 <= PADLINK_TEXT_LIMIT && is_utf8(payload + 1, length - 1);
    case 0x87: return payload[0] >= 1 && payload[0] <= 4;
    default: return 1;
    }
}

static void obey(padlink *pad, uint8_t type, const uint8_t *payload, size_t length, uint32_t now)
{
    switch (type) {
    case 0x81: welcome(pad, payload, now); break;
    case 0x82: forget(pad, get32(payload), get32(payload + 4)); break;
    case 0x83: tell(pad, PADLINK_STATE, payload[0], payload[1]); break;
    case 0x84: open_prompt(pad, get16(payload), payload[2], now); break;
    case 0x85:
        if (pad->prompt == get16(payload))
            end_prompt(pad);
        break;
    case 0x86: {
        padlink_told told = {PADLINK_SHOW, payload[0], 0, payload + 1, length - 1};
        pad->board.told(pad->board.context, &told);
        break;
    }
    case 0x87: tell(pad, PADLINK_SOUND, payload[0], 0); break;
    case 0x88:
        pad->welcomed = 0;
        send_hello(pad, now);
        break;
    default: break;
    }
}

void padlink_received(padlink *pad, uint8_t byte)
{
    size_t length = padframe_take(&pad->reader, byte);
    const uint8_t *body = pad->reader.held;
    int wanted;
    if (length == 0 || !pad->running)
        return;
    wanted = least(body[0]);
    if (wanted < 0)
        pad->bad_type++;
    else if (length - 2 < (size_t)wanted)
        pad->bad_length++;
    else if (!sound_values(body[0], body + 2, length - 2))
        pad->bad_value++;
    else
        obey(pad, body[0], body + 2, length - 2, pad->board.now_ms(pad->board.context));
}

padlink_pressed padlink_press(padlink *pad, uint8_t key)
{
    uint32_t now;
    uint8_t i = pad->store.count;
    if (!pad->running)
        return PADLINK_UNSAFE;
    if (key != PADLINK_HELP_KEY && (key < 1 || key > pad->model.keys))
        return PADLINK_NO_KEY;
    if (i >= PADSTORE_QUEUE) {
        pad->flags |= PADLINK_OVERFLOWED;
        return PADLINK_FULL;
    }
    padlink_tick(pad); /* a prompt may just have run out */
    now = pad->board.now_ms(pad->board.context);
    pad->store.presses[i].boot = pad->store.boot;
    pad->store.presses[i].n = ++pad->n;
    pad->store.presses[i].prompt = key == PADLINK_HELP_KEY ? 0 : pad->prompt;
    pad->store.presses[i].key = key;
    pad->waiting[i].since = pad->waiting[i].next = now;
    pad->waiting[i].sent = 0;
    pad->waiting[i].age_known = 1;
    pad->store.count++;
    save(pad);
    if (pad->prompt != 0 && key != PADLINK_HELP_KEY)
        end_prompt(pad);
    padlink_tick(pad);
    return PADLINK_TAKEN;
}

static void count_seconds(padlink *pad, uint32_t now)
{
    uint32_t seconds = (now - pad->last_second) / 1000u;
    pad->uptime_s += seconds;
    pad->last_second += seconds * 1000u;
}

void padlink_tick(padlink *pad)
{
    uint32_t now;
    size_t i;
    if (!pad->running)
        return;
    now = pad->board.now_ms(pad->board.context);
    count_seconds(pad, now);
    if (pad->prompt != 0 && due(pad->prompt_end, now))
        lapse(pad);
    if (!pad->welcomed && due(pad->next_hello, now))
        send_hello(pad, now);
    for (i = 0; i < pad->store.count; i++) {
        if (pad->waiting[i].age_known && now - pad->waiting[i].since > AGE_LIMIT_MS)
            pad->waiting[i].age_known = 0;
        if (pad->welcomed && due(pad->waiting[i].next, now))
            send_press(pad, i, now);
        else if (!pad->welcomed)
            pad->waiting[i].next = now;
    }
    if (due(pad->next_beat, now))
        send_beat(pad, now);
}

void padlink_set_flags(padlink *pad, uint8_t flags)
{
    uint8_t own = PADLINK_MEMORY_FAULT | PADLINK_OVERFLOWED;
    pad->flags = (uint8_t)((pad->flags & own) | (flags & (uint8_t)~own));
}

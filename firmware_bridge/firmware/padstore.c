#include "padstore.h"

#include <string.h>

#define PRESSES_AT 13u
#define PRESS_BYTES 11u
#define CRC_AT (PADSTORE_SLOT - 4u)

static const uint8_t MAGIC[4] = {'P', 'A', 'D', '1'};

static uint32_t crc32(const uint8_t *bytes, size_t length)
{
    uint32_t crc = 0xFFFFFFFFu;
    size_t i;
    for (i = 0; i < length; i++) {
        int bit;
        crc ^= bytes[i];
        for (bit = 0; bit < 8; bit++)
            crc = (crc & 1u) ? (crc >> 1) ^ 0xEDB88320u : crc >> 1;
    }
    return crc ^ 0xFFFFFFFFu;
}

static void put32(uint8_t *at, uint32_t value)
{
    int i;
    for (i = 0; i < 4; i++)
        at[i] = (uint8_t)(value >> (8 * i));
}

static uint32_t get32(const uint8_t *at)
{
    return at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

static int blank(const uint8_t *bytes)
{
    size_t i;
    if (bytes[0] != 0x00 && bytes[0] != 0xFF)
        return 0;
    for (i = 1; i < PADSTORE_SLOT; i++)
        if (bytes[i] != bytes[0])
            return 0;
    return 1;
}

static int unpack(const uint8_t *bytes, padstore *store)
{
    size_t i;
    if (memcmp(bytes, MAGIC, sizeof MAGIC) != 0 || bytes[12] > PADSTORE_QUEUE ||
        get32(bytes + CRC_AT) != crc32(bytes, CRC_AT))
        return 0;
    store->generation = get32(bytes + 4);
    store->boot = get32(bytes + 8);
    store->count = bytes[12];
    for (i = 0; i < PADSTORE_QUEUE; i++) {
        const uint8_t *at = bytes + PRESSES_AT + PRESS_BYTES * i;
        padstore_press *press = &store->presses[i];
        press->boot = get32(at);
        press->n = get32(at + 4);
        press->prompt = (uint16_t)(at[8] | (uint16_t)at[9] << 8);
        press->key = at[10];
    }
    return 1;
}

padstore_found padstore_load(padstore *store, padstore_read_slot read, void *context)
{
    uint8_t bytes[PADSTORE_SLOT];
    padstore one;
    int slot, good = 0, blanks = 0;
    memset(store, 0, sizeof *store);
    for (slot = 0; slot < 2; slot++) {
        if (read(context, slot, bytes, sizeof bytes) != 0)
            continue;
        if (blank(bytes))
            blanks++;
        else if (unpack(bytes, &one) && (!good || one.generation > store->generation)) {
            *store = one;
            good = 1;
        }
    }
    if (good)
        return PADSTORE_GOOD;
    return blanks == 2 ? PADSTORE_BLANK : PADSTORE_SPOILT;
}

int padstore_save(padstore *store, padstore_write_slot write, void *context)
{
    uint8_t bytes[PADSTORE_SLOT];
    uint32_t generation = store->generation + 1u;
    size_t i;
    memset(bytes, 0, sizeof bytes);
    memcpy(bytes, MAGIC, sizeof MAGIC);
    put32(bytes + 4, generation);
    put32(bytes + 8, store->boot);
    bytes[12] = store->count;
    for (i = 0; i < store->count; i++) {
        uint8_t *at = bytes + PRESSES_AT + PRESS_BYTES * i;
        const padstore_press *press = &store->presses[i];
        put32(at, press->boot);
        put32(at + 4, press->n);
        at[8] = (uint8_t)(press->prompt & 0xFFu);
        at[9] = (uint8_t)(press->prompt >> 8);
        at[10] = press->key;
    }
    put32(bytes + CRC_AT, crc32(bytes, CRC_AT));
    if (write(context, (int)(generation & 1u), bytes, sizeof bytes) != 0)
        return -1; /* the other slot still holds; the next try writes this one again */
    store->generation = generation;
    return 0;
}

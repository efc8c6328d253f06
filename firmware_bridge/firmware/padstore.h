/* What a pad keeps without power: its count of power-ups and the presses that nobody has acknowledged.
 *
 * Two slots of PADSTORE_SLOT bytes, written in turn, each as a whole: a write torn by a power cut spoils the slot that was
 * the older one anyway. A slot, integers little-endian:
 *
 *   0   4  "PAD1"
 *   4   4  generation: the higher of two good slots holds
 *   8   4  boot
 *   12  1  count of presses, 0 to 16
 *   13  16 x 11  boot u32, n u32, prompt u16, key u8; unused ones are zero
 *   189 4  CRC-32 (IEEE 802.3) of all before; last, so that no torn slot passes
 */
#ifndef PADSTORE_H
#define PADSTORE_H

#include <stddef.h>
#include <stdint.h>

#define PADSTORE_QUEUE 16u
#define PADSTORE_SLOT 193u

typedef struct {
    uint32_t boot, n;
    uint16_t prompt;
    uint8_t key;
} padstore_press;

typedef struct {
    uint32_t generation, boot;
    uint8_t count;
    padstore_press presses[PADSTORE_QUEUE];
} padstore;

typedef enum {
    PADSTORE_GOOD,
    PADSTORE_BLANK, /* both slots are all 00 or all FF: a new pad */
    PADSTORE_SPOILT /* neither slot can be read, and they are not blank */
} padstore_found;

/* 0: done. A write returns when the bytes are safe. */
typedef int (*padstore_read_slot)(void *context, int slot, uint8_t *bytes, size_t length);
typedef int (*padstore_write_slot)(void *context, int slot, const uint8_t *bytes, size_t length);

padstore_found padstore_load(padstore *store, padstore_read_slot read, void *context);

/* Writes the next generation into the older slot. 0: safe. */
int padstore_save(padstore *store, padstore_write_slot write, void *context);

#endif

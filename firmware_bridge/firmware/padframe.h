/* padlink's frames: COBS(body, crc), then a zero. No heap, no floating point, no operating system. */
#ifndef PADFRAME_H
#define PADFRAME_H

#include <stddef.h>
#include <stdint.h>

#define PADFRAME_ENCODED_LIMIT 128u /* of a frame on the line, its closing zero left out */
#define PADFRAME_BODY_LIMIT 124u    /* of a body that is sent: type, seq and payload */
#define PADFRAME_WIRE_LIMIT (PADFRAME_BODY_LIMIT + 4u)

typedef struct {
    uint16_t cobs, crc, shorter, overrun; /* runs of bytes thrown away, by reason; they stay at 65535 */
    uint8_t held[PADFRAME_ENCODED_LIMIT];
    uint8_t length;
    uint8_t too_long;
} padframe_reader;

/* CRC-16/IBM-3740. */
uint16_t padframe_crc(const uint8_t *bytes, size_t length);

/* Writes one whole frame, closing zero included. `wire` holds PADFRAME_WIRE_LIMIT bytes. 0: the body is too long. */
size_t padframe_write(const uint8_t *body, size_t length, uint8_t *wire);

void padframe_start(padframe_reader *reader);

/* Takes one byte. Returns the length of a checked body (2 or more), which stands in `reader->held` until the next byte;
   0 while there is none. */
size_t padframe_take(padframe_reader *reader, uint8_t byte);

#endif

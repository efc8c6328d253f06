#include "padframe.h"

uint16_t padframe_crc(const uint8_t *bytes, size_t length)
{
    uint16_t crc = 0xFFFFu;
    size_t i;
    for (i = 0; i < length; i++) {
        int bit;
        crc = (uint16_t)(crc ^ ((uint16_t)bytes[i] << 8));
        for (bit = 0; bit < 8; bit++)
            crc = (uint16_t)((crc & 0x8000u) ? ((uint32_t)crc << 1) ^ 0x1021u : (uint32_t)crc << 1);
    }
    return crc;
}

/* A body and its checksum are shorter than 254 bytes: no run ever fills a whole COBS block. */
size_t padframe_write(const uint8_t *body, size_t length, uint8_t *wire)
{
    uint16_t crc;
    size_t i, at = 1, code = 0;
    if (length > PADFRAME_BODY_LIMIT)
        return 0;
    crc = padframe_crc(body, length);
    for (i = 0; i < length + 2; i++) {
        uint8_t byte = i < length ? body[i] : (uint8_t)(i == length ? crc & 0xFFu : crc >> 8);
        if (byte != 0) {
            wire[at++] = byte;
        } else {
            wire[code] = (uint8_t)(at - code);
            code = at++;
        }
    }
    wire[code] = (uint8_t)(at - code);
    wire[at++] = 0;
    return at;
}

static void count(uint16_t *counter)
{
    if (*counter < 0xFFFFu)
        (*counter)++;
}

/* In place: what is read is always ahead of what is written. Returns the length, or -1. */
static int unstuff(uint8_t *bytes, size_t length)
{
    size_t in = 0, out = 0;
    while (in < length) {
        size_t code = bytes[in++], i;
        if (code - 1 > length - in)
            return -1;
        for (i = 1; i < code; i++)
            bytes[out++] = bytes[in++];
        if (in < length && code != 255)
            bytes[out++] = 0;
    }
    return (int)out;
}

void padframe_start(padframe_reader *reader)
{
    reader->cobs = reader->crc = reader->shorter = reader->overrun = 0;
    reader->length = 0;
    reader->too_long = 0;
}

static size_t whole(padframe_reader *reader)
{
    int length = unstuff(reader->held, reader->length);
    uint16_t crc;
    if (length < 0) {
        count(&reader->cobs);
        return 0;
    }
    if (length < 2) {
        count(&reader->shorter);
        return 0;
    }
    crc = (uint16_t)(reader->held[length - 2] | (uint16_t)reader->held[length - 1] << 8);
    if (padframe_crc(reader->held, (size_t)length - 2) != crc) {
        count(&reader->crc);
        return 0;
    }
    if (length < 4) {
        count(&reader->shorter);
        return 0;
    }
    return (size_t)length - 2;
}

size_t padframe_take(padframe_reader *reader, uint8_t byte)
{
    size_t length = 0;
    if (byte != 0) {
        if (reader->length < PADFRAME_ENCODED_LIMIT)
            reader->held[reader->length++] = byte;
        else
            reader->too_long = 1;
        return 0;
    }
    if (reader->too_long)
        count(&reader->overrun);
    else if (reader->length > 0)
        length = whole(reader);
    reader->length = 0;
    reader->too_long = 0;
    return length;
}

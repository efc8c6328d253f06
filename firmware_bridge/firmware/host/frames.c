/* Frames from the tests: a line `write BODYHEX` answers `wire HEX`; `read HEX` answers a `body HEX` for each frame, then
   `end cobs=… crc=… short=… overrun=…` of this line alone. */
#include <stdio.h>
#include <string.h>

#include "padframe.h"

static size_t from_hex(const char *text, uint8_t *bytes, size_t room)
{
    size_t length = 0;
    unsigned value;
    while (length < room && sscanf(text + 2 * length, "%2x", &value) == 1)
        bytes[length++] = (uint8_t)value;
    return length;
}

static void say(const char *word, const uint8_t *bytes, size_t length)
{
    size_t i;
    printf("%s ", word);
    for (i = 0; i < length; i++)
        printf("%02x", bytes[i]);
    printf("\n");
}

int main(void)
{
    static char line[16384];
    static uint8_t bytes[8192];
    while (fgets(line, sizeof line, stdin) != NULL) {
        line[strcspn(line, "\n")] = 0;
        if (strncmp(line, "write ", 6) == 0) {
            uint8_t wire[PADFRAME_WIRE_LIMIT];
            size_t length = from_hex(line + 6, bytes, sizeof bytes);
            say("wire", wire, padframe_write(bytes, length, wire));
        } else if (strncmp(line, "read ", 5) == 0) {
            padframe_reader reader;
            size_t i, length = from_hex(line + 5, bytes, sizeof bytes);
            padframe_start(&reader);
            for (i = 0; i < length; i++) {
                size_t body = padframe_take(&reader, bytes[i]);
                if (body > 0)
                    say("body", reader.held, body);
            }
            printf("end cobs=%u crc=%u short=%u overrun=%u\n", reader.cobs, reader.crc, reader.shorter, reader.overrun);
        }
    }
    return 0;
}

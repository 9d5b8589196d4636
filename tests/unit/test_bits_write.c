#include "test.h"

#include "format/bits.h"
#include "format/bits_write.h"

TEST(what_is_written_is_read)
{
    sotto_buffer buffer = {0};
    sotto_bit_writer writer = {.buffer = &buffer};
    uint64_t state = 9;
    uint32_t values[500], widths[500];
    for (uint32_t i = 0; i < 500; i++) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        widths[i] = (uint32_t)(state >> 40) % 33;
        values[i] = widths[i] == 0 ? 0 : (uint32_t)(state >> 8) >> (32 - widths[i]);
        sotto_bits_write(&writer, values[i], widths[i]);
    }
    sotto_bits_finish(&writer);
    CHECK_EQ(writer.count % 8, 0);
    REQUIRE(buffer.size == writer.count / 8);
    uint64_t position = 0;
    for (uint32_t i = 0; i < 500; i++) {
        ROW("number %u", (unsigned)i);
        uint64_t window = sotto_bits_peek(buffer.bytes, (uint32_t)buffer.size, position);
        CHECK_EQ(widths[i] == 0 ? 0 : window >> (64 - widths[i]), values[i]);
        position += widths[i];
    }
    sotto_buffer_free(&buffer);
}

TEST(only_the_low_bits_count)
{
    sotto_buffer buffer = {0};
    sotto_bit_writer writer = {.buffer = &buffer};
    sotto_bits_write(&writer, 0xFFFFFFFD, 3);
    sotto_bits_finish(&writer);
    REQUIRE(buffer.size == 1);
    CHECK_EQ(buffer.bytes[0], 0xA0);
    sotto_bits_finish(&writer);
    CHECK_EQ(buffer.size, 1);
    sotto_buffer_free(&buffer);
}

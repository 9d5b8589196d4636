#include "test.h"

#include "base/hash.h"

TEST(hashes_are_those_of_the_specification)
{
    static const struct {
        const char *text;
        uint64_t hash;
    } vectors[] = {
        {"", 0xEF46DB3751D8E999u},
        {"a", 0xD24EC4F1A98C6E5Bu},
        {"abc", 0x44BC2CF5AD770999u},
        {"Nobody inspects the spammish repetition", 0xFBCEA83C8A378BF1u},
    };
    for (size_t i = 0; i < SOTTO_ARRAY_COUNT(vectors); i++) {
        ROW("\"%s\"", vectors[i].text);
        CHECK(sotto_hash(vectors[i].text, strlen(vectors[i].text)) == vectors[i].hash);
    }
}

/*
 * The sanity check of xxHash's own command line: lengths that take every path, over a generated
 * buffer.
 */
TEST(hashes_are_those_of_the_sanity_check)
{
    static const struct {
        size_t size;
        uint64_t hash;
    } vectors[] = {
        {1, 0xE934A84ADB052768u},
        {4, 0x9136A0DCA57457EEu},
        {14, 0x8282DCC4994E35C8u},
        {222, 0xB641AE8CB691C174u},
    };
    uint8_t buffer[222];
    uint64_t generator = 2654435761u;
    for (size_t i = 0; i < sizeof buffer; i++) {
        buffer[i] = (uint8_t)(generator >> 56);
        generator *= 11400714785074694797u;
    }
    for (size_t i = 0; i < SOTTO_ARRAY_COUNT(vectors); i++) {
        ROW("%zu bytes", vectors[i].size);
        CHECK(sotto_hash(buffer, vectors[i].size) == vectors[i].hash);
    }
}

TEST(a_hash_does_not_depend_on_where_the_bytes_lie)
{
    uint8_t bytes[200];
    for (size_t i = 0; i < 100; i++) {
        bytes[i] = (uint8_t)(i * 7);
    }
    uint64_t hash = sotto_hash(bytes, 77);
    for (size_t shift = 1; shift < 16; shift++) {
        ROW("shifted by %zu", shift);
        memmove(bytes + shift, bytes + shift - 1, 100);
        CHECK(sotto_hash(bytes + shift, 77) == hash);
    }
}

TEST(a_check_is_the_low_half)
{
    CHECK_EQ(sotto_check("abc", 3), 0xAD770999u);
}

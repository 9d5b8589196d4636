#include "temp_file.h"

#include "train/stream.h"

#include <zlib.h>
#include <zstd.h>

/* 300,000 bytes that do not compress to nothing. */
static char *make_content(size_t size)
{
    char *content = malloc(size);
    uint32_t state = 7;
    for (size_t i = 0; i < size; i++) {
        state = state * 1664525u + 1013904223u;
        content[i] = (char)('a' + (state >> 27));
    }
    return content;
}

static size_t pack_gzip(const char *content, size_t size, unsigned char *packed, size_t room)
{
    z_stream stream = {0};
    deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    stream.next_in = (unsigned char *)(uintptr_t)content;
    stream.avail_in = (uInt)size;
    stream.next_out = packed;
    stream.avail_out = (uInt)room;
    deflate(&stream, Z_FINISH);
    deflateEnd(&stream);
    return room - stream.avail_out;
}

/* Reads all of a file in odd pieces; SIZE_MAX on failure. */
static size_t read_all(const char *path, char *bytes, size_t room, sotto_train_fault *fault)
{
    sotto_stream *stream = sotto_stream_open(path, fault);
    if (stream == NULL) {
        return SIZE_MAX;
    }
    size_t used = 0, got = 1;
    while (got > 0) {
        size_t piece = room - used < 7777 ? room - used : 7777;
        if (!sotto_stream_read(stream, bytes + used, piece, &got, fault)) {
            used = SIZE_MAX;
            break;
        }
        used += got;
    }
    sotto_stream_close(stream);
    return used;
}

enum { SIZE = 300000, ROOM = 700000 };

static void check_reads_as(const char *path, const char *content, size_t size)
{
    sotto_train_fault fault = {0};
    char *bytes = malloc(ROOM);
    CHECK_EQ(read_all(path, bytes, ROOM, &fault), size);
    CHECK_STR(fault.message, "");
    CHECK(memcmp(bytes, content, size) == 0);
    free(bytes);
}

TEST(plain_gzip_and_zstd_read_alike_whatever_their_names)
{
    char *content = make_content(SIZE);
    unsigned char *packed = malloc(ROOM);
    check_reads_as(temp_file("a.gz", content, SIZE), content, SIZE);
    size_t size = pack_gzip(content, SIZE, packed, ROOM);
    check_reads_as(temp_file("b.csv", packed, size), content, SIZE);
    size = ZSTD_compress(packed, ROOM, content, SIZE, 3);
    check_reads_as(temp_file("c.txt", packed, size), content, SIZE);
    check_reads_as(temp_file("empty", "", 0), content, 0);
    free(content);
    free(packed);
}

TEST(members_one_after_the_other_are_one_file)
{
    char *content = make_content(SIZE);
    unsigned char *packed = malloc(ROOM);
    size_t half = SIZE / 2;
    size_t size = pack_gzip(content, half, packed, ROOM);
    size += pack_gzip(content + half, SIZE - half, packed + size, ROOM - size);
    check_reads_as(temp_file("two.gz", packed, size), content, SIZE);
    size = ZSTD_compress(packed, ROOM, content, half, 3);
    size += ZSTD_compress(packed + size, ROOM - size, content + half, SIZE - half, 3);
    check_reads_as(temp_file("two.zst", packed, size), content, SIZE);
    free(content);
    free(packed);
}

TEST(a_compressed_file_cut_anywhere_is_an_error_not_a_short_file)
{
    char content[200];
    memset(content, 'x', sizeof content);
    unsigned char packed[400];
    char bytes[400];
    for (int kind = 0; kind < 2; kind++) {
        size_t size = kind == 0 ? pack_gzip(content, sizeof content, packed, sizeof packed)
                                : ZSTD_compress(packed, sizeof packed, content, sizeof content, 3);
        for (size_t cut = 5; cut < size; cut++) {
            sotto_train_fault fault = {0};
            ROW("kind %d cut at %zu of %zu", kind, cut, size);
            const char *path = temp_file("cut", packed, cut);
            CHECK(read_all(path, bytes, sizeof bytes, &fault) == SIZE_MAX);
            CHECK(strstr(fault.message, "/cut: compressed data is damaged") != NULL);
        }
    }
}

TEST(what_is_no_file_is_named)
{
    sotto_train_fault fault = {0};
    CHECK(sotto_stream_open("/nowhere/orders.csv", &fault) == NULL);
    CHECK_STR(fault.message, "/nowhere/orders.csv: cannot be opened: No such file or directory");
    CHECK(sotto_stream_open(temp_folder(), &fault) == NULL);
    CHECK(strstr(fault.message, ": is a folder") != NULL);
}

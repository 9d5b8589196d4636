/*
 * publish_template.c - addresses that follow from the id
 *
 * Most shops build a product's address from its id. A template, "/p/{id}.html", then says for all
 * products what each would have to say for itself, which is most of a catalogue's bytes.
 */
#include "cli/publish.h"

#include <string.h>

#define SAMPLE_COUNT 16

/* The id percent-encoded as FORMAT.md section 4 says. `encoded` has room for three times the id. */
static size_t encode(sotto_text id, char *encoded)
{
    static const char digits[] = "0123456789ABCDEF";
    size_t size = 0;
    for (size_t i = 0; i < id.size; i++) {
        unsigned char byte = (unsigned char)id.bytes[i];
        bool plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z')
                  || (byte >= '0' && byte <= '9') || (byte && strchr("-._~", byte));
        if (plain) {
            encoded[size++] = (char)byte;
        } else {
            encoded[size++] = '%';
            encoded[size++] = digits[byte >> 4];
            encoded[size++] = digits[byte & 15];
        }
    }
    return size;
}

bool cli_template_gives(sotto_text address_template, sotto_text id, sotto_text address)
{
    char encoded[3 * SOTTO_MAX_ID_SIZE];
    size_t encoded_size = encode(id, encoded);
    size_t done = 0;
    for (size_t i = 0; i < address_template.size;) {
        bool is_id = address_template.size - i >= 4
                  && memcmp(address_template.bytes + i, "{id}", 4) == 0;
        const char *piece = is_id ? encoded : address_template.bytes + i;
        size_t piece_size = is_id ? encoded_size : 1;
        if (address.size - done < piece_size
            || memcmp(address.bytes + done, piece, piece_size) != 0) {
            return false;
        }
        done += piece_size;
        i += is_id ? 4 : 1;
    }
    return done == address.size;
}

sotto_text cli_template_fill(cli_pool *pool, const char *address_template, sotto_text id)
{
    char encoded[3 * SOTTO_MAX_ID_SIZE];
    size_t encoded_size = encode(id, encoded);
    const char *text = "";
    for (const char *at = address_template; *at;) {
        const char *place = strstr(at, "{id}");
        size_t plain = place ? (size_t)(place - at) : strlen(at);
        text = cli_pool_print(pool, "%s%.*s%.*s", text, (int)plain, at,
                              place ? (int)encoded_size : 0, encoded);
        at += plain + (place ? 4 : 0);
    }
    return (sotto_text){text, strlen(text)};
}

static sotto_text address_of(const cli_product *product, size_t offset)
{
    sotto_text address;
    memcpy(&address, (const char *)product + offset, sizeof address);
    return address;
}

/* The address with its last occurrence of the id made {id}; empty if the id is not in it. */
static sotto_text template_of(cli_pool *pool, const cli_product *product, sotto_text address)
{
    char encoded[3 * SOTTO_MAX_ID_SIZE];
    size_t size = encode(product->id, encoded);
    for (size_t at = address.size >= size ? address.size - size + 1 : 0; at-- > 0;) {
        if (memcmp(address.bytes + at, encoded, size) == 0) {
            char *text = cli_pool_print(pool, "%.*s{id}%.*s", (int)at, address.bytes,
                                        (int)(address.size - at - size), address.bytes + at + size);
            return (sotto_text){text, strlen(text)};
        }
    }
    return (sotto_text){"", 0};
}

static bool most_follow(const cli_feed *feed, size_t offset, sotto_text address_template)
{
    uint32_t follow = 0;
    uint32_t addresses = 0;
    for (uint32_t i = 0; i < feed->count; i++) {
        sotto_text address = address_of(&feed->products[i], offset);
        addresses += address.size > 0;
        follow += address.size > 0
               && cli_template_gives(address_template, feed->products[i].id, address);
    }
    /* An empty address means "as the template says", so every product has to have one. */
    return addresses == feed->count && 2 * follow >= addresses;
}

sotto_text cli_template_guess(cli_pool *pool, const cli_feed *feed, size_t offset)
{
    uint32_t step = feed->count / SAMPLE_COUNT + 1;
    for (uint32_t i = 0; i < feed->count; i += step) {
        sotto_text address = address_of(&feed->products[i], offset);
        sotto_text guess = template_of(pool, &feed->products[i], address);
        if (guess.size && most_follow(feed, offset, guess)) {
            return guess;
        }
    }
    return (sotto_text){"", 0};
}

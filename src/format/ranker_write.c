/*
 * ranker_write.c - the sections that rank like a server (native only)
 *
 * Each section is written into a buffer of its own and put on a list, so that the same bytes go
 * into a ranker part or into a trainer's model file. Limits are those that the reader checks;
 * whoever made the content hears of the first one that is broken in words.
 */
#include "format/ranker_write.h"

enum {
    CLASSES = 5,
    GROUP = 64,
    LARGEST_COORDINATE = 2097088,
    LARGEST_Q16 = 64 * 65536,
    LARGEST_SCALE = 1 << 24
};

typedef const char *section_writer(sotto_buffer *buffer, const sotto_ranker_content *content);

static void add_i16(sotto_buffer *buffer, const int16_t *values, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        sotto_buffer_u16(buffer, (uint16_t)values[i]);
    }
}

static void add_i32(sotto_buffer *buffer, const int32_t *values, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        sotto_buffer_u32(buffer, (uint32_t)values[i]);
    }
}

static bool within(const int32_t *values, uint32_t count, int32_t largest)
{
    for (uint32_t i = 0; i < count; i++) {
        if (values[i] < -largest || values[i] > largest) {
            return false;
        }
    }
    return true;
}

static bool none_above(const uint32_t *values, uint32_t count, uint32_t largest)
{
    for (uint32_t i = 0; i < count; i++) {
        if (values[i] > largest) {
            return false;
        }
    }
    return true;
}

/* ---- Vectors --------------------------------------------------------------------------------- */

static uint32_t class_of(const sotto_ranker_content *content, uint32_t item)
{
    uint32_t class = 0;
    while (content->popularity[item] < content->classes[class].least) {
        class++;
    }
    return class;
}

static const char *refuse_classes(const sotto_ranker_content *content)
{
    uint32_t count = content->class_count;
    if (count < 1 || count > CLASSES || content->classes[count - 1].least != 0) {
        return "there are not 1 to 5 classes of vectors, or the last does not begin at 0";
    }
    for (uint32_t i = 0; i < count; i++) {
        const sotto_vector_class *class = &content->classes[i];
        if (class->bits > 4 || (i > 0 && class->least >= content->classes[i - 1].least)) {
            return "a class of vectors has more than 4 bits, or they do not descend";
        }
        if (class->step * (uint64_t)((1u << class->bits) - 1) > LARGEST_COORDINATE ||
            (class->bits == 0 && class->step != 0)) {
            return "the step of a class of vectors is too large";
        }
    }
    return NULL;
}

/* The codes of a row, from bit `low` on, as a plane of `width` bits. */
static void add_plane(sotto_buffer *buffer, const uint8_t *codes, uint32_t dimensions,
                      uint32_t width, uint32_t low)
{
    uint32_t bytes = width * dimensions / 8;
    uint8_t *plane = sotto_buffer_extend(buffer, bytes);
    if (plane == NULL) {
        return;
    }
    memset(plane, 0, bytes);
    for (uint32_t i = 0; i < dimensions; i++) {
        uint32_t code = codes[i] >> low & ((1u << width) - 1);
        uint32_t byte = width == 1 ? i / 8 : i % bytes;
        uint32_t shift = width == 1 ? i % 8 : i / bytes * width;
        plane[byte] = (uint8_t)(plane[byte] | code << shift);
    }
}

static const char *add_row(sotto_buffer *buffer, const uint8_t *codes, uint32_t dimensions,
                           uint32_t bits)
{
    for (uint32_t i = 0; i < dimensions; i++) {
        if (codes[i] >> bits != 0) {
            return "a vector has a code of more bits than its class";
        }
    }
    if (bits == 3) {
        add_plane(buffer, codes, dimensions, 2, 1);
        add_plane(buffer, codes, dimensions, 1, 0);
    } else if (bits > 0) {
        add_plane(buffer, codes, dimensions, bits, 0);
    }
    return NULL;
}

static void add_ranks(sotto_buffer *buffer, const sotto_ranker_content *content)
{
    uint32_t ranks[CLASSES] = {0};
    for (uint32_t item = 0; item < content->item_count; item++) {
        for (uint32_t i = 0; item % GROUP == 0 && i + 1 < content->class_count; i++) {
            sotto_buffer_u32(buffer, ranks[i]);
        }
        ranks[class_of(content, item)]++;
    }
}

static const char *write_vectors(sotto_buffer *buffer, const sotto_ranker_content *content)
{
    uint32_t dimensions = content->dimensions;
    if (dimensions < 16 || dimensions > 128 || dimensions % 16 != 0) {
        return "vectors do not have 16 to 128 dimensions, a multiple of 16";
    }
    const char *refusal = refuse_classes(content);
    if (refusal != NULL) {
        return refusal;
    }
    sotto_buffer_u16(buffer, dimensions);
    sotto_buffer_u8(buffer, content->class_count);
    sotto_buffer_u8(buffer, 0);
    sotto_buffer_u32(buffer, content->item_count);
    for (uint32_t i = 0; i < content->class_count; i++) {
        sotto_buffer_u8(buffer, content->classes[i].least);
        sotto_buffer_u8(buffer, content->classes[i].bits);
        sotto_buffer_u16(buffer, 0);
        sotto_buffer_u32(buffer, content->classes[i].step);
    }
    add_ranks(buffer, content);
    for (uint32_t class = 0; class < content->class_count; class++) {
        for (uint32_t item = 0; refusal == NULL && item < content->item_count; item++) {
            if (content->classes[class].bits > 0 && class_of(content, item) == class) {
                refusal = add_row(buffer, content->codes + (size_t)item * dimensions, dimensions,
                                  content->classes[class].bits);
            }
        }
    }
    return refusal;
}

static const char *write_blocks(sotto_buffer *buffer, const sotto_ranker_content *content)
{
    uint32_t bits = content->block_bits;
    if (bits < 6 || bits > 16 || content->visit_count > 1024 ||
        content->centroid_step * (uint64_t)128 > LARGEST_COORDINATE) {
        return "blocks of vectors are too small or too large, or a scan visits too many";
    }
    uint32_t block_count = (content->item_count + (1u << bits) - 1) >> bits;
    sotto_buffer_u8(buffer, bits);
    sotto_buffer_u8(buffer, 0);
    sotto_buffer_u16(buffer, content->visit_count);
    sotto_buffer_u32(buffer, content->centroid_step);
    sotto_buffer_add(buffer, content->centroids, (size_t)block_count * content->dimensions);
    return NULL;
}

/* ---- The encoder ----------------------------------------------------------------------------- */

static const char *write_encoder(sotto_buffer *buffer, const sotto_ranker_content *content)
{
    uint32_t dimensions = content->dimensions;
    uint32_t hidden = content->encoder_hidden;
    if (content->history_count > 20 || content->depth_count < 1 || content->depth_count > 8 ||
        hidden > 128 || hidden % 8 != 0) {
        return "the encoder has too long a history, or too many rows or hidden values";
    }
    if (!within(&content->affinity, 1, LARGEST_Q16) ||
        !within(content->position, content->history_count, LARGEST_Q16) ||
        !within(content->encoder_bias, hidden, LARGEST_Q16) ||
        !none_above(content->encoder_scale_1, hidden, LARGEST_SCALE) ||
        !none_above(content->encoder_scale_2, hidden == 0 ? 0 : dimensions, LARGEST_SCALE)) {
        return "a number of the encoder is too large";
    }
    sotto_buffer_u16(buffer, dimensions);
    sotto_buffer_u8(buffer, content->history_count);
    sotto_buffer_u8(buffer, content->depth_count);
    sotto_buffer_u16(buffer, hidden);
    sotto_buffer_u16(buffer, 0);
    add_i32(buffer, &content->affinity, 1);
    add_i32(buffer, content->position, content->history_count);
    add_i16(buffer, content->depth, content->depth_count * dimensions);
    for (uint32_t i = 0; i < hidden; i++) {
        sotto_buffer_u32(buffer, content->encoder_scale_1[i]);
    }
    add_i32(buffer, content->encoder_bias, hidden);
    for (uint32_t i = 0; hidden > 0 && i < dimensions; i++) {
        sotto_buffer_u32(buffer, content->encoder_scale_2[i]);
    }
    sotto_buffer_add(buffer, content->encoder_weights_1, (size_t)hidden * 2 * dimensions);
    sotto_buffer_add(buffer, content->encoder_weights_2, (size_t)dimensions * hidden);
    return NULL;
}

static const char *write_recency(sotto_buffer *buffer, const sotto_ranker_content *content)
{
    add_i16(buffer, content->recency_offsets, 16);
    for (uint32_t i = 0; i < content->item_count; i += 2) {
        uint32_t even = content->recency[i];
        uint32_t odd = i + 1 < content->item_count ? content->recency[i + 1] : 0;
        if (even > 15 || odd > 15) {
            return "a code of recency is above 15";
        }
        sotto_buffer_u8(buffer, even | odd << 4);
    }
    return NULL;
}

/* ---- The re-ranker --------------------------------------------------------------------------- */

static uint32_t size_of_row(const int16_t *row, uint32_t count)
{
    uint32_t sum = 0;
    for (uint32_t i = 0; i < count; i++) {
        int32_t weight = row[i];
        sum += (uint32_t)(weight < 0 ? -weight : weight);
    }
    return sum;
}

static const char *refuse_reranker(const sotto_ranker_content *content)
{
    uint32_t count = content->feature_count;
    uint32_t hidden = content->hidden;
    if (content->vector_count > 256 || content->table_count > 256 || content->session_count > 20) {
        return "the re-ranker is to take too many candidates";
    }
    if (count > 64 || hidden > 64 || hidden % 4 != 0 || content->shift_1 > 15 ||
        content->shift_2 > 15) {
        return "the re-ranker has too many features or hidden values, or too large a shift";
    }
    for (uint32_t i = 1; i < count; i++) {
        if (content->features[i] <= content->features[i - 1]) {
            return "the features of the re-ranker do not ascend";
        }
    }
    if (!within(content->bias, hidden, 1 << 20) ||
        !none_above(content->feature_factor, count, 1u << 26)) {
        return "a bias or a factor of the re-ranker is too large";
    }
    for (uint32_t j = 0; j < hidden; j++) {
        if (size_of_row(content->weights_1 + (size_t)j * count, count) > 98303) {
            return "the weights of a hidden value add up to too much";
        }
    }
    if (size_of_row(content->weights_2, hidden) * UINT64_C(32767) +
        size_of_row(content->skip, count) * UINT64_C(16383) > INT32_MAX) {
        return "the last weights of the re-ranker add up to too much";
    }
    return NULL;
}

static void add_padded(sotto_buffer *buffer, const int16_t *row, uint32_t count)
{
    add_i16(buffer, row, count);
    sotto_buffer_zeros(buffer, 2 * (-count & 7));
}

const char *sotto_network_write(sotto_buffer *buffer, const sotto_ranker_content *content)
{
    uint32_t count = content->feature_count;
    const char *refusal = refuse_reranker(content);
    if (refusal != NULL) {
        return refusal;
    }
    sotto_buffer_u16(buffer, content->vector_count);
    sotto_buffer_u16(buffer, content->table_count);
    sotto_buffer_u8(buffer, content->session_count);
    sotto_buffer_u8(buffer, count);
    sotto_buffer_u8(buffer, content->hidden);
    sotto_buffer_u8(buffer, content->shift_1);
    sotto_buffer_u8(buffer, content->shift_2);
    sotto_buffer_zeros(buffer, 3);
    sotto_buffer_add(buffer, content->features, count);
    sotto_buffer_zeros(buffer, -count & 7);
    for (uint32_t i = 0; i < count; i++) {
        sotto_buffer_u32(buffer, (uint32_t)content->feature_mean[i]);
        sotto_buffer_u32(buffer, content->feature_factor[i]);
    }
    add_i32(buffer, content->bias, content->hidden);
    for (uint32_t j = 0; j < content->hidden; j++) {
        add_padded(buffer, content->weights_1 + (size_t)j * count, count);
    }
    add_padded(buffer, content->weights_2, content->hidden);
    add_padded(buffer, content->skip, count);
    return NULL;
}

/* ---- All of them ----------------------------------------------------------------------------- */

static sotto_status add_section(sotto_section_list *list, const char tag[4],
                                section_writer *write, const sotto_ranker_content *content,
                                const char **why)
{
    sotto_buffer buffer = {0};
    const char *refusal = write(&buffer, content);
    sotto_bytes bytes = {NULL, 0};
    sotto_status status = sotto_buffer_finish(&buffer, refusal, &bytes, why);
    if (status == SOTTO_OK && !sotto_section_list_add(list, tag, bytes)) {
        status = SOTTO_INVALID;
        if (why != NULL) {
            *why = "there are too many sections";
        }
    }
    return status;
}

sotto_status sotto_ranker_sections(const sotto_ranker_content *content, sotto_section_list *list,
                                   const char **why)
{
    const struct {
        bool            there;
        char            tag[4];
        section_writer *write;
    } sections[] = {
        {content->dimensions > 0, {'v', 'e', 'c', 't'}, write_vectors},
        {content->centroids != NULL, {'n', 'e', 'a', 'r'}, write_blocks},
        {content->history_count > 0, {'e', 'n', 'c', 'o'}, write_encoder},
        {content->recency != NULL, {'r', 'c', 'n', 't'}, write_recency},
        {content->feature_count > 0, {'r', 'a', 'n', 'k'}, sotto_network_write},
        {content->tree_count > 0, {'t', 'r', 'e', 'e'}, sotto_forest_write},
    };
    uint32_t before = list->count;
    for (uint32_t i = 0; i < SOTTO_ARRAY_COUNT(sections); i++) {
        if (!sections[i].there) {
            continue;
        }
        sotto_status status = add_section(list, sections[i].tag, sections[i].write, content, why);
        if (status != SOTTO_OK) {
            sotto_section_list_cut(list, before);
            return status;
        }
    }
    return SOTTO_OK;
}

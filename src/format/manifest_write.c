/*
 * manifest_write.c - the manifest, and what of it is signed
 */
#include "format/write.h"

#include "base/hash.h"
#include "format/part_write.h"

#include <stdlib.h>

static const char *refuse_parts(const sotto_manifest_content *content)
{
    if (content->part_count < 1 || content->part_count > SOTTO_MANIFEST_MAX_PARTS) {
        return "a manifest has 1 to 16 parts";
    }
    uint32_t last_kind = 0;
    for (uint32_t i = 0; i < content->part_count; i++) {
        uint32_t kind = (uint32_t)content->parts[i].kind;
        if (kind <= last_kind || kind > UINT8_MAX) {
            return "the parts of a manifest are not in order of kind";
        }
        last_kind = kind;
    }
    return NULL;
}

/* Domain string and manifest, one after the other, go to the signer. */
static const char *sign(sotto_buffer *buffer, sotto_signer *signer, void *signer_context,
                        uint64_t key_id)
{
    size_t message_size = sizeof SOTTO_MANIFEST_DOMAIN + buffer->size;
    uint8_t *message = malloc(message_size);
    if (message == NULL || buffer->failed) {
        free(message);
        buffer->failed = true;
        return NULL;
    }
    memcpy(message, SOTTO_MANIFEST_DOMAIN, sizeof SOTTO_MANIFEST_DOMAIN);
    memcpy(message + sizeof SOTTO_MANIFEST_DOMAIN, buffer->bytes, buffer->size);
    uint8_t signature[SOTTO_SIGNATURE_CHECK - SOTTO_SIGNATURE_BYTES];
    bool signed_well = signer(signer_context, message, message_size, signature);
    free(message);
    if (!signed_well) {
        return "the manifest could not be signed";
    }
    size_t start = buffer->size;
    sotto_buffer_u64(buffer, key_id);
    sotto_buffer_add(buffer, signature, sizeof signature);
    if (!buffer->failed) {
        sotto_buffer_u32(buffer, sotto_check(buffer->bytes + start, SOTTO_SIGNATURE_CHECK));
    }
    return NULL;
}

sotto_status sotto_manifest_write(const sotto_manifest_content *content, sotto_signer *signer,
                                  void *signer_context, uint64_t key_id, sotto_bytes *out,
                                  const char **why)
{
    sotto_buffer buffer = {0};
    const char *refusal = refuse_parts(content);
    if (refusal == NULL) {
        uint32_t signed_size =
            SOTTO_MANIFEST_HEAD_SIZE + content->part_count * SOTTO_MANIFEST_PART_ROW_SIZE;
        sotto_buffer_add(&buffer, "SOTM", 4);
        sotto_buffer_u16(&buffer, SOTTO_FORMAT_VERSION);
        sotto_buffer_u8(&buffer, content->part_count);
        sotto_buffer_u8(&buffer, signer != NULL);
        sotto_buffer_u32(&buffer, signed_size + (signer == NULL ? 0 : SOTTO_SIGNATURE_BLOCK_SIZE));
        sotto_buffer_u32(&buffer, 0);
        sotto_buffer_u64(&buffer, content->sequence);
        sotto_buffer_u64(&buffer, content->created_s);
        sotto_buffer_u64(&buffer, content->expires_s);
        sotto_buffer_u64(&buffer, content->shop);
        sotto_buffer_u64(&buffer, content->identity);
        for (uint32_t i = 0; i < content->part_count; i++) {
            sotto_buffer_u8(&buffer, (uint32_t)content->parts[i].kind);
            sotto_buffer_zeros(&buffer, 3);
            sotto_buffer_u32(&buffer, content->parts[i].size);
            sotto_buffer_add(&buffer, content->parts[i].sha256, sizeof content->parts[i].sha256);
            sotto_buffer_zeros(&buffer, 8);
        }
        if (!buffer.failed) {
            sotto_buffer_set_u32(&buffer, SOTTO_MANIFEST_CHECK,
                                 sotto_check(buffer.bytes, buffer.size));
        }
        if (signer != NULL) {
            refusal = sign(&buffer, signer, signer_context, key_id);
        }
    }
    return sotto_buffer_finish(&buffer, refusal, out, why);
}

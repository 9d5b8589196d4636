/*
 * dump_pictures.c - the content of a pictures part as JSON: what there is, not what is on it
 */
#include "base/hash.h"
#include "cli/document.h"

void cli_dump_pictures(cli_json *json, const cli_document *document)
{
    const sotto_pictures *pictures = &document->pictures;
    sotto_picture picture;
    cli_dump_head(json, document);
    cli_json_array(json, "pictures");
    for (uint32_t i = 0; i < pictures->item_count; i++) {
        if (!sotto_picture_get(pictures, i, &picture)) {
            continue;
        }
        cli_json_object(json, NULL);
        cli_json_number(json, "item", i);
        cli_json_text(json, "type", sotto_picture_type_text(picture.type));
        cli_json_number(json, "size", picture.size);
        cli_json_hash(json, "hash", sotto_hash(picture.bytes, picture.size));
        cli_json_end(json);
    }
    cli_json_end(json);
}

/*
 * run_native.c - runs a vector file against the native core
 *
 *     run_native GOLDEN-FOLDER < file.txt
 *
 * prints the file again with this core's answers in place of those that stand in it. The commands
 * are in README.md; script.mjs does the same for the other hosts, and vectors.test.mjs compares.
 */
#include "native_answers.h"
#include "native_files.h"
#include "native_plan.h"

enum { LINE_SIZE = 65536 };

static bool is(const words *all, const char *command)
{
    return strcmp(all->word[0], command) == 0;
}

static void hash_bytes(size_t count)
{
    uint8_t *bytes = room(count);
    for (size_t i = 0; i < count; i++) {
        bytes[i] = (uint8_t)(i * 7 + 3);
    }
    answer("%016" PRIx64, sotto_hash(bytes, count));
    free(bytes);
}

static bool run_bundle_command(const words *all)
{
    if (is(all, "bundle")) {
        open_bundle(all->word[1]);
        open_plan();
    } else if (is(all, "manifest")) {
        show_manifest();
    } else if (is(all, "site")) {
        show_site();
    } else if (is(all, "slots")) {
        show_slots();
    } else if (is(all, "categories")) {
        show_categories();
    } else if (is(all, "brands")) {
        show_brands();
    } else if (is(all, "hash")) {
        answer("%016" PRIx64, sotto_hash(all->word[1], all->size[1]));
    } else if (is(all, "hash-bytes")) {
        hash_bytes(number(all, 1));
    } else if (is(all, "find") || is(all, "find-hash")) {
        uint32_t item = is(all, "find")
                            ? sotto_item_find(bundle, all->word[1], all->size[1])
                            : sotto_item_find_hash(bundle, strtoull(all->word[1], NULL, 16));
        if (item == SOTTO_NO_ITEM) {
            answer("unknown");
        } else {
            show_item(item);
        }
    } else if (is(all, "texts")) {
        show_texts(known(all, 1));
    } else if (is(all, "attributes")) {
        show_attributes(known(all, 1));
    } else if (is(all, "links")) {
        show_links(all->word[1], known(all, 2));
    } else if (is(all, "rank")) {
        rank(all);
    } else if (is(all, "next-basket")) {
        rank_basket(all);
    } else if (is(all, "refuse")) {
        mutation how = {all->word[2], number(all, 3), all->count > 4 ? number(all, 4) : 0};
        uint32_t place = place_named(all->word[1]);
        size_t offset;
        sotto_status status = refuse(place, file_at(place), how, &offset);
        answer("%s %zu", statuses[status], offset);
    } else if (is(all, "refusals")) {
        refuse_all(place_named(all->word[1]));
    } else {
        return false;
    }
    return true;
}

static bool run_profile_command(const words *all)
{
    if (is(all, "profile")) {
        memset(&shelf, 0, sizeof shelf);
        profile = sotto_profile_init(block, strtoull(all->word[1], NULL, 16), number(all, 2));
        memset(&ledger, 0, sizeof ledger);
        live = false;
    } else if (is(all, "no-profile")) {
        profile = NULL;
        live = false;
        memset(&shelf, 0, sizeof shelf);
    } else if (is(all, "event")) {
        sotto_event event = fold(all);
        fold_ledger(&event);
    } else if (is(all, "forget")) {
        memset(&shelf, 0, sizeof shelf);
        uint64_t item = sotto_hash(all->word[1], all->size[1]);
        answer("%" PRIu32, sotto_profile_forget_item(profile, item));
    } else if (is(all, "seal")) {
        sotto_profile_seal(profile);
        answer("%016" PRIx64, sotto_hash(block, sizeof block));
    } else if (is(all, "summary")) {
        show_summary();
    } else if (is(all, "events")) {
        show_events();
    } else if (is(all, "cart")) {
        show_cart();
    } else if (is(all, "purchases")) {
        show_purchases();
    } else if (is(all, "interests")) {
        show_interests(number(all, 1));
    } else if (is(all, "ask")) {
        ask(all);
    } else if (is(all, "shelve")) {
        shelve(all);
    } else {
        return false;
    }
    return true;
}

static bool run_plan_command(const words *all)
{
    if (is(all, "ledger")) {
        set_ledger(all);
    } else if (is(all, "scene")) {
        set_scene(all);
    } else if (is(all, "program")) {
        run_program(all->word[1]);
    } else if (is(all, "segments")) {
        show_segments();
    } else if (is(all, "new-ledger")) {
        new_ledger(all);
    } else if (is(all, "told")) {
        tell(all);
    } else if (is(all, "look")) {
        look(all);
    } else if (is(all, "look-at")) {
        look_at(all);
    } else if (is(all, "seal-ledger")) {
        sotto_ledger_seal(&ledger);
        answer("%016" PRIx64, sotto_hash(&ledger, sizeof ledger));
    } else {
        return false;
    }
    return true;
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fail("usage: run_native GOLDEN-FOLDER < file.txt");
    }
    golden = argv[1];
    bundle = room(sotto_bundle_size());
    sotto_bundle_init(bundle);
    ranker = room(sotto_ranker_size());
    scratch_size = sotto_rank_scratch_size();
    if (scratch_size < sotto_decision_scratch_size()) {
        scratch_size = sotto_decision_scratch_size();
    }
    scratch = room(scratch_size);

    static char line[LINE_SIZE];
    while (fgets(line, sizeof line, stdin)) {
        if (line[0] == '>') {
            continue;
        }
        fputs(line, stdout);
        line[strcspn(line, "\n")] = '\0';
        if (line[0] == '\0' || line[0] == '#') {
            continue;
        }
        words all;
        if (!words_split(line, &all) || (!run_bundle_command(&all) && !run_profile_command(&all)
                                        && !run_plan_command(&all))) {
            fail("cannot do: %s", line);
        }
    }
    for (int kind = 0; kind < PART_COUNT; kind++) {
        free(files[kind].bytes);
    }
    free(scratch);
    free(ranker);
    free(bundle);
    return 0;
}

#include "test.h"

#include "moments.h"

/* The value of a parameter of an address; "(nothing)" if there is none. */
static const char *value_of(const char *query, const char *name)
{
    static char value[SOTTO_VALUE_MAX_SIZE + 1];
    here.scene.query = text_of(query);
    sotto_text text = sotto_query_get(moment_now(), text_of(name));
    if (text.bytes == NULL) {
        return "(nothing)";
    }
    memcpy(value, text.bytes, text.size);
    value[text.size] = '\0';
    return value;
}

TEST(parameters_are_decoded_as_forms_write_them)
{
    static const struct {
        const char *query, *name, *value;
    } rows[] = {
        {"", "a", "(nothing)"},
        {"?", "a", "(nothing)"},
        {"a=1", "a", "1"},
        {"?a=1", "a", "1"},
        {"?a=1&b=2&a=3", "a", "1"},
        {"?a=1&b=2", "b", "2"},
        {"?a=1&b=2", "c", "(nothing)"},
        {"?a", "a", ""},
        {"?a=", "a", ""},
        {"?a==b", "a", "=b"},
        {"?&&a=1&", "a", "1"},
        {"?a=x+y%20z", "a", "x y z"},
        {"?%61%3D=1", "a=", "1"},
        {"?a=%C3%bc", "a", "\xC3\xBC"},
        {"?a=%", "a", "%"},
        {"?a=%4", "a", "%4"},
        {"?a=%4g", "a", "%4g"},
        {"?a=%%41", "a", "%A"},
        {"?a=%zz%42", "a", "%zzB"},
        {"?=1", "", "1"},
        {"?A=1", "a", "(nothing)"},
        {"?a=?b", "a", "?b"},
    };
    moment_enter();
    for (size_t i = 0; i < SOTTO_ARRAY_COUNT(rows); i++) {
        ROW("%s of %s", rows[i].name, rows[i].query);
        CHECK_STR(value_of(rows[i].query, rows[i].name), rows[i].value);
    }
    moment_leave();
}

TEST(a_percent_sign_does_not_reach_over_the_end)
{
    moment_enter();
    CHECK_STR(value_of("?a=%4&1=b", "a"), "%4");
    CHECK_STR(value_of("?a=%&41=b", "a"), "%");
    CHECK_STR(value_of("?a=%&41=b", "41"), "b");
    moment_leave();
}

TEST(what_is_too_long_is_cut)
{
    static char query[8192];
    moment_enter();
    memcpy(query, "?long=", 6);
    memset(query + 6, 'x', 1500);
    memcpy(query + 1506, "&near=1", 7);
    memset(query + 1513, '&', SOTTO_MOMENT_QUERY_SIZE - 1513 - 4);
    memcpy(query + SOTTO_MOMENT_QUERY_SIZE - 4, "l=12345&far=1", 14);
    CHECK_EQ(strlen(value_of(query, "long")), SOTTO_VALUE_MAX_SIZE);
    CHECK_STR(value_of(query, "near"), "1");
    CHECK_STR(value_of(query, "l"), "12");
    CHECK_STR(value_of(query, "far"), "(nothing)");
    moment_leave();
}

TEST(thirty_two_parameters_count)
{
    char query[512] = "?";
    moment_enter();
    for (unsigned i = 0; i < 40; i++) {
        snprintf(query + strlen(query), sizeof query - strlen(query), "p%u=%u&", i, i);
    }
    CHECK_STR(value_of(query, "p31"), "31");
    CHECK_STR(value_of(query, "p32"), "(nothing)");
    moment_leave();
}

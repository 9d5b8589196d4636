#include "test.h"

#include "train/recipe.h"

TEST(weights_fade_with_age_and_stay_within_the_format)
{
    sotto_recipe recipe = sotto_recipe_defaults();
    recipe.knobs[SOTTO_POSITION_DECAY] = 0.6931471805599453;
    recipe.knobs[SOTTO_POSITION_FLOOR] = 0.1;
    recipe.knobs[SOTTO_REPEAT_SCALE] = 2;
    recipe.knobs[SOTTO_REPEAT_LAST] = 0.5;
    recipe.knobs[SOTTO_REPEAT_OLDER] = 1000;
    recipe.knobs[SOTTO_REPEAT_SECOND] = 0;
    sotto_ranking_weights weights = sotto_recipe_weights(&recipe);
    CHECK_EQ(weights.position[0], 65536);
    CHECK_EQ(weights.position[1], 32768);
    CHECK_EQ(weights.position[10], 6554);
    CHECK_EQ(weights.repeat[0], 65536);
    CHECK_EQ(weights.repeat[1], 1); /* a seen item stays a candidate */
    CHECK_EQ(weights.repeat[2], 64 * 65536);
}

TEST(a_recipe_is_printed_by_name)
{
    char text[512];
    sotto_recipe recipe = sotto_recipe_defaults();
    recipe.knobs[SOTTO_HOP] = 1.25;
    sotto_recipe_print(&recipe, text, sizeof text);
    CHECK(strstr(text, " hop=1.25 ") != NULL);
    CHECK(strstr(text, "popularity_weight=") != NULL);
    char small[10];
    sotto_recipe_print(&recipe, small, sizeof small);
    CHECK_EQ(strlen(small), 9);
}

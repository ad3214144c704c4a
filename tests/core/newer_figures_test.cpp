#include "core/newer_figures.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace copytaster {
namespace {

Item post(std::string_view text, std::string_view title = "") {
  Item item;
  item.set_text(std::string(text));
  item.set_title(std::string(title));
  return item;
}

TEST(NewerFiguresTest, TheSameWordsWithOtherFigures) {
  const Item older = post("Storm up to force 8 from 18:00. The pier is closed.");
  const Item newer = post("Storm up to force 9 from 17:30. The pier is closed.");
  const auto changes = newer_figures(older, newer);
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(changes[0].field, "text");
  EXPECT_EQ(older.text().substr(changes[0].older.begin, changes[0].older.end),
            "Storm up to force 8 from 18:00.");
  EXPECT_EQ(newer.text().substr(changes[0].newer.begin, changes[0].newer.end),
            "Storm up to force 9 from 17:30.");
}

TEST(NewerFiguresTest, TitlesToo) {
  const auto changes = newer_figures(post("The river stands at 168 cm at noon.", "River level: 168 cm"),
                                     post("The river stands at 186 cm at noon.", "River level: 186 cm"));
  ASSERT_EQ(changes.size(), 2U);
  EXPECT_EQ(changes[0].field, "title");
}

TEST(NewerFiguresTest, AMatterOfHalfTheSentencesIsOne) {
  EXPECT_EQ(newer_figures(post("Level at the bridge 9,80 metres. The quay stays closed."),
                          post("Level at the bridge 9,60 metres. The quay opens tonight."))
                .size(),
            1U);
}

TEST(NewerFiguresTest, ListsAreNone) {
  const Item list = post("Line 4 is closed today.\nLine 6 is closed today.");
  EXPECT_TRUE(newer_figures(list, list).empty());
  EXPECT_TRUE(newer_figures(post("On 12 March there were 40 places.\nOn 13 March there were 50 places."),
                            post("On 12 March there were 40 places.\nOn 13 March there were 60 places."))
                  .empty());
}

TEST(NewerFiguresTest, WhatANumberNamesIsNotCounted) {
  for (const auto& [older, newer] :
       {std::pair("Line 4 is closed after a fallen tree.", "Line 6 is closed after a fallen tree."),
        std::pair("Die Linie 4 fährt heute nicht.", "Die Linie 6 fährt heute nicht."),
        std::pair("Η γραμμή 4 δεν λειτουργεί σήμερα.", "Η γραμμή 6 δεν λειτουργεί σήμερα."),
        std::pair("Школа № 4 сьогодні зачинена.", "Школа № 6 сьогодні зачинена.")}) {
    EXPECT_TRUE(newer_figures(post(older), post(newer)).empty()) << older;
  }
}

TEST(NewerFiguresTest, OtherMattersAreNone) {
  EXPECT_TRUE(newer_figures(post("The 12 runs again."), post("The pool opens on 12 May.")).empty());
  EXPECT_TRUE(newer_figures(post("Bus 12."), post("Bus 14.")).empty()) << "two words are a list";
  EXPECT_TRUE(newer_figures(post("We met at 9. The budget is voted. All agreed. Thank you for coming."),
                            post("We met at 8. The school is open. It rained. Good night."))
                  .empty())
      << "most of it is something else";
  const Item same = post("The river stands at 168 cm at noon.");
  EXPECT_TRUE(newer_figures(same, same).empty());
  EXPECT_TRUE(newer_figures(post(""), post("")).empty());
}

}  // namespace
}  // namespace copytaster

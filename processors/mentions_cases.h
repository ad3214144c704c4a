// One name for a person who stands in a post in several cases. Internal to the step mentions. Any thread.
#pragma once

#include "core/copytaster.pb.h"
#include "processors/word_scan.h"

namespace copytaster {

// Gives the people of `item` whose name stands in another case ("Богдану Кравчуку") the name that the same
// post has in the nominative. A nominative is told by a given name that is listed so; where the other form
// could be somebody else's ("Ярослава Зелінська") nothing is changed, nor where the stem changes ("Хміль,
// Хмеля"). `scan` is of the item's text. Quadratic in the people named, at most a hundred.
void name_in_nominative(const WordScan& scan, Item* item);

}  // namespace copytaster

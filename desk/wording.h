// The small change of the sentence patterns: lists, days, languages, who and where. English only. Pure;
// any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "core/copytaster.pb.h"
#include "core/text.h"

namespace copytaster {

// "Kyiv, Bucha and Irpin".
[[nodiscard]] std::string list_of(const std::vector<std::string>& things);
// "14 April 2022", in UTC.
[[nodiscard]] std::string day_of(absl::Time when);
// "on 14 April 2022"; "from 13 to 15 April 2022"; "from 30 March to 2 April 2022".
[[nodiscard]] std::string on_days(absl::Time first, absl::Time last);
// "14 April 2022, 06:12 UTC".
[[nodiscard]] std::string day_and_time(absl::Time when);
// When an item was posted: "on 14 April 2022", "14 April 2022", "14 April 2022, 06:12 UTC" (without the time
// where only the day is known). Where the platform does not say: "(undated, seen on 14 April 2022)",
// "undated, seen 14 April 2022 …". No date and no time is invented.
[[nodiscard]] std::string posted_on(const Item& item);
// " at 14:50 UTC"; empty where no time of day is known.
[[nodiscard]] std::string posted_at(const Item& item);
[[nodiscard]] std::string posted_day(const Item& item);
[[nodiscard]] std::string posted_day_and_time(const Item& item);
// "brought in by hand by Mira, 26 November 2026"; empty for what a collector has read.
[[nodiscard]] std::string brought_in(const Item& item);
// The same behind a sentence that rests on it: " (brought in by hand by Mira, 26 November 2026)".
[[nodiscard]] std::string by_hand_mark(const Item& item);
// "1 post", "4 posts", "2 copies".
[[nodiscard]] std::string count_of(std::size_t n, std::string_view one, std::string_view many);
// "French" for "fr"; empty for none; the tag itself when it is not known.
[[nodiscard]] std::string language_name(std::string_view language);

// "Ukraine" for "UA"; empty for none and for what is no country.
[[nodiscard]] std::string country_name(std::string_view country);

struct QuoteMarks {
  std::string_view open, close;
};
// “…” around English, «…» around everything else: the house's marks, the words stay as they are.
[[nodiscard]] QuoteMarks quote_marks(std::string_view language);
// The same around these words: “…” where they have angled marks of their own, for «« is hard to read.
[[nodiscard]] QuoteMarks quote_marks(std::string_view language, std::string_view words);

// Sentences, a closing mark that stands apart with the sentence it closes: "… a dit : « Venez. »". None ends
// within an address, behind "St." or behind "zum 100." in German.
[[nodiscard]] std::vector<Span> whole_sentences(std::string_view text, std::string_view language);

// Without the stop that ends a sentence, before a comma of ours; "p.m." and "…" keep theirs.
void drop_stop(std::string_view* sentence);

using StoryOfficials = google::protobuf::RepeatedPtrField<StoryOfficial>;

// Who posted an item, with the role on that day.
struct Poster {
  std::string official_id;  // empty: not one we follow
  std::string name;
  std::string role;
  std::string city = {};  // of that role
  OfficialKind kind = PERSON;
  // Same person: by official id where there is one, else by name.
  [[nodiscard]] bool is(const Poster& other) const;
  // "Anne Hidalgo, Mayor of Paris". The role is left out where the name says it ("City of Paris"); the city
  // is told where the role does not name it.
  [[nodiscard]] std::string introduced() const;
};
[[nodiscard]] Poster poster_of(const Item& item, const StoryOfficials& officials);

// "Facebook"; for a feed the host it is on, as credit lines have it: "paris.example".
[[nodiscard]] std::string where_of(const Item& item);
// In a sentence: " on Facebook"; " in a text on file with the newsroom" for one that stands nowhere else.
[[nodiscard]] std::string on_where(const Item& item);
[[nodiscard]] bool is_on_file(const Item& item);
[[nodiscard]] absl::Time time_of(const Item& item);
// Passes another's post on and says nothing itself.
[[nodiscard]] bool is_pure_repost(const Item& item);
// "Source: Anne Hidalgo on Facebook": the attribution's line; made from name and platform where it has none.
[[nodiscard]] std::string credit_line_of(const Attribution& attribution);

}  // namespace copytaster

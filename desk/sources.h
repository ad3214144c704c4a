// The numbered notes of an export: one for each different span a draft rests on, in order of first use.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "core/copytaster.pb.h"
#include "core/store.h"
#include "core/strings.h"
#include "desk/item_cache.h"
#include "desk/wording.h"

namespace copytaster {

struct Note {
  int number = 0;
  Support support;
  const Item* item = nullptr;  // the version it points at
  Poster poster;
  bool verbatim = false;      // some block shows exactly these bytes
  std::string language = {};  // of the bytes: the post's; of words in a picture or beside it their own
  // "Anne Hidalgo, Mayor of Paris, on Facebook, 14 April 2022, 06:12 UTC"; of a post that no collector has
  // read, also by whom and when: "…; brought in by hand by Mira, 15 April 2022".
  [[nodiscard]] std::string who_where_when() const;
  // "text, bytes 0 to 78, verbatim, in French"; "media[0].caption, bytes …". Of words shown as they are also
  // which day they mean: "…; “hier” is 13 April 2022".
  [[nodiscard]] std::string which_bytes() const;
};

class Sources {
 public:
  // Checks the draft first; both outlive this.
  static absl::StatusOr<Sources> of(const Draft& draft, const StoreReader& reader);
  Sources(Sources&&) = default;

  [[nodiscard]] const std::deque<Note>& notes() const { return notes_; }
  // The numbers of a block's notes, in the order of its supports.
  [[nodiscard]] std::vector<int> numbers(const Block& block) const;
  [[nodiscard]] const Note& first(const Block& block) const;
  // The post a picture block shows the picture of.
  [[nodiscard]] const Item& picture_item(const Block& block) const {
    return *pictures_.at(block.picture().item_id());
  }
  // One note an item, in order of first use; deleted posts left out.
  [[nodiscard]] std::vector<const Note*> distinct_items() const;

 private:
  explicit Sources(const StoreReader& reader) : items_(reader) {}
  ItemCache items_;
  std::deque<Note> notes_;
  StringMap<int> numbers_;
  StringMap<const Item*> pictures_;
};

// What is printed, in order: headline to closing statement; and what is not.
[[nodiscard]] bool is_for_print(const Block& block);
[[nodiscard]] bool is_other_headline(const Block& block);
// A remark under "For the editor": pictures, updates, edits, deletions.
[[nodiscard]] bool is_remark(const Block& block);
// The mark-up's own words around a draft, the same in every export.
inline constexpr std::string_view kDraftReminder =
    "Draft made by Copytaster from public posts. Words between quotation marks are verbatim in their "
    "original language, […] for those left out between; everything else is a fixed sentence filled with "
    "facts from the posts, places and offices by their English names. All days and times are UTC. Check "
    "before you publish.";
inline constexpr std::string_view kRightsReminder =
    "Rights not cleared: ask the holder before publishing this picture.";

// "medtop:20000639" -> the concept's own URI, as IPTC publishes it.
[[nodiscard]] std::string topic_uri(std::string_view topic);
[[nodiscard]] int percent_of(float confidence);  // 0 to 100
// The file name of a picture: sha256 and an extension by type, "" for types we do not serve as pictures.
[[nodiscard]] std::string picture_file(const StoryPicture& picture, const Item& item);
// What stands beside it: that its rights are not cleared, that its post was brought in by hand and by whom.
[[nodiscard]] std::vector<std::string> picture_marks(const StoryPicture& picture, const Item& item);
// The speaker line under a quote: "Anne Hidalgo, Mayor of Paris, on Facebook, 14 April 2022 (in French)";
// where another posted the words, "Iryna Venediktova, Prosecutor General, quoted by Anne Hidalgo on Facebook,
// …"; at its end "; brought in by hand by Mira, 15 April 2022" where no collector has read the post.
[[nodiscard]] std::string speaker_line(const Block& block, const Note& note);

}  // namespace copytaster

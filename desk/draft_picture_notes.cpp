// What an editor must know of the pictures: whose they are where their copies differ, what else is said of
// them, what may be done with them, and which others there are. Each picture once, however often it was
// posted.
#include <algorithm>
#include <utility>

#include "core/photographer.h"
#include "core/rights.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/url.h"
#include "desk/draft_fields.h"
#include "desk/draft_parts.h"
#include "desk/picture_copies.h"
#include "desk/wording_rights.h"

namespace copytaster {
namespace {

constexpr std::size_t kCreditsListed = 12;
constexpr std::size_t kCaptionsListed = 3;  // of one picture

std::string post_line(const Material& material, const Item& item) {
  const std::string by_hand = brought_in(item);
  return str_cat(poster_of(item, material.story.officials()).introduced(), ", on ", where_of(item), ", ",
                 posted_day_and_time(item), by_hand.empty() ? "" : "; ", by_hand);
}

// "Jan Brodzki, Mayor of Kalinowo (Facebook)"
std::string short_line(const Material& material, const Item& item) {
  const std::string by_hand = brought_in(item);
  return str_cat(poster_of(item, material.story.officials()).introduced(), " (", where_of(item),
                 by_hand.empty() ? "" : "; ", by_hand, ")");
}

bool passes_on(const Item& item) {
  return !item.repost_of().item_id().empty() || !item.repost_of().url().empty();
}

// "two pictures at most": which of them, the draft's order says.
std::string left_out_line(const Material& material, const StoryPicture& picture, const Item& item) {
  return str_cat("Left out: the picture by ", collapse_space(picture.attribution().name()), ", posted by ",
                 short_line(material, item), ". ", why_left_out(material, picture), " ",
                 rights_told(picture.rights()));
}

// A picture that is not shown above, with whom it must be credited to: "Picture posted by Vitali Klitschko,
// Mayor of Kyiv, on Facebook, 14 April 2022, 12:02 UTC; passed on by Anne Hidalgo, Mayor of Paris (Facebook).
// …"
std::optional<Block> further(const Material& material, const Item& item, const std::vector<PictureAt>& copies,
                             std::string credit) {
  if (credit.empty() && passes_on(item)) credit = credit_line_of(item.attribution());
  if (credit.empty()) return std::nullopt;
  std::vector<std::string> posted, passed_on;
  for (const PictureAt& copy : copies) {
    if (copy.item == &item) continue;
    if (passes_on(*copy.item)) {
      passed_on.push_back(short_line(material, *copy.item));
    } else {
      posted.push_back(post_line(material, *copy.item));
    }
  }
  std::string text =
      str_cat("Picture ", passes_on(item) ? "passed on" : "posted", " by ", post_line(material, item));
  if (!posted.empty()) str_append(&text, "; also posted by ", join(posted, "; "));
  if (!passed_on.empty()) str_append(&text, "; passed on by ", join(passed_on, "; "));
  Block block = make_block("note", "picture-credit", str_cat(text, ". ", collapse_space(credit)));
  add_support(block, support_of(item));
  for (const PictureAt& copy : copies) add_support(block, support_of(*copy.item));
  return block;
}

std::string sentence_case(std::string words) {  // ASCII
  if (!words.empty() && words[0] >= 'a' && words[0] <= 'z')
    words[0] = static_cast<char>(words[0] - 'a' + 'A');
  return words;
}

class PictureNotes {
 public:
  PictureNotes(const Material& material, const std::vector<Block>& shown)
      : material_(material), shown_(shown) {}

  std::vector<Block> write() {
    for (std::size_t i = 0; i < shown_.size(); ++i) {
      const StoryPicture& picture = shown_[i].picture();
      const std::vector<PictureAt> copies = copies_of(material_, picture);
      const std::string name = str_cat("picture ", i + 1);
      author(name, picture, copies);
      posters(name, picture, copies);
      captions(name, shown_[i], copies);
      rights(str_cat("Of ", name, ": "), picture);
      told_.insert(told_.end(), copies.begin(), copies.end());
    }
    refused();
    others();
    return std::move(out_);
  }

 private:
  // Who is credited, where another copy than the one shown says so; or that the copies name different people.
  void author(const std::string& name, const StoryPicture& picture, const std::vector<PictureAt>& copies) {
    const Item* own = material_.find(picture.item_id());
    std::vector<PictureAt> naming;  // each photographer once
    for (const PictureAt& copy : copies) {
      const Attribution& theirs = copy.media().attribution();
      if (!names_photographer(theirs)) continue;
      const bool known = std::ranges::any_of(naming, [&](const PictureAt& other) {
        return is_one_name(other.media().attribution().name(), theirs.name());
      });
      if (!known) naming.push_back(copy);
    }
    const bool borrowed = names_photographer(picture.attribution()) && own != nullptr &&
                          !names_photographer(PictureAt{own, picture.media_index()}.media().attribution());
    if (naming.size() > 1) {
      differ(name, naming);
    } else if (borrowed) {
      std::string text =
          str_cat("The photographer of ", name, ", ", collapse_space(picture.attribution().name()),
                  ", is named in another post of it");
      if (!naming.empty()) str_append(&text, ": ", post_line(material_, *naming.front().item));
      Block block = make_block("note", "picture-author", text + ".");
      add_support(block, support_of(naming.empty() ? *own : *naming.front().item));
      out_.push_back(std::move(block));
    }
  }

  // Others who posted it as their own: whose it is, nobody but they can say.
  void posters(const std::string& name, const StoryPicture& picture, const std::vector<PictureAt>& copies) {
    const Item* own = material_.find(picture.item_id());
    if (own == nullptr || names_photographer(picture.attribution())) return;
    const StoryOfficials& officials = material_.story.officials();
    const Poster owner = poster_of(*own, officials);
    std::vector<std::string> also;
    Block block = make_block("note", "picture-author", "");
    add_support(block, support_of(*own));
    for (const PictureAt& copy : copies) {
      if (passes_on(*copy.item) || poster_of(*copy.item, officials).is(owner)) continue;
      also.push_back(post_line(material_, *copy.item));
      add_support(block, support_of(*copy.item));
    }
    if (also.empty()) return;
    const bool first = std::ranges::all_of(copies, [&](const PictureAt& copy) {
      return copy.item == own || passes_on(*copy.item) || poster_of(*copy.item, officials).is(owner) ||
             time_of(*own) <= time_of(*copy.item);
    });
    block.set_text(str_cat(sentence_case(name), first ? " was posted first by " : " was posted by ",
                           post_line(material_, *own), "; also posted by ", join(also, "; "),
                           ". The credit is that of the post it is shown from: ask before you print."));
    out_.push_back(std::move(block));
  }

  void differ(const std::string& name, const std::vector<PictureAt>& naming) {
    std::vector<std::string> all;
    for (const PictureAt& copy : naming)
      all.push_back(str_cat(collapse_space(copy.media().attribution().name()), " (",
                            post_line(material_, *copy.item), ")"));
    Block block =
        make_block("note", "picture-author",
                   str_cat("The posts of ", name, " name different photographers: ", join(all, "; "),
                           ". The credit is that of the post it is shown from: ask before you print."));
    for (const PictureAt& copy : naming) add_support(block, support_of(*copy.item));
    out_.push_back(std::move(block));
  }

  // What could stand under it instead.
  void captions(const std::string& name, const Block& block, const std::vector<PictureAt>& copies) {
    std::size_t listed = 0;
    for (const Caption& caption : block.picture().other_captions()) {
      if (listed == kCaptionsListed) break;
      if (caption.text() == block.text()) continue;
      for (const PictureAt& copy : copies) {
        if (copy.item->id() != caption.item_id()) continue;
        auto found = find_words(*copy.item, copy.index, caption.text());
        if (!found) continue;
        out_.push_back(caption_note(name, caption, *copy.item, *std::move(found)));
        ++listed;
        break;
      }
    }
  }

  Block caption_note(const std::string& name, const Caption& caption, const Item& item, Support support) {
    const QuoteMarks marks = quote_marks(caption.language(), caption.text());
    const std::string before =
        str_cat("Another caption of ", name, ", from ", caption_origin(caption.origin()), ", ",
                short_line(material_, item), ": ", marks.open);
    Block block = make_block("note", "picture-caption", str_cat(before, caption.text(), marks.close));
    block.set_language(caption.language());
    mark_verbatim(block, before.size(), caption.text().size());
    add_support(block, std::move(support));
    return block;
  }

  void rights(const std::string& before, const StoryPicture& picture) {
    const Item* item = material_.find(picture.item_id());
    if (item == nullptr || state_of(picture.rights()) == kRightsUnknown) return;
    Block block = make_block("note", "picture-rights", str_cat(before, rights_told(picture.rights())));
    add_support(block, support_of(*item));
    out_.push_back(std::move(block));
  }

  // Why a picture of the story is not in the draft.
  void refused() {
    for (const StoryPicture& picture : material_.story.pictures()) {
      const Item* item = material_.find(picture.item_id());
      if (item == nullptr || state_of(picture.rights()) != kRightsRefused) continue;
      rights(str_cat("Left out: the picture posted by ", post_line(material_, *item), ". "), picture);
      const std::vector<PictureAt> copies = copies_of(material_, picture);
      told_.insert(told_.end(), copies.begin(), copies.end());
    }
  }

  void add(std::optional<Block> block) {
    const bool fresh =
        block && std::ranges::none_of(out_, [&](const Block& b) { return b.text() == block->text(); });
    if (!fresh || listed_ == kCreditsListed) return;
    ++listed_;
    out_.push_back(*std::move(block));
  }

  void others() {
    for (const StoryPicture& picture : material_.story.pictures()) other(picture);
    for (const Item& item : material_.items) {
      for (std::size_t i = 0; i < static_cast<std::size_t>(item.media_size()); ++i) {
        const PictureAt at = {&item, i};
        if (at.media().kind() != PICTURE || is_told(at)) continue;
        const std::vector<PictureAt> copies = copies_of(material_, at);
        add(further(material_, item, copies, credit_line_of(at.media().attribution())));
        told_.insert(told_.end(), copies.begin(), copies.end());
      }
      if (material_.find(item.repost_of().item_id()) != nullptr) continue;  // its own post tells of them
      for (const Media& media : item.repost_of().media()) {
        if (media.kind() == PICTURE && !is_shown_again(item, media))
          add(further(material_, item, {}, credit_line_of(media.attribution())));
      }
    }
  }

  // The story knows best whose it is.
  void other(const StoryPicture& picture) {
    const Item* item = material_.find(picture.item_id());
    if (item == nullptr || static_cast<int>(picture.media_index()) >= item->media_size()) return;
    if (is_told({item, picture.media_index()})) return;
    const std::vector<PictureAt> copies = copies_of(material_, picture);
    if (names_photographer(picture.attribution()) && !shown_.empty()) {
      Block block = make_block("note", "picture-left-out", left_out_line(material_, picture, *item));
      add_support(block, support_of(*item));
      out_.push_back(std::move(block));
    }
    add(further(material_, *item, copies, credit_line_of(picture.attribution())));
    rights("Of that picture: ", picture);
    told_.insert(told_.end(), copies.begin(), copies.end());
  }

  [[nodiscard]] bool is_told(const PictureAt& at) const {
    return std::ranges::find(told_, at) != told_.end();
  }

  // A platform gives the picture of a reshare twice: as the post's own, and as that of the post passed on.
  static bool is_shown_again(const Item& item, const Media& media) {
    return std::ranges::any_of(item.media(), [&](const Media& own) {
      return own.kind() == PICTURE &&
             (own.url() == media.url() || (!own.sha256().empty() && own.sha256() == media.sha256()));
    });
  }

  const Material& material_;
  const std::vector<Block>& shown_;
  std::vector<PictureAt> told_;
  std::vector<Block> out_;
  std::size_t listed_ = 0;
};

}  // namespace

std::string caption_origin(std::string_view origin) {
  static constexpr std::pair<std::string_view, std::string_view> kOrigins[] = {
      {"alt", "the alt text"},
      {"description", "the platform's description"},
      {"figcaption", "the page's figure caption"},
      {"iptc", "IPTC data in the file"},
      {"xmp", "XMP data in the file"},
      {"exif", "EXIF data in the file"},
      {"post-sentence", "a sentence of the post"},
      {"embedded", "data in the file"},
      {"ocr", "words read in the picture"}};
  for (const auto& [known, words] : kOrigins) {
    if (known == origin) return std::string(words);
  }
  return std::string(origin);
}

std::vector<Block> picture_notes(const Material& material, const std::vector<Block>& pictures) {
  return PictureNotes(material, pictures).write();
}

}  // namespace copytaster

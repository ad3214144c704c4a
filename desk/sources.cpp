#include "desk/sources.h"

#include <algorithm>

#include "absl/container/flat_hash_set.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"
#include "core/url.h"
#include "desk/draft.h"
#include "desk/one_line.h"
#include "desk/wording_rights.h"

namespace copytaster {
namespace {

std::string key_of(const Support& support) {
  return str_cat(support.item_id(), "\n", support.version(), "\n", support.field(), "\n", support.begin(),
                 "\n", support.end());
}

}  // namespace

std::string Note::who_where_when() const {
  const std::string by_hand = brought_in(*item);
  return str_cat(poster.introduced(), ", on ", where_of(*item), ", ", posted_day_and_time(*item),
                 by_hand.empty() ? "" : "; ", by_hand);
}

namespace {

constexpr int kMostDaysTold = 5;  // a note
constexpr std::size_t kMostDayBytes = 80;

std::string day_text(std::string_view iso) {
  const auto when = parse_date(iso);
  return when ? day_of(*when) : std::string(iso);
}

// "; “hier” is 13 April 2022": what the words mean, of days that the span names without their date.
std::string days_within(const Item& item, const Support& support) {
  std::string out;
  int told = 0;
  if (support.field() != "text") return out;
  for (const DateMention& day : item.dates()) {
    if (day.rule() == "calendar" || day.begin() < support.begin() || day.end() > support.end() ||
        day.end() > item.text().size() || day.begin() >= day.end() || ++told > kMostDaysTold)
      continue;
    str_append(
        &out, "; “",
        one_line(std::string_view(item.text()).substr(day.begin(), day.end() - day.begin()), kMostDayBytes),
        "” is ", day_text(day.first()));
    if (day.last() != day.first()) str_append(&out, " to ", day_text(day.last()));
  }
  return out;
}

// A picture's caption need not be in the language of its post.
std::string language_of(const Support& support, const Item& item, const Block& block, bool verbatim) {
  const bool of_picture = support.field().find("media[") != std::string::npos;
  if (!of_picture) return item.language();
  return verbatim ? block.language() : std::string();
}

}  // namespace

std::string Note::which_bytes() const {
  std::string out;
  if (item->version() > 1) str_append(&out, "version ", item->version(), ", ");
  str_append(&out, support.field(), ", bytes ", support.begin(), " to ", support.end());
  if (verbatim) out += ", verbatim";
  const std::string named = language_name(language);
  if (!named.empty()) str_append(&out, ", in ", named);
  if (verbatim) out += days_within(*item, support);
  return out;
}

absl::StatusOr<Sources> Sources::of(const Draft& draft, const StoreReader& reader) {
  CT_RETURN_IF_ERROR(check_draft(draft, reader));
  Sources out(reader);
  for (const Block& block : draft.blocks()) {
    if (block.kind() == "picture") {
      CT_ASSIGN_OR_RETURN(out.pictures_[block.picture().item_id()],
                          out.items_.newest(block.picture().item_id()));
    }
    for (int i = 0; i < block.support_size(); ++i) {
      const Support& support = block.support(i);
      const bool verbatim = i == 0 && block.verbatim_end() > block.verbatim_begin();
      const auto [at, fresh] = out.numbers_.emplace(key_of(support), static_cast<int>(out.notes_.size()) + 1);
      if (!fresh) {
        Note& known = out.notes_[static_cast<std::size_t>(at->second - 1)];
        known.verbatim |= verbatim;
        if (known.language.empty()) known.language = language_of(support, *known.item, block, verbatim);
        continue;
      }
      CT_ASSIGN_OR_RETURN(const Item* item, out.items_.version(support.item_id(), support.version()));
      out.notes_.push_back({at->second, support, item, poster_of(*item, draft.officials()), verbatim,
                            language_of(support, *item, block, verbatim)});
    }
  }
  return out;
}

std::vector<int> Sources::numbers(const Block& block) const {
  std::vector<int> out;
  for (const Support& support : block.support()) out.push_back(numbers_.at(key_of(support)));
  return out;
}

const Note& Sources::first(const Block& block) const {
  return notes_[static_cast<std::size_t>(numbers_.at(key_of(block.support(0))) - 1)];
}

std::vector<const Note*> Sources::distinct_items() const {
  std::vector<const Note*> out;
  absl::flat_hash_set<std::string> seen;
  for (const Note& note : notes_) {
    if (note.item->state() == GONE) continue;
    if (seen.insert(note.support.item_id()).second) out.push_back(&note);
  }
  return out;
}

bool is_for_print(const Block& block) { return block.kind() != "note" && block.kind() != "section"; }

bool is_other_headline(const Block& block) {
  return block.rule() == "headline-words" || block.rule() == "headline-places";
}

bool is_remark(const Block& block) {
  const std::string& rule = block.rule();
  return block.kind() == "note" &&
         (rule.starts_with("picture-") || rule == "updated" || rule == "edited" || rule == "deleted");
}

std::string topic_uri(std::string_view topic) {
  consume_prefix(&topic, "medtop:");
  return str_cat("http://cv.iptc.org/newscodes/mediatopic/", percent_encode(topic));
}

int percent_of(float confidence) { return std::clamp(static_cast<int>(confidence * 100.0F + 0.5F), 0, 100); }

std::string picture_file(const StoryPicture& picture, const Item& item) {
  if (picture.sha256().empty()) return std::string();
  static const StringMap<std::string_view> kExtensions = {{"image/jpeg", ".jpg"},
                                                          {"image/png", ".png"},
                                                          {"image/gif", ".gif"},
                                                          {"image/webp", ".webp"},
                                                          {"image/avif", ".avif"}};
  std::string_view extension;
  if (static_cast<int>(picture.media_index()) < item.media_size()) {
    const auto found = kExtensions.find(item.media(static_cast<int>(picture.media_index())).mime_type());
    if (found != kExtensions.end()) extension = found->second;
  }
  return str_cat(picture.sha256(), extension);
}

std::vector<std::string> picture_marks(const StoryPicture& picture, const Item& item) {
  std::vector<std::string> out;
  if (std::string mark = rights_mark(picture.rights()); !mark.empty()) out.push_back(std::move(mark));
  const std::string by_hand = brought_in(item);
  if (!by_hand.empty()) out.push_back(str_cat("Its post was ", by_hand, "."));
  return out;
}

std::string speaker_line(const Block& block, const Note& note) {
  const Speaker& speaker = block.speaker();
  std::string out = collapse_space(speaker.name());
  if (!speaker.role().empty()) str_append(&out, ", ", collapse_space(speaker.role()));
  const bool own = speaker.official_id().empty() ? speaker.name() == note.poster.name
                                                 : speaker.official_id() == note.poster.official_id;
  if (!own) str_append(&out, ", quoted by ", note.poster.name);
  str_append(&out, own ? ", on " : " on ", where_of(*note.item), ", ", posted_day(*note.item));
  const std::string language = language_name(block.language());
  if (!language.empty()) str_append(&out, " (in ", language, ")");
  const std::string by_hand = brought_in(*note.item);
  return by_hand.empty() ? out : str_cat(out, "; ", by_hand);
}

}  // namespace copytaster

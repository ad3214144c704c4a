#include "processors/picture_credit.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>

#include "core/photographer.h"
#include "core/rights.h"
#include "core/strings.h"
#include "processors/attribution_line.h"

namespace copytaster {
namespace {

// The fullest form of the one name that all of these give; null: there is none, or they name two people.
const Attribution* one_photographer(const std::vector<const Attribution*>& named) {
  if (named.empty()) return nullptr;
  const Attribution* fullest = *std::ranges::max_element(
      named, [](const Attribution* a, const Attribution* b) { return a->name().size() < b->name().size(); });
  const bool agree = std::ranges::all_of(
      named, [&](const Attribution* one) { return is_one_name(one->name(), fullest->name()); });
  return agree ? fullest : nullptr;
}

std::vector<const Attribution*> photographers(std::span<const PictureCopy> copies, bool originals) {
  std::vector<const Attribution*> named;
  for (const PictureCopy& copy : copies) {
    const Attribution& attribution = copy.media->attribution();
    if (copy.original == originals && names_photographer(attribution)) named.push_back(&attribution);
  }
  return named;
}

}  // namespace

Attribution credit_of_all(std::span<const PictureCopy> copies, const Rules& rules) {
  Attribution out = copies.front().media->attribution();
  if (names_photographer(out)) return out;  // its own post wins
  const auto originals = photographers(copies, true);
  const Attribution* named = one_photographer(originals.empty() ? photographers(copies, false) : originals);
  if (named == nullptr) return out;
  std::string line = photographer_line(named->name(), out.credit_line(), rules);
  out.set_credit_line(std::string(strip_space(line)));
  out.set_name(named->name());
  out.clear_official_id();
  out.clear_role();
  out.clear_city();
  out.set_rule(named->rule());
  return out;
}

std::vector<const Caption*> captions_of_all(std::span<const PictureCopy> copies) {
  std::vector<std::pair<const Caption*, const PictureCopy*>> all;
  for (const PictureCopy& copy : copies) {
    for (const Caption& caption : copy.media->captions()) all.emplace_back(&caption, &copy);
  }
  std::ranges::stable_sort(all, {}, [&](const auto& one) {
    // What a machine read in it stands behind all that anybody has said of it.
    const bool read = one.first->origin() == "ocr";
    return std::make_tuple(read, !one.second->original, -one.first->confidence(),
                           one.second != &copies.front());
  });
  std::vector<const Caption*> out;
  for (const auto& [caption, copy] : all) {
    const bool known =
        std::ranges::any_of(out, [&, text = std::string_view(caption->text())](const Caption* have) {
          return equals_ignore_case(have->text(), text);
        });
    if (!known && !caption->text().empty()) out.push_back(caption);
  }
  return out;
}

Rights rights_of_all(std::span<const PictureCopy> copies) {
  const Rights* newest = nullptr;
  for (const PictureCopy& copy : copies) {
    if (!copy.media->has_rights()) continue;
    const Rights& rights = copy.media->rights();
    const bool same_bytes = &copy == &copies.front() || (!copy.media->sha256().empty() &&
                                                         copy.media->sha256() == copies[0].media->sha256());
    if (state_of(rights) == kRightsGranted && !same_bytes) continue;
    newest = newest == nullptr ? &rights : &newest_rights(*newest, rights);
  }
  return newest == nullptr ? Rights() : *newest;
}

}  // namespace copytaster

// A credit as a feed or a file gives it, down to the name.
#include <algorithm>

#include "core/strings.h"
#include "core/text.h"
#include "processors/attribution_labels.h"
#include "processors/attribution_press.h"
#include "processors/attribution_words.h"
#include "processors/metadata_text.h"

namespace copytaster {
namespace {

const PhraseTable& not_a_person() {
  static const PhraseTable kTable = make_phrase_table(
      {{1,
        {{"",
          "picasa|unknown|unbekannt|inconnu|photographer|photograph|microsoft|adobe|gimp|windows "
          "user|user|administrator|admin|owner|user name|copyright|all rights "
          "reserved|alle rechte vorbehalten|tous droits réservés|olympus digital camera|sony "
          "dsc|minolta digital camera|konica minolta digital camera|digital camera|exif jpeg picture"}}}});
  return kTable;
}

// Makers of cameras and telephones: some are people's names, too.
const PhraseTable& maker_table() {
  static const PhraseTable kTable = make_phrase_table(
      {{1,
        {{"",
          "canon|nikon|sony|olympus|om "
          "digital|panasonic|fujifilm|fuji|samsung|apple|iphone|ipad|huawei|xiaomi|"
          "redmi|oppo|vivo|oneplus|realme|motorola|nokia|htc|lg|google|pentax|ricoh|leica|hasselblad|gopro|"
          "dji|"
          "kodak|eastman kodak|casio|minolta|konica minolta|sigma|asus|lenovo|zte|honor"}}}});
  return kTable;
}
// What follows a maker's name in what a camera writes; so does a model with a number in it.
const PhraseTable& maker_words() {
  static const PhraseTable kTable =
      make_phrase_table({{1,
                          {{"",
                            "corporation|corp|company|co|ltd|inc|electronics|imaging|optical|mobile|"
                            "communications|camera|digital|"
                            "ag|se|pro|max|mini|plus|ultra|mark|ii|iii|iv|eos|powershot|coolpix|lumix|galaxy|"
                            "finepix|pixel"}}}});
  return kTable;
}

bool is_camera(const WordScan& scan) {
  const std::size_t maker = maker_table().longest_at(scan, 0).words;
  if (maker == 0) return false;
  for (std::size_t i = maker; i < scan.words.size(); ++i) {
    const bool model =
        scan.words[i].number || scan.words[i].digit || scan.words[i].end - scan.words[i].begin == 1;
    if (!model && maker_words().longest_at(scan, i).words == 0) return false;
  }
  return true;
}

}  // namespace

std::string clean_credit(std::string_view credit) {
  std::string line = collapse_space(printable_text(credit));
  std::string_view rest = line;
  if (rest.size() > 3 * kLongestCredit) rest = rest.substr(0, utf8_floor(rest, 3 * kLongestCredit));
  for (bool changed = true; changed;) {
    changed = false;
    rest = strip_space(rest);
    for (const std::string_view sign : {"©", "(c)", "(C)", ":", "–", "—", "-", "/", "@ "})
      changed |= consume_prefix(&rest, sign);
    if (rest.size() > 5 && std::all_of(rest.begin(), rest.begin() + 4, is_ascii_digit) && rest[4] == ' ') {
      rest.remove_prefix(5);
      changed = true;
    }
    WordScan scan;
    scan_words_into(rest, &scan);
    const ListMatch label = list_match(credit_label_table(), scan, 0, kAllLanguages);
    if (label.words == 0 || scan.words[0].begin != 0) continue;
    const std::size_t end = scan.words[label.words - 1].end;
    const std::size_t at = skip_credit_space(rest, end);
    const bool sign = at < rest.size() && (rest[at] == ':' || (rest[at] == '.' && at == end));
    const bool by = static_cast<CreditLabel>(label.flag) == CreditLabel::kBy ||
                    static_cast<CreditLabel>(label.flag) == CreditLabel::kCredit;
    if (!sign && !by) continue;
    rest.remove_prefix(sign ? at + 1 : end);
    changed = true;
  }
  while (!rest.empty() && (rest.back() == '.' || rest.back() == ',' || rest.back() == ';'))
    rest.remove_suffix(1);
  WordScan scan;
  scan_words_into(rest, &scan);
  if (scan.words.empty()) return "";
  const PhraseMatch machine = not_a_person().longest_at(scan, 0);
  if (machine.words > 0 && (machine.words == scan.words.size() || scan.words.back().digit)) return "";
  if (is_camera(scan) || no_name_to(scan, 0, rest.size()) == scan.words.size()) return "";
  bool letters = false;
  for (const Word& word : scan.words) letters = letters || !word.digit;
  return letters ? std::string(rest) : "";
}

}  // namespace copytaster

#include "app/text_reader.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "app/child_process.h"
#include "app/read_words.h"
#include "core/log.h"
#include "core/metrics.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/text.h"
#include "processors/picture_facts.h"

namespace copytaster {
namespace {

constexpr int kEdge = 2000;              // pixels: words an editor can read in a thumbnail are still read
constexpr std::size_t kMostText = 4000;  // bytes: a poster's
constexpr absl::Duration kMostAsked = absl::Seconds(10);

ChildLimits limits_of(absl::Duration most_time) {
  ChildLimits limits;
  limits.most_time = most_time;
  limits.environment = {{"OMP_THREAD_LIMIT", "1"}, {"LC_ALL", "C.UTF-8"}};
  // Where a house keeps languages of its own.
  if (const char* folder = std::getenv("TESSDATA_PREFIX"))
    limits.environment.emplace_back("TESSDATA_PREFIX", folder);
  return limits;
}

std::string reason(const ChildEnd& end) {
  const std::string words = collapse_space(to_valid_utf8(end.errors));
  return str_cat("exit code ", end.code, words.empty() ? "" : ": ", words.substr(0, utf8_floor(words, 300)));
}

Counter& texts_read() {
  static Counter& all = counter("copytaster_process_picture_texts_total",
                                "Pictures in which character recognition looked for words.");
  return all;
}

// The package that brings a language: "chi_sim" is in tesseract-ocr-chi-sim.
std::string package_of(std::string language) {
  std::ranges::replace(language, '_', '-');
  return str_cat("tesseract-ocr-", ascii_lower(language));
}

bool has_line(std::string_view text, std::string_view wanted) {
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    if (strip_space(text.substr(0, end)) == wanted) return true;
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return false;
}

}  // namespace

absl::StatusOr<std::string> TextReader::read(std::string_view picture) const {
  if (stopping_) return absl::CancelledError("stopping");
  CT_ASSIGN_OR_RETURN(const std::string jpeg, thumbnail(picture, kEdge));
  std::string languages;
  for (const std::string& one : options_.languages) str_append(&languages, languages.empty() ? "" : "+", one);
  CT_ASSIGN_OR_RETURN(const ChildEnd end,
                      run_child({options_.program, "stdin", "stdout", "-l", languages, "tsv"}, jpeg,
                                limits_of(options_.most_time), stopping_));
  if (end.code != 0) return absl::UnavailableError(reason(end));
  return words_of_table(end.output, kMostText);
}

void TextReader::read_into(std::string_view picture, Media* media) {
  auto text = read(picture);
  if (absl::IsCancelled(text.status())) return;
  texts_read().add();
  if (text.ok()) {
    media->set_read_text(*std::move(text));
    return;
  }
  const std::string code = absl::StatusCodeToString(text.status().code());
  counter("copytaster_process_picture_text_errors_total",
          "Pictures in which it failed, by the code of the error.", {{"type", code}})
      .add();
  const std::uint32_t bit = std::uint32_t{1} << (static_cast<unsigned>(text.status().code()) % 32);
  if ((told_.fetch_or(bit) & bit) != 0) return;
  log_warn("picture.text_unread",
           "Character recognition failed; the picture is shown without the words in it. Said once for this "
           "kind of "
           "failure",
           {{"error.type", code},
            {"error.message", std::string(text.status().message())},
            {"hint", "copytaster check tells whether the program and its languages are installed"}});
}

std::vector<std::string> missing_for_reading(const TextReaderOptions& options) {
  const std::atomic<bool> never{false};
  const auto end = run_child({options.program, "--list-langs"}, "", limits_of(kMostAsked), never);
  if (absl::IsNotFound(end.status()))
    return {str_cat("the program ", options.program, " is not installed: apt-get install tesseract-ocr")};
  if (!end.ok()) return {str_cat(options.program, " does not answer: ", std::string(end.status().message()))};
  if (end->code != 0) return {str_cat(options.program, " does not work: ", reason(*end))};
  std::vector<std::string> out;
  for (const std::string& language : options.languages) {
    if (!has_line(end->output, language) && !has_line(end->errors, language))
      out.push_back(str_cat("Tesseract does not know the language ", language, ": apt-get install ",
                            package_of(language)));
  }
  return out;
}

}  // namespace copytaster

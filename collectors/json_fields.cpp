#include "collectors/json_fields.h"

#include <algorithm>
#include <vector>

#include "core/strings.h"
#include "core/text.h"

namespace copytaster {
namespace {

constexpr std::size_t kKeptParsers = 4;
constexpr std::size_t kKeptCapacity = std::size_t{1} << 20;

// A parser's buffers are some twelve times the text: reused, for a page a few KB long is parsed in less
// time than they take to map. One list a thread, so no lock.
std::vector<std::unique_ptr<simdjson::dom::parser>>& spare_parsers() {
  thread_local std::vector<std::unique_ptr<simdjson::dom::parser>> spare;
  return spare;
}

int hex4(std::string_view text, std::size_t at) {
  if (at + 4 > text.size()) return -1;
  int value = 0;
  for (const char c : text.substr(at, 4)) {
    const char lower = ascii_lower(c);
    const int digit = is_ascii_digit(c) ? c - '0' : lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

// Each \uD8xx without its \uDCxx, or the other way round, becomes \ufffd.
std::string without_half_surrogates(std::string_view json) {
  std::string out(json);
  for (std::size_t i = 0; i + 1 < out.size(); ++i) {
    if (out[i] != '\\') continue;
    const int unit = out[i + 1] == 'u' ? hex4(out, i + 2) : -1;
    const bool high = unit >= 0xD800 && unit < 0xDC00;
    const int next = high && out.compare(i + 6, 2, "\\u") == 0 ? hex4(out, i + 8) : -1;
    if (high && next >= 0xDC00 && next < 0xE000) {
      i += 11;
    } else if (unit >= 0xD800 && unit < 0xE000) {
      out.replace(i + 2, 4, "fffd");
      i += 5;
    } else {
      ++i;  // the escaped character
    }
  }
  return out;
}

absl::Status bad_json(simdjson::error_code error) {
  const std::string what = str_cat("not JSON: ", std::string_view(simdjson::error_message(error)));
  switch (error) {
    case simdjson::DEPTH_ERROR:
    case simdjson::NUMBER_ERROR:
    case simdjson::CAPACITY:
    case simdjson::MEMALLOC:
      return absl::InvalidArgumentError(what);
    default:
      return absl::UnavailableError(what);
  }
}

}  // namespace

Json Json::operator[](std::string_view key) const {
  if (!is_object()) return {};
  simdjson::dom::element found;
  if (element_.at_key(key).get(found) != simdjson::SUCCESS) return {};
  return Json(found);
}

Json Json::at(std::size_t index) const {
  if (!is_array()) return {};
  simdjson::dom::element found;
  if (element_.at(index).get(found) != simdjson::SUCCESS) return {};
  return Json(found);
}

std::size_t Json::size() const {
  // simdjson saturates its own size(): count.
  std::size_t n = 0;
  each([&](Json) { ++n; });
  each_member([&](std::string_view, Json) { ++n; });
  return n;
}

std::string_view Json::view() const {
  std::string_view out;
  if (!here_ || element_.get(out) != simdjson::SUCCESS) return {};
  return out;
}

std::string Json::id() const {
  std::uint64_t number = 0;
  if (here_ && element_.get(number) == simdjson::SUCCESS) return str_cat(number);
  return text();
}

std::optional<std::uint64_t> Json::number() const {
  std::uint64_t value = 0;
  if (here_ && element_.get(value) == simdjson::SUCCESS) return value;
  return parse_number<std::uint64_t>(view());
}

bool Json::yes() const {
  bool value = false;
  return here_ && element_.get(value) == simdjson::SUCCESS && value;
}

std::string Json::raw(std::size_t max) const {
  if (!here_) return "";
  std::string out = simdjson::minify(element_);
  if (out.size() > max) out.resize(utf8_floor(out, max));
  return out;
}

void JsonDocument::GiveBack::operator()(simdjson::dom::parser* parser) const {
  std::unique_ptr<simdjson::dom::parser> owned(parser);
  auto& spare = spare_parsers();
  if (spare.size() < kKeptParsers && owned->capacity() <= kKeptCapacity) spare.push_back(std::move(owned));
}

absl::StatusOr<JsonDocument> JsonDocument::parse(std::string_view bytes) {
  if (bytes.size() > kMaxJsonBytes) {
    return absl::InvalidArgumentError(str_cat("the answer is larger than ", kMaxJsonBytes, " bytes"));
  }
  consume_prefix(&bytes, "\xEF\xBB\xBF");
  const std::string_view inner = strip_space(bytes);
  if (inner.empty()) return absl::UnavailableError("the answer is empty");
  if (inner.front() == '<') return absl::UnavailableError("HTML or XML where JSON was expected");

  JsonDocument document;
  auto& spare = spare_parsers();
  if (spare.empty()) {
    document.parser_.reset(new simdjson::dom::parser(kMaxJsonBytes));
  } else {
    document.parser_.reset(spare.back().release());
    spare.pop_back();
  }
  simdjson::dom::element root;
  simdjson::error_code error = document.parser_->parse(inner.data(), inner.size()).get(root);
  if (error == simdjson::UTF8_ERROR || error == simdjson::STRING_ERROR) {
    document.bytes_were_bad_ = !is_valid_utf8(inner);
    const std::string mended = without_half_surrogates(to_valid_utf8(inner));
    if (mended.size() > kMaxJsonBytes) return bad_json(simdjson::CAPACITY);
    error = document.parser_->parse(mended.data(), mended.size()).get(root);
  }
  if (error != simdjson::SUCCESS) return bad_json(error);
  document.root_ = Json(root);
  return document;
}

}  // namespace copytaster

#include "desk/version_diff.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <utility>

#include "core/strings.h"
#include "core/time.h"

namespace copytaster {
namespace {

// Words of both between the common beginning and end: a table of so many cells is 4 MiB.
constexpr std::size_t kMostCells = std::size_t{1} << 20;

using Words = std::vector<std::string_view>;
using Kind = DiffPart::Kind;

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

// Runs of white space and of anything else, in turn.
Words words_of(std::string_view text) {
  Words words;
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = begin + 1;
    while (end < text.size() && is_space(text[end]) == is_space(text[begin])) ++end;
    words.push_back(text.substr(begin, end - begin));
    begin = end;
  }
  return words;
}

void add(std::vector<DiffPart>* parts, Kind kind, std::string_view text) {
  if (text.empty()) return;
  if (parts->empty() || parts->back().kind != kind) parts->push_back({kind, ""});
  parts->back().text += text;
}

// The classic table of longest common subsequences, from the end.
void add_middle(const Words& a, const Words& b, std::vector<DiffPart>* parts) {
  const std::size_t width = b.size() + 1;
  std::vector<std::uint32_t> longest((a.size() + 1) * width, 0);
  for (std::size_t i = a.size(); i-- > 0;) {
    for (std::size_t j = b.size(); j-- > 0;) {
      longest[i * width + j] = a[i] == b[j]
                                   ? longest[(i + 1) * width + j + 1] + 1
                                   : std::max(longest[(i + 1) * width + j], longest[i * width + j + 1]);
    }
  }
  // What goes before what comes, so that replaced words stand as one pair.
  std::string gone, fresh;
  const auto flush = [&] {
    add(parts, Kind::kGone, std::exchange(gone, ""));
    add(parts, Kind::kNew, std::exchange(fresh, ""));
  };
  std::size_t i = 0, j = 0;
  while (i < a.size() || j < b.size()) {
    if (i < a.size() && j < b.size() && a[i] == b[j]) {
      flush();
      add(parts, Kind::kSame, a[i++]);
      ++j;
    } else if (j == b.size() ||
               (i < a.size() && longest[(i + 1) * width + j] >= longest[i * width + j + 1])) {
      gone += a[i++];
    } else {
      fresh += b[j++];
    }
  }
  flush();
}

std::string join_all(const google::protobuf::RepeatedPtrField<std::string>& all) {
  return join({all.begin(), all.end()}, ", ");
}

std::string links_of(const Item& item) {
  std::string out;
  for (const Link& link : item.links()) str_append(&out, out.empty() ? "" : "\n", link.url());
  return out;
}

std::string time_of(bool has, const google::protobuf::Timestamp& time) {
  return has ? format_rfc3339(to_time(time)) : "";
}

std::map<std::string, std::string> pictures_of(const Item& item) {
  std::map<std::string, std::string> out;
  for (const Media& media : item.media()) {
    std::string said = str_cat("alternative text: ", media.alt_text());
    if (!media.caption().empty()) str_append(&said, "\ncaption: ", media.caption());
    out.emplace(media.native_id().empty() ? media.url() : media.native_id(), std::move(said));
  }
  return out;
}

void write_version(JsonWriter& json, std::string_view name, const Item& item) {
  json.key(name).begin_object().member("version", std::uint64_t{item.version()});
  json.member_if("collected_at", time_of(item.has_collected_at(), item.collected_at()));
  json.member_if("capture_sha256", item.capture_sha256()).end_object();
}

std::string_view name_of(Kind kind) {
  return kind == Kind::kSame ? "same" : kind == Kind::kGone ? "gone" : "new";
}

}  // namespace

std::vector<DiffPart> diff_words(std::string_view from, std::string_view to) {
  const Words a = words_of(from);
  const Words b = words_of(to);
  const std::size_t most = std::min(a.size(), b.size());
  std::size_t begin = 0, end = 0;
  while (begin < most && a[begin] == b[begin]) ++begin;
  while (end < most - begin && a[a.size() - 1 - end] == b[b.size() - 1 - end]) ++end;
  std::vector<DiffPart> parts;
  for (std::size_t i = 0; i < begin; ++i) add(&parts, Kind::kSame, a[i]);
  const auto middle = [&](const Words& all) {
    return Words(all.begin() + static_cast<std::ptrdiff_t>(begin),
                 all.end() - static_cast<std::ptrdiff_t>(end));
  };
  const Words gone = middle(a), fresh = middle(b);
  if (gone.size() + 1 > kMostCells / (fresh.size() + 1)) {
    for (const std::string_view word : gone) add(&parts, Kind::kGone, word);
    for (const std::string_view word : fresh) add(&parts, Kind::kNew, word);
  } else {
    add_middle(gone, fresh, &parts);
  }
  for (std::size_t i = a.size() - end; i < a.size(); ++i) add(&parts, Kind::kSame, a[i]);
  return parts;
}

std::vector<FieldChange> diff_versions(const Item& from, const Item& to) {
  std::vector<FieldChange> changes;
  const auto compare = [&](std::string field, const std::string& before, const std::string& after) {
    if (before != after) changes.push_back({std::move(field), before, after, diff_words(before, after)});
  };
  compare("title", from.title(), to.title());
  compare("summary", from.summary(), to.summary());
  compare("text", from.text(), to.text());
  compare("content_warning", from.content_warning(), to.content_warning());
  compare("tags", join_all(from.tags()), join_all(to.tags()));
  compare("links", links_of(from), links_of(to));
  compare("edited_at", time_of(from.has_edited_at(), from.edited_at()),
          time_of(to.has_edited_at(), to.edited_at()));
  std::map<std::string, std::string> before = pictures_of(from), after = pictures_of(to), all = before;
  all.insert(after.begin(), after.end());
  for (const auto& [name, said] : all) compare(str_cat("picture ", name), before[name], after[name]);
  return changes;
}

void write_diff(JsonWriter& json, const Item& from, const Item& to) {
  write_version(json, "from", from);
  write_version(json, "to", to);
  json.key("changes").begin_array();
  for (const FieldChange& change : diff_versions(from, to)) {
    json.begin_object().member("field", change.field).member("from", change.from).member("to", change.to);
    json.key("parts").begin_array();
    for (const DiffPart& part : change.parts)
      json.begin_object().member("kind", name_of(part.kind)).member("text", part.text).end_object();
    json.end_array().end_object();
  }
  json.end_array();
}

}  // namespace copytaster

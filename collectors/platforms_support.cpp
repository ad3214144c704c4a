#include "collectors/platforms_support.h"

#include <algorithm>
#include <charconv>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_format.h"
#include "collectors/wire_time.h"
#include "core/item.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"

namespace copytaster {
namespace {

constexpr std::size_t kMaxPayload = std::size_t{64} << 10;

}  // namespace

std::string setting(const CollectorSettings& settings, std::string_view name, std::string_view otherwise) {
  auto found = settings.find(name);
  return found == settings.end() || found->second.empty() ? std::string(otherwise) : found->second;
}

int number_setting(const CollectorSettings& settings, std::string_view name, int otherwise, int max) {
  const int value = parse_number<int>(setting(settings, name, "")).value_or(otherwise);
  return value < 1 || value > max ? otherwise : value;
}

std::optional<Url> pasted_url(std::string_view text) {
  text = strip_space(text);
  if (consume_prefix(&text, "<")) consume_suffix(&text, ">");
  if (text.find("://") != std::string_view::npos) return parse_url(text);
  const std::size_t slash = std::min(text.find('/'), text.size());
  if (text.substr(0, slash).find('.') == std::string_view::npos || text.find('@') < slash)
    return std::nullopt;
  return parse_url(str_cat("https://", text));
}

bool is_plain_http_url(std::string_view text) {
  if (text.size() > 2048) return false;
  if (!consume_prefix(&text, "https://") && !consume_prefix(&text, "http://")) return false;
  const auto letter = [](char c) { return c >= 'a' && c <= 'z'; };
  std::size_t host = 0, label = 0;
  while (host < text.size() &&
         (letter(text[host]) || is_ascii_digit(text[host]) || text[host] == '.' || text[host] == '-')) {
    if (text[host++] == '.') label = host;
  }
  if (host == 0 || host > 253 || (host < text.size() && text[host] != '/')) return false;
  // A host whose last label is a number is an address, or none.
  if (label == host || !letter(text[label])) return false;
  return std::all_of(text.begin() + static_cast<std::ptrdiff_t>(host), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) > ' ' && c != '\x7f'; });
}

bool is_http_url(std::string_view text) {
  if (is_plain_http_url(text)) return true;
  const auto url = parse_url(text);
  return url && (url->scheme == "https" || url->scheme == "http") && !url->host.empty();
}

std::vector<std::string> path_segments(const Url& url) {
  std::vector<std::string> out;
  for (const std::string_view part : split(url.path, '/')) {
    if (!part.empty()) out.push_back(to_valid_utf8(percent_decode(part)));
  }
  return out;
}

std::string origin_of(const Url& url) {
  const bool is_ipv6 = url.host.find(':') != std::string::npos;
  std::string out = str_cat(url.scheme, "://", is_ipv6 ? "[" : "", url.host, is_ipv6 ? "]" : "");
  if (url.port != 0) str_append(&out, ":", url.port);
  return out;
}

Position::Position(std::string_view text) : fields_(query_parameters(text)) {}

std::string_view Position::get(std::string_view key) const {
  for (const auto& [name, value] : fields_) {
    if (name == key) return value;
  }
  return {};
}

int Position::number(std::string_view key, int otherwise) const {
  return parse_number<int>(get(key)).value_or(otherwise);
}

std::int64_t Position::time(std::string_view key) const {
  return parse_number<std::int64_t>(get(key)).value_or(0);
}

void Position::set(std::string_view key, std::string_view value) {
  erase(key);
  if (!value.empty()) fields_.emplace_back(key, value);
}

void Position::set(std::string_view key, std::int64_t value) { set(key, std::string_view(str_cat(value))); }

void Position::erase(std::string_view key) {
  std::erase_if(fields_, [&](const auto& field) { return field.first == key; });
}

std::string Position::text() const {
  std::string out;
  for (const auto& [name, value] : fields_) {
    str_append(&out, out.empty() ? "" : "&", name, "=", percent_encode(value));
  }
  return out;
}

KnownPosts::KnownPosts(std::string_view text) {
  for (const std::string_view mark : split(text, '.')) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(mark.data(), mark.data() + mark.size(), value, 16);
    if (mark.size() == 16 && error == std::errc() && end == mark.data() + mark.size()) add_mark(value);
  }
}

bool KnownPosts::contains(std::string_view key) const {
  return std::find(marks_.begin(), marks_.end(), stable_hash(key)) != marks_.end();
}

void KnownPosts::add(std::string_view key) { add_mark(stable_hash(key)); }

void KnownPosts::add_all(const KnownPosts& others) {
  for (const std::uint64_t mark : others.marks_) add_mark(mark);
}

void KnownPosts::add_mark(std::uint64_t mark) {
  if (marks_.size() >= kMost || std::find(marks_.begin(), marks_.end(), mark) != marks_.end()) return;
  marks_.push_back(mark);
}

std::string KnownPosts::text() const {
  std::string out;
  for (const std::uint64_t mark : marks_)
    absl::StrAppendFormat(&out, "%s%016x", out.empty() ? "" : ".", mark);
  return out;
}

std::string_view header_of(const Capture& capture, std::string_view name) {
  for (const Header& header : capture.headers()) {
    if (equals_ignore_case(header.name(), name)) return strip_space(header.value());
  }
  return {};
}

absl::Time answered_at(const Capture& capture) {
  if (auto date = parse_date(header_of(capture, "date"))) return *date;
  return to_time(capture.fetched_at());
}

absl::Duration wait_until(const Capture& capture, absl::Time reset) {
  return std::clamp(reset - answered_at(capture), absl::Seconds(1), absl::Hours(1));
}

absl::Status http_failure(const Capture& capture, std::string_view said) {
  const int status = capture.status();
  if (status >= 200 && status < 300) return absl::OkStatus();
  std::string what = str_cat("HTTP ", status);
  if (!said.empty()) str_append(&what, ": ", said.substr(0, utf8_floor(said, 300)));
  if (status == 401) return absl::UnauthenticatedError(what);
  if (status == 403 || status == 418 || status == 451) return absl::PermissionDeniedError(what);
  if (status == 404 || status == 410) return absl::NotFoundError(what);
  if (status == 429) return absl::ResourceExhaustedError(what);
  if (status >= 500 || status == 408 || status == 425 || status < 400) return absl::UnavailableError(what);
  return absl::InvalidArgumentError(what);
}

std::string link_target(std::string_view header, std::string_view relation) {
  while (true) {
    const std::size_t open = header.find('<');
    const std::size_t close = header.find('>', open == std::string_view::npos ? header.size() : open);
    if (open == std::string_view::npos || close == std::string_view::npos) return "";
    const std::string_view target = header.substr(open + 1, close - open - 1);
    header.remove_prefix(close + 1);
    const std::string_view parameters = header.substr(0, header.find('<'));
    for (std::string_view parameter : split(parameters, ';')) {
      parameter = strip_space(parameter.substr(0, parameter.find(',')));
      if (!starts_with_ignore_case(parameter, "rel")) continue;
      std::string_view value = strip_space(parameter.substr(3));
      if (!consume_prefix(&value, "=")) continue;
      value = strip_space(value);
      if (consume_prefix(&value, "\"")) consume_suffix(&value, "\"");
      if (equals_ignore_case(value, relation)) return std::string(target);
    }
  }
}

bool set_time(google::protobuf::Timestamp* out, std::string_view wire) {
  const auto when = wire_time(wire);
  if (when) set_timestamp(out, *when);
  return when.has_value();
}

void finish_item(Item* item, const Account& account, const Capture& capture) {
  item->set_id(item_id(item->platform(), item->native_id()));
  item->set_account_id(account.id());
  if (!account.official_id().empty()) item->set_official_id(account.official_id());
  item->set_capture_sha256(capture.sha256());
  item->set_content_hash(content_hash(*item));
}

void sort_items(std::vector<Item>* items) {
  const auto is_earlier = [](const Item& a, const Item& b) {
    const auto& x = a.created_at();
    const auto& y = b.created_at();
    return std::pair(x.seconds(), x.nanos()) < std::pair(y.seconds(), y.nanos());
  };
  // Nearly every page is newest first, without repeats: turned round, and done.
  const auto not_newest_first = [&](const Item& a, const Item& b) { return !is_earlier(b, a); };
  if (std::adjacent_find(items->begin(), items->end(), not_newest_first) == items->end()) {
    std::reverse(items->begin(), items->end());
  } else if (!std::is_sorted(items->begin(), items->end(), is_earlier)) {
    std::stable_sort(items->begin(), items->end(), is_earlier);
  }
  absl::flat_hash_set<std::string_view> seen;
  const bool repeats = std::any_of(items->begin(), items->end(),
                                   [&](const Item& item) { return !seen.insert(item.id()).second; });
  if (!repeats) return;
  StringSet kept;
  std::reverse(items->begin(), items->end());
  std::erase_if(*items, [&](const Item& item) { return !kept.insert(item.id()).second; });
  std::reverse(items->begin(), items->end());
}

void refuse_post(Parsed* parsed, const Account& account, const Capture& capture, std::string_view native_id,
                 std::string_view reason, std::string payload) {
  DeadLetter letter;
  letter.set_account_id(account.id());
  letter.set_capture_sha256(capture.sha256());
  letter.set_stage("parse");
  letter.set_reason(std::string(reason));
  letter.set_native_id(std::string(native_id));
  letter.set_counted(1);
  letter.set_cut(payload.size() >= kMaxPayload);  // callers cut at that length
  if (payload.size() > kMaxPayload) payload.resize(kMaxPayload);
  letter.set_payload(std::move(payload));
  // Stable, so that parsing the same capture again gives the same letter.
  letter.set_id(str_cat(account.id(), "/", capture.sha256(), "/", parsed->refused.size()));
  parsed->refused.push_back(std::move(letter));
}

const Item* take_post(const Answered& answered, Json post, std::string_view native_id,
                      absl::StatusOr<Item> item, Parsed* out) {
  if (item.ok() && answered.document.bytes_were_bad() &&
      post.raw(kMaxJsonBytes).find("\uFFFD") != std::string::npos) {
    item = absl::InvalidArgumentError("its bytes are not UTF-8");
  }
  if (!item.ok()) {
    const bool is_ours_to_keep = !absl::IsPermissionDenied(item.status());
    refuse_post(out, answered.account, answered.capture, native_id, from_absl(item.status().message()),
                is_ours_to_keep ? post.raw(kMaxPayload) : "");
    return nullptr;
  }
  out->items.push_back(*std::move(item));
  finish_item(&out->items.back(), answered.account, answered.capture);
  return &out->items.back();
}

void add_deletion(Parsed* parsed, std::string_view platform, const Capture& capture, std::string_view proof,
                  ItemState state) {
  Deletion deletion;
  deletion.set_item_id(item_id(platform, capture.native_id()));
  deletion.set_proof(std::string(proof));
  *deletion.mutable_seen_at() = capture.fetched_at();
  deletion.set_state(state);
  parsed->deletions.push_back(std::move(deletion));
}

}  // namespace copytaster

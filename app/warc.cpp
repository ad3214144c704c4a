#include "app/warc.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"

namespace copytaster {
namespace {

constexpr std::string_view kEnd = "\r\n";
constexpr std::string_view kFieldsType = "application/warc-fields";
constexpr std::string_view kFormat = "WARC File Format 1.1";
constexpr std::string_view kConformsTo =
    "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/";

using Field = std::pair<std::string_view, std::string>;

bool is_letter(char c) { return ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z'; }
bool is_letter_or_digit(char c) { return is_letter(c) || is_ascii_digit(c); }
bool is_hex(char c) { return is_ascii_digit(c) || (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'f'); }

// RFC 9110 §5.6.2.
bool is_token(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return is_letter_or_digit(c) || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
  });
}

// A value that stays on its line: control characters become spaces.
std::string one_line_of(std::string_view text) {
  std::string out = to_valid_utf8(text);
  std::ranges::replace_if(
      out, [](char c) { return (c >= 0 && c < 0x20 && c != '\t') || c == 0x7f; }, ' ');
  return std::string(strip_space(out));
}

std::string fields(const std::vector<Field>& all) {
  std::string out;
  for (const auto& [name, value] : all) {
    if (const std::string line = one_line_of(value); !line.empty()) str_append(&out, name, ": ", line, kEnd);
  }
  return out;
}

// Version 8 of RFC 9562 §5.8: a UUID made from a hash of our own choice.
std::string uuid_of(std::string_view what, std::string_view name) {
  std::string hex = sha256_hex(str_cat("copytaster/", what, "/", name)).substr(0, 32);
  hex[12] = '8';
  static constexpr std::string_view kVariants = "89ab";
  hex[16] = kVariants[static_cast<unsigned char>(hex[16]) % 4];
  const std::string_view view = hex;
  return str_cat("urn:uuid:", view.substr(0, 8), "-", view.substr(8, 4), "-", view.substr(12, 4), "-",
                 view.substr(16, 4), "-", view.substr(20));
}
std::string record_id(std::string_view what, std::string_view name) {
  return str_cat("<", uuid_of(what, name), ">");
}

std::string digest(std::string_view bytes) { return str_cat("sha256:", sha256_hex(bytes)); }

std::string make_record(std::vector<Field> head, std::string_view block) {
  head.emplace_back("WARC-Block-Digest", digest(block));
  return str_cat("WARC/1.1", kEnd, fields(head), "Content-Length: ", block.size(), kEnd, kEnd, block, kEnd,
                 kEnd);
}

// ---- the address

bool has_scheme(std::string_view text) {
  const std::size_t colon = text.find(':');
  return colon != std::string_view::npos && colon > 0 && is_letter(text[0]) &&
         std::ranges::all_of(text.substr(0, colon), [](char c) {
           return is_letter_or_digit(c) || c == '+' || c == '-' || c == '.';
         });
}

// As RFC 3986 writes it: what no URI can hold is escaped, what is escaped already stays. Empty: it is none.
std::string as_uri(std::string_view text) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  if (!has_scheme(text)) return "";
  const std::size_t slashes = text.find("://");
  const std::size_t host = slashes == std::string_view::npos ? 0 : slashes + 3;
  const std::size_t host_end = host == 0 ? 0 : std::min(text.find_first_of("/?#", host), text.size());
  const std::size_t fragment = text.find('#');
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    bool plain =
        is_letter_or_digit(c) || std::string_view("-._~:/?@!$&'()*+,;=").find(c) != std::string_view::npos;
    if (c == '[' || c == ']') plain = i >= host && i < host_end;
    if (c == '#') plain = i == fragment;
    if (c == '%') plain = i + 2 < text.size() && is_hex(text[i + 1]) && is_hex(text[i + 2]);
    if (plain) {
      out += c;
    } else {
      out += '%';
      out += kHex[static_cast<unsigned char>(c) >> 4];
      out += kHex[static_cast<unsigned char>(c) & 15];
    }
  }
  return out;
}

std::string target_of(const Capture& capture) {
  std::string uri = as_uri(capture.final_url().empty() ? capture.url() : capture.final_url());
  return uri.empty() ? uuid_of("target", capture.sha256()) : uri;
}

// Answered by a web server: a text or a page brought in by hand was not, even where it names an address, and
// has no status.
bool is_response(const Capture& capture, std::string_view target) {
  const bool web = starts_with_ignore_case(target, "http://") || starts_with_ignore_case(target, "https://");
  return web && capture.status() >= 100 && capture.status() <= 999;
}

// ---- the block

// The body is kept decoded and whole; headers that say otherwise would make it unreadable.
bool tells_of_transfer(std::string_view name) {
  return equals_ignore_case(name, "content-length") || equals_ignore_case(name, "content-encoding") ||
         equals_ignore_case(name, "transfer-encoding");
}

// The reason phrase is not kept and may be empty (RFC 9112 §4).
std::string http_message(const Capture& capture) {
  std::string out = str_cat("HTTP/1.1 ", capture.status(), " ", kEnd);
  for (const Header& header : capture.headers()) {
    if (!is_token(header.name()) || tells_of_transfer(header.name())) continue;
    str_append(&out, header.name(), ": ", one_line_of(header.value()), kEnd);
  }
  str_append(&out, "content-length: ", capture.body().size(), kEnd, kEnd, capture.body());
  return out;
}

// What the sender calls it, where that is a media type at all.
std::string media_type(const Capture& capture) {
  for (const Header& header : capture.headers()) {
    if (!equals_ignore_case(header.name(), "content-type")) continue;
    std::string value = one_line_of(header.value());
    const std::string_view type = strip_space(std::string_view(value).substr(0, value.find(';')));
    const std::size_t slash = type.find('/');
    if (slash != std::string_view::npos && is_token(type.substr(0, slash)) &&
        is_token(type.substr(slash + 1)))
      return value;
  }
  return "application/octet-stream";
}

std::string purpose_of(const Capture& capture) {
  const std::string& name = CapturePurpose_Name(capture.purpose());
  return name.empty() ? str_cat(static_cast<int>(capture.purpose())) : name;
}

std::string how_it_came(const Capture& capture, bool response) {
  std::vector<Field> all = {{"collector", capture.collector()},
                            {"accountId", capture.account_id()},
                            {"purpose", purpose_of(capture)},
                            {"nativeId", capture.native_id()}};
  if (capture.url() != capture.final_url()) all.emplace_back("askedUrl", capture.url());
  // A resource has no place of its own for them.
  for (int i = 0; !response && i < capture.headers_size(); ++i) {
    const Header& header = capture.headers(i);
    all.emplace_back("header", str_cat(header.name(), ": ", header.value()));
  }
  return fields(all);
}

}  // namespace

WarcInfo make_warc_info(std::string_view software, std::string_view notice, absl::Time date,
                        std::string_view contents) {
  const std::string block = fields({{"software", std::string(software)},
                                    {"format", std::string(kFormat)},
                                    {"conformsTo", std::string(kConformsTo)},
                                    {"description", std::string(notice)}});
  const std::string when = format_rfc3339(date);
  WarcInfo out;
  out.id = record_id("warcinfo", str_cat(when, "/", contents, "/", block));
  out.record = make_record({{"WARC-Type", "warcinfo"},
                            {"WARC-Record-ID", out.id},
                            {"WARC-Date", when},
                            {"Content-Type", std::string(kFieldsType)}},
                           block);
  return out;
}

std::string make_warc_records(const Capture& capture, std::string_view warc_info_id) {
  const std::string target = target_of(capture);
  const bool response = is_response(capture, target);
  const std::string id = record_id("capture", capture.sha256());
  const std::vector<Field> shared = {{"WARC-Warcinfo-ID", std::string(warc_info_id)},
                                     {"WARC-Date", format_rfc3339(to_time(capture.fetched_at()))},
                                     {"WARC-Target-URI", target}};
  std::vector<Field> head = {{"WARC-Type", response ? "response" : "resource"}, {"WARC-Record-ID", id}};
  head.insert(head.end(), shared.begin(), shared.end());
  head.emplace_back("WARC-Payload-Digest", digest(capture.body()));
  head.emplace_back("Content-Type", response ? "application/http;msgtype=response" : media_type(capture));
  std::string out = make_record(std::move(head), response ? http_message(capture) : capture.body());
  std::vector<Field> more = {{"WARC-Type", "metadata"},
                             {"WARC-Record-ID", record_id("metadata", capture.sha256())},
                             {"WARC-Concurrent-To", id}};
  more.insert(more.end(), shared.begin(), shared.end());
  more.emplace_back("Content-Type", std::string(kFieldsType));
  out += make_record(std::move(more), how_it_came(capture, response));
  return out;
}

}  // namespace copytaster

// Feeds of other projects' test suites, judged as evaluate.py judges them. They are not ours to keep, so the
// test runs where they are and says so where they are not.
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>

#include "absl/strings/escaping.h"
#include "collectors/feed.h"
#include "collectors/json_fields.h"
#include "core/html.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"
#include "tests/collectors/conformance_support.h"

namespace copytaster {
namespace {

namespace fs = std::filesystem;

constexpr double kLeastRight = 0.96;

std::string reference(std::string_view path) { return source_path(str_cat("../shared/reference/", path)); }

// Scripts, comments and tags become spaces, entities characters, white space one space.
std::string plain(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const std::string_view rest = text.substr(i);
    std::size_t end = std::string_view::npos;
    if (starts_with_ignore_case(rest, "<script") || starts_with_ignore_case(rest, "<style")) {
      const std::string closing = starts_with_ignore_case(rest, "<script") ? "</script>" : "</style>";
      end = ascii_lower(rest).find(closing);
      if (end != std::string_view::npos) end += closing.size();
    }
    if (end == std::string_view::npos && rest.starts_with("<!--")) {
      end = rest.find("-->");
      if (end != std::string_view::npos) end += 3;
    }
    if (end == std::string_view::npos && rest.front() == '<') {
      end = rest.find('>');
      if (end != std::string_view::npos) ++end;
    }
    if (end == std::string_view::npos) {
      out += rest.front();
      ++i;
    } else {
      out += ' ';
      i += end;
    }
  }
  // Entities only: no tag is left.
  const std::string escaped = replace_all(out, "<", "&lt;");
  return out.find('&') == std::string::npos ? collapse_space(out) : html_to_line(escaped);
}

struct Check {
  std::string path;
  std::string op;
  std::string want;
};

bool is_item_field(std::string_view field) {
  for (const std::string_view known : {"title", "id", "link", "published", "updated", "content", "summary",
                                       "language", "author", "author_name", "authors.0.name"}) {
    if (field == known) return true;
  }
  return false;
}

// "items.3.title" is {3, "title"}; -1 for a field of the feed.
std::pair<int, std::string_view> parts_of(std::string_view path) {
  if (path.starts_with("feed.")) return {-1, path.substr(5)};
  const std::size_t dot = path.find('.', 6);
  if (!path.starts_with("items.") || dot == std::string_view::npos) return {-2, {}};
  return {parse_number<int>(path.substr(6, dot - 6)).value_or(-2), path.substr(dot + 1)};
}

bool is_judged(std::string_view path, std::string_view op) {
  if (path == "items") return op == "len_eq";
  const auto [index, field] = parts_of(path);
  if (index >= 0) return is_item_field(field);
  return index == -1 &&
         (field == "title" || field == "description" || field == "language" || field == "link");
}

std::string stamp(const google::protobuf::Timestamp& time, bool there) {
  return there ? format_rfc3339(to_time(time)) : "";
}

std::string value_of(const Parsed& parsed, std::string_view path) {
  const auto [index, field] = parts_of(path);
  if (index == -1) {
    const Account& account = parsed.profile;
    return field == "title"         ? account.title()
           : field == "description" ? account.description()
           : field == "language"    ? account.language()
                                    : account.url();
  }
  const Item item = static_cast<std::size_t>(index) < parsed.items.size()
                        ? parsed.items[static_cast<std::size_t>(index)]
                        : Item();
  if (field == "title") return item.title();
  if (field == "id") return item.native_id();
  if (field == "link") return item.url();
  if (field == "published") return stamp(item.created_at(), item.has_created_at());
  if (field == "updated") return stamp(item.edited_at(), item.has_edited_at());
  if (field == "content") return item.text();
  if (field == "summary") return item.summary().empty() ? item.text() : item.summary();
  if (field == "language") return item.declared_language();
  return item.author().name();
}

bool is_right(const Parsed& parsed, const Check& check) {
  if (check.path == "items") return str_cat(parsed.items.size()) == check.want;
  const std::string got = value_of(parsed, check.path);
  if (check.op == "len_eq") return str_cat(got.size()) == check.want;
  if (!check.path.ends_with(".published") && !check.path.ends_with(".updated"))
    return plain(got) == plain(check.want);
  const auto a = parse_date(got);
  const auto b = parse_date(check.want);
  return a && b && absl::AbsDuration(*a - *b) < absl::Seconds(1);
}

std::vector<Check> checks_of(Json one) {
  std::vector<Check> out;
  one["asserts"].each([&](Json check) {
    Json want = check["norm_value"];
    if (!want.exists()) want = check["value"];
    const std::string path = check["norm"].text();
    if (path.empty() || !want.exists() || want.is_object() || want.is_array()) return;
    if (is_judged(path, check["op"].view())) out.push_back({path, check["op"].text(), want.id()});
  });
  return out;
}

Parsed parse_case(Json one) {
  Capture capture;
  std::string body = one["feed"].text();
  if (one["feed_b64"].exists()) absl::Base64Unescape(to_absl(one["feed_b64"].view()), &body);
  capture.set_body(std::move(body));
  capture.set_url(one["base_url"].exists() ? one["base_url"].text() : one["url"].text());
  if (capture.url().empty()) capture.set_url("http://example.org/feed");
  one["headers"].each_member([&](std::string_view name, Json value) {
    Header* header = capture.add_headers();
    header->set_name(ascii_lower(name));
    header->set_value(value.text());
  });
  Account account;
  account.set_id("feed:x");
  return parse_feed_in_document_order(account, capture).value_or(Parsed());
}

TEST(FeedReference, ReadsTheSuitesOfOtherProjects) {
  std::ifstream cases(reference("evaluation/feeds.jsonl"));
  if (!cases) GTEST_SKIP() << "SKIPPED: ../shared/reference/evaluation/feeds.jsonl is not present";
  std::size_t total = 0;
  std::size_t right = 0;
  std::string misses;
  for (std::string line; std::getline(cases, line);) {
    const auto document = JsonDocument::parse(line);
    ASSERT_TRUE(document.ok()) << document.status();
    const Json one = document->root();
    const std::vector<Check> checks = checks_of(one);
    if (checks.empty()) continue;
    const Parsed parsed = parse_case(one);
    for (const Check& check : checks) {
      ++total;
      if (is_right(parsed, check)) {
        ++right;
      } else {
        str_append(&misses, one["id"].view(), " ", check.path, "\n");
      }
    }
  }
  ASSERT_GT(total, 1000U);
  const double share = static_cast<double>(right) / static_cast<double>(total);
  RecordProperty("feeds_checks", std::to_string(share));
  EXPECT_GE(share, kLeastRight) << right << " of " << total << "; wrong are\n" << misses;
}

TEST(FeedReference, ReadsRealFeedsWithoutFault) {
  const std::string folder = reference("samples/feeds");
  if (!fs::is_directory(folder)) GTEST_SKIP() << "SKIPPED: ../shared/reference/samples/feeds is not present";
  const auto collector = make_feed({});
  const Account account = *collector->recognise("https://city.example/feed");
  for (const auto& file : fs::directory_iterator(folder)) {
    Capture capture = answer(read_file(file.path().string()));
    const auto parsed = collector->parse(account, capture);
    // Two are no feeds, and one is an example of its format without a post.
    const std::string name = file.path().filename().string();
    if (!parsed.ok()) {
      EXPECT_TRUE(name.find("invalid") != std::string::npos || name.find("xml_sample") != std::string::npos)
          << name << ": " << parsed.status();
      continue;
    }
    EXPECT_EQ(faults_of(*parsed, account, capture), "") << name;
    EXPECT_FALSE(parsed->profile.title().empty() && parsed->items.empty()) << name;
  }
}

}  // namespace
}  // namespace copytaster

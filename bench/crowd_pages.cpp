#include "bench/crowd_pages.h"

#include <algorithm>

#include "bench/crowd_town.h"
#include "core/strings.h"
#include "core/time.h"

namespace copytaster {
namespace {

constexpr std::uint64_t kIdsAnAccount = 100'000'000;
constexpr std::string_view kWords =
    " of its agenda; the mayor thanks all who came, and the works begin on Monday at eight.";

std::string text_of(std::uint64_t post) {
  return str_cat("The council has met and decided on matter ", post, kWords);
}

std::string host_of(std::size_t account) { return str_cat("city", account / kAccountsAHost, ".example"); }

std::string account_json(std::size_t account) {
  return str_cat(R"({"id":")", account, R"(","username":"u)", account, R"(","acct":"u)", account,
                 R"(","display_name":"City )", account, R"(","url":")", crowd_url(account), R"("})");
}

}  // namespace

std::string crowd_feed(std::size_t account, std::uint64_t posts, absl::Time begun) {
  std::string out = str_cat("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>City ", account,
                            "</title><link>", crowd_url(account), "</link>");
  const std::uint64_t oldest = posts > kPostsAPage ? posts - kPostsAPage : 0;
  for (std::uint64_t post = posts; post > oldest; --post) {
    str_append(&out, "<item><guid isPermaLink=\"false\">", account, "-", post, "</guid><title>News ", post,
               " of city ", account, "</title><link>", crowd_url(account), "/", post, "</link><description>",
               text_of(post), "</description><pubDate>",
               from_absl(absl::FormatTime(absl::RFC1123_full, crowd_time(account, post, begun),
                                          absl::UTCTimeZone())),
               "</pubDate></item>");
  }
  return out + "</channel></rss>";
}

std::string crowd_profile(std::size_t account) { return account_json(account); }

std::string crowd_status(std::size_t account, std::uint64_t post, absl::Time begun) {
  const std::string id = crowd_status_id(account, post);
  return str_cat(R"({"id":")", id, R"(","uri":"https://)", host_of(account), "/users/u", account,
                 "/statuses/", id, R"(","url":")", crowd_url(account), "/", id, R"(","created_at":")",
                 format_rfc3339(crowd_time(account, post, begun)),
                 R"(","visibility":"public","language":"en","content":"<p>)", text_of(post),
                 R"(</p>","favourites_count":3,"media_attachments":[],"account":)", account_json(account),
                 "}");
}

std::string crowd_statuses(std::size_t account, std::uint64_t after, std::uint64_t posts, absl::Time begun) {
  const std::uint64_t newest = after == 0 ? posts : std::min(posts, after + kPostsAPage);
  const std::uint64_t oldest = after != 0 ? after : newest > kPostsAPage ? newest - kPostsAPage : 0;
  std::string out = "[";
  for (std::uint64_t post = newest; post > oldest; --post) {
    if (out.size() > 1) out += ",";
    out += crowd_status(account, post, begun);
  }
  return out + "]";
}

std::string crowd_status_id(std::size_t account, std::uint64_t post) {
  return str_cat((account + 1) * kIdsAnAccount + post);
}

CrowdPost read_crowd_id(std::string_view id) {
  if (const std::size_t slash = id.rfind('/'); slash != std::string_view::npos) id.remove_prefix(slash + 1);
  if (const std::size_t dash = id.find('-'); dash != std::string_view::npos) {
    const auto account = parse_number<std::size_t>(id.substr(0, dash));
    const auto post = parse_number<std::uint64_t>(id.substr(dash + 1));
    return account && post ? CrowdPost{*account, *post} : CrowdPost{};
  }
  const auto number = parse_number<std::uint64_t>(id);
  if (!number || *number < kIdsAnAccount) return {};
  return {static_cast<std::size_t>(*number / kIdsAnAccount - 1), *number % kIdsAnAccount};
}

}  // namespace copytaster

#include "net/s3_reply.h"

#include <algorithm>

#include "core/strings.h"
#include "net/s3_xml.h"

namespace copytaster {
namespace {

constexpr std::size_t kLongestWord = 64;

// One of S3's own words, or nothing: what else a server writes is shown nowhere.
std::string plain_word(std::string_view text) {
  text = strip_space(text);
  const bool plain =
      text.size() <= kLongestWord && std::ranges::all_of(text, [](char c) {
        return (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z') || is_ascii_digit(c) || c == '.' || c == '-';
      });
  return plain ? std::string(text) : std::string();
}

bool is_at(const XmlPath& path, std::initializer_list<std::string_view> names) {
  return std::ranges::equal(path, names);
}

}  // namespace

S3Error read_s3_error(std::string_view xml) {
  S3Error error;
  const absl::Status walked = walk_xml(xml, [&](const XmlPath& path, std::string_view text) {
    if (is_at(path, {"Error", "Code"})) error.code = plain_word(text);
    if (is_at(path, {"Error", "Region"})) error.region = plain_word(text);
  });
  return walked.ok() ? error : S3Error();
}

absl::StatusOr<S3Listing> read_s3_listing(std::string_view xml) {
  S3Listing listing;
  bool says_whether_truncated = false;
  const absl::Status walked = walk_xml(xml, [&](const XmlPath& path, std::string_view text) {
    if (is_at(path, {"ListBucketResult", "Contents", "Key"})) listing.keys.emplace_back(text);
    if (!is_at(path, {"ListBucketResult", "IsTruncated"})) return;
    listing.is_truncated = strip_space(text) == "true";
    says_whether_truncated = listing.is_truncated || strip_space(text) == "false";
  });
  if (!walked.ok())
    return absl::UnavailableError(str_cat("the list of objects cannot be read: ", walked.message()));
  if (!says_whether_truncated)
    return absl::UnavailableError("the list of objects cannot be read: it does not say whether it is all");
  return listing;
}

}  // namespace copytaster

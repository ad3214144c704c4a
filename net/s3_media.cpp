#include "net/s3_media.h"

#include <openssl/evp.h>

#include <algorithm>

#include "core/log.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/url.h"
#include "net/libcurl.h"
#include "net/s3_client.h"
#include "net/s3_reply.h"

namespace copytaster {
namespace {

constexpr std::size_t kPage = 1000;            // S3's own most
constexpr std::size_t kMostPages = 1'000'000;  // a thousand million pictures

bool is_sha256(std::string_view text) {
  return text.size() == 64 &&
         std::ranges::all_of(text, [](char c) { return is_ascii_digit(c) || (c >= 'a' && c <= 'f'); });
}

std::string base64(std::string_view bytes) {
  std::string out(4 * ((bytes.size() + 2) / 3) + 1, '\0');
  const int length =
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                      reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
  out.resize(static_cast<std::size_t>(length));
  return out;
}

absl::Status denied(std::string_view what) { return absl::PermissionDeniedError(to_absl(what)); }
absl::Status misset(std::string_view what) { return absl::FailedPreconditionError(to_absl(what)); }

// What a refusal means to who has to mend it.
absl::Status refusal(const S3Answer& answer, const S3Options& options) {
  const S3Error error = read_s3_error(answer.body);
  const std::string told = str_cat("HTTP ", answer.status, error.code.empty() ? "" : " ", error.code);
  const std::string where = str_cat("the S3 server at ", options.endpoint, " answers ", told, ": ");
  if (error.code == "SignatureDoesNotMatch")
    return denied(str_cat(where,
                          "the secret key in media.s3_secret_key_file is not that of the access key "
                          "(or media.s3_region is not the server's)"));
  if (error.code == "InvalidAccessKeyId")
    return denied(str_cat(where, "it does not know the access key in media.s3_access_key_file"));
  if (error.code == "RequestTimeTooSkewed")
    return misset(str_cat(where, "the clock of this machine is wrong"));
  if (error.code == "NoSuchBucket")
    return misset(
        str_cat(where, "there is no bucket ", options.bucket, "; make it, or mend media.s3_bucket"));
  if (error.code == "AuthorizationHeaderMalformed" || error.code == "IllegalLocationConstraintException" ||
      error.code == "PermanentRedirect" || (answer.status >= 300 && answer.status < 400)) {
    const std::string right = error.region.empty() ? "" : str_cat(", \"", error.region, "\"");
    return misset(str_cat(where, "the bucket ", options.bucket, " is elsewhere: mend media.s3_region", right,
                          ", or media.s3_endpoint"));
  }
  if (answer.status == 401 || answer.status == 403)
    return denied(str_cat(where,
                          "the key in media.s3_access_key_file needs the right to list, get, put and "
                          "delete in the bucket ",
                          options.bucket));
  if (answer.status == 404)
    return misset(
        str_cat(where,
                "it knows no such place; mend media.s3_endpoint, media.s3_bucket or the access key in "
                "media.s3_access_key_file"));
  return absl::UnavailableError(str_cat(where, "neither yes nor no"));
}

class S3Media final : public MediaStore {
 public:
  explicit S3Media(S3Options options)
      : client_(std::move(options)),
        prefix_(client_.options().prefix.empty() ? "" : str_cat(client_.options().prefix, "/")) {}

  absl::StatusOr<std::string> put(std::string_view bytes) override {
    const std::string hash = sha256_bytes(bytes);
    std::string sha256 = to_hex(hash);
    CT_ASSIGN_OR_RETURN(const bool there, is_whole(sha256, bytes.size(), base64(hash)));
    if (there) return sha256;
    S3Request request{.method = "PUT", .url = url(sha256), .body = bytes};
    request.headers = {{"Content-Type", "application/octet-stream"}, {"x-amz-checksum-sha256", base64(hash)}};
    CT_ASSIGN_OR_RETURN(const S3Answer answer, client_.ask(request));
    if (answer.status != 200 && answer.status != 201) return refusal(answer, client_.options());
    const std::string_view kept = header_value(answer.headers, "x-amz-checksum-sha256");
    if (!kept.empty() && kept != base64(hash))
      return absl::UnavailableError(str_cat("the S3 server kept other bytes as ", sha256));
    return sha256;
  }

  [[nodiscard]] absl::StatusOr<std::string> get(std::string_view sha256) const override {
    CT_RETURN_IF_ERROR(check_name(sha256));
    for (const bool last : {false, true}) {
      CT_ASSIGN_OR_RETURN(
          S3Answer answer,
          client_.ask({.url = url(sha256), .max_body_bytes = client_.options().max_object_bytes}));
      if (is_missing(answer)) return absl::NotFoundError(str_cat("no object ", key(sha256)));
      if (answer.status != 200) return refusal(answer, client_.options());
      if (sha256_hex(answer.body) == sha256) return std::move(answer.body);
      if (last) break;
    }
    return absl::DataLossError(str_cat("the bytes of ", sha256, " have changed in the bucket"));
  }

  [[nodiscard]] bool has(std::string_view sha256) const override {
    if (!is_sha256(sha256)) return false;
    const auto answer = client_.ask({.method = "HEAD", .url = url(sha256)});
    const absl::Status status = !answer.ok() || answer->status == 200 || answer->status == 404
                                    ? answer.status()
                                    : refusal(*answer, client_.options());
    if (!status.ok())
      log_warn("media.s3.unknown", "Whether a picture is kept cannot be told now; it is taken for missing",
               {{"error.message", std::string(status.message())}});
    return answer.ok() && answer->status == 200;
  }

  absl::Status erase(std::string_view sha256) override {
    CT_RETURN_IF_ERROR(check_name(sha256));
    CT_ASSIGN_OR_RETURN(const S3Answer answer, client_.ask({.method = "DELETE", .url = url(sha256)}));
    if (answer.status == 200 || answer.status == 204 || is_missing(answer)) return absl::OkStatus();
    return refusal(answer, client_.options());
  }

  absl::Status each(const std::function<bool(std::string_view sha256)>& visit) const override {
    std::string after;
    for (std::size_t page = 0; page < kMostPages; ++page) {
      CT_ASSIGN_OR_RETURN(const S3Listing listing, list(after, kPage));
      for (const std::string& key : listing.keys) {
        if (const std::string_view name = name_of(key); !name.empty() && !visit(name))
          return absl::OkStatus();
      }
      if (!listing.is_truncated) return absl::OkStatus();
      if (listing.keys.empty() || listing.keys.back() <= after)
        return absl::UnavailableError("the S3 server's list of objects does not go on");
      after = listing.keys.back();
    }
    return absl::UnavailableError("the S3 server's list of objects does not end");
  }

  [[nodiscard]] absl::StatusOr<S3Listing> list(std::string_view after, std::size_t most) const {
    std::string query = str_cat("list-type=2&max-keys=", most);
    if (!prefix_.empty()) str_append(&query, "&prefix=", percent_encode(prefix_));
    if (!after.empty()) str_append(&query, "&start-after=", percent_encode(after));
    CT_ASSIGN_OR_RETURN(const S3Answer answer, client_.ask({.url = s3_url(client_.options(), "", query)}));
    if (answer.status != 200) return refusal(answer, client_.options());
    return read_s3_listing(answer.body);
  }

 private:
  static absl::Status check_name(std::string_view sha256) {
    if (is_sha256(sha256)) return absl::OkStatus();
    return absl::InvalidArgumentError("a picture is named by 64 lower-case hex digits");
  }
  // A bucket or a server that is not there is 404 as well: only what says so is a missing picture.
  static bool is_missing(const S3Answer& answer) {
    return answer.status == 404 && read_s3_error(answer.body).code == "NoSuchKey";
  }
  [[nodiscard]] std::string key(std::string_view sha256) const {
    return str_cat(prefix_, sha256.substr(0, 2), "/", sha256);
  }
  [[nodiscard]] std::string url(std::string_view sha256) const {
    return s3_url(client_.options(), key(sha256));
  }
  // Empty: an object that is not ours.
  [[nodiscard]] std::string_view name_of(std::string_view key) const {
    if (!consume_prefix(&key, prefix_) || key.size() != 67 || key[2] != '/') return {};
    const std::string_view name = key.substr(3);
    return is_sha256(name) && name.starts_with(key.substr(0, 2)) ? name : std::string_view();
  }

  // Whether it is kept already. A refusal has no words here: what follows is refused too, and says why.
  [[nodiscard]] absl::StatusOr<bool> is_whole(std::string_view sha256, std::size_t size,
                                              std::string_view checksum) const {
    S3Request request{.method = "HEAD", .url = url(sha256)};
    request.headers = {{"x-amz-checksum-mode", "ENABLED"}};
    CT_ASSIGN_OR_RETURN(const S3Answer answer, client_.ask(request));
    const std::string_view kept = header_value(answer.headers, "x-amz-checksum-sha256");
    return answer.status == 200 && header_value(answer.headers, "content-length") == str_cat(size) &&
           (kept.empty() || kept == checksum);
  }

  const S3Client client_;
  const std::string prefix_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<MediaStore>> make_s3_media(S3Options options) {
  CT_RETURN_IF_ERROR(check_s3_options(options));
  CT_RETURN_IF_ERROR(start_libcurl());
  return std::make_unique<S3Media>(std::move(options));
}

absl::Status look_at_s3(const S3Options& options) {
  CT_RETURN_IF_ERROR(check_s3_options(options));
  CT_RETURN_IF_ERROR(start_libcurl());
  return S3Media(options).list("", 1).status();
}

}  // namespace copytaster

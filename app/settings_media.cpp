// [media] and [evidence]: where pictures are kept, and who stamps the chain with the time.
#include "app/files.h"
#include "app/secret_file.h"
#include "app/settings_reader.h"
#include "core/strings.h"
#include "core/url.h"

namespace copytaster {
namespace {

using Apply = decltype(SettingRow::apply);

constexpr std::string_view kAccessKeyFile = "media.s3_access_key_file";
constexpr std::string_view kSecretKeyFile = "media.s3_secret_key_file";
constexpr std::string_view kS3Authorities = "media.s3_ca_file";
constexpr std::string_view kStampAuthorities = "evidence.timestamp_ca_file";
constexpr std::size_t kLargestAuthorities = std::size_t{4} << 20;

// What the options say of it is said when all of [media] has been read.
Apply s3_text_into(std::string S3Options::*field) {
  return [field](const toml::node& node, Settings& settings) -> std::string {
    if (!node.is_string()) return "a text in quotes";
    settings.media.s3.*field = node.value_or(std::string());
    return "";
  };
}

Apply choice_into(bool& (*field)(Settings&), std::string_view no, std::string_view yes) {
  return [=](const toml::node& node, Settings& settings) -> std::string {
    const std::string value = node.is_string() ? node.value_or(std::string()) : "";
    if (value != no && value != yes) return str_cat("one of \"", no, "\" \"", yes, "\"");
    field(settings) = value == yes;
    return "";
  };
}

std::string take_plain_http(const toml::node& node, Settings& settings) {
  const auto* value = node.as_boolean();
  if (value == nullptr) return "true or false";
  settings.media.s3.plain_http = value->get();
  return "";
}

std::string take_stamp_url(const toml::node& node, Settings& settings) {
  const std::string text = node.is_string() ? node.value_or(std::string()) : "x";
  if (!text.empty() && !is_web_url(text))
    return "the address of a time stamp authority, \"https://tsa.example.org/\", or \"\"";
  settings.stamps.url = text;
  return "";
}

std::string take_stamp_every(const toml::node& node, Settings& settings) {
  const auto* value = node.as_integer();
  if (value == nullptr || value->get() < 600 || value->get() > 31'536'000)
    return "a number of seconds from 600 to 31536000";
  settings.stamps.every = absl::Seconds(value->get());
  return "";
}

// What the reader takes itself, for it needs the folder.
std::string not_here(const toml::node&, Settings&) { return "a file"; }

}  // namespace

std::vector<SettingRow> media_setting_rows() {
  return {
      {{"media.store", "folder",
        "Where pictures are kept: \"folder\", the folder media of the store, or \"s3\", a bucket that many "
        "machines "
        "share."},
       choice_into([](Settings& s) -> bool& { return s.media.in_s3; }, "folder", "s3")},
      {{"media.s3_endpoint", "",
        "Address of the S3-compatible server, https://s3.eu-west-3.amazonaws.com; http:// only on loopback."},
       s3_text_into(&S3Options::endpoint)},
      {{"media.s3_bucket", "", "The bucket; it has to be there."}, s3_text_into(&S3Options::bucket)},
      {{"media.s3_region", "us-east-1", "The bucket's region, which requests are signed for."},
       s3_text_into(&S3Options::region)},
      {{"media.s3_prefix", "", "What stands before each picture's name in the bucket, house/pictures."},
       s3_text_into(&S3Options::prefix)},
      {{"media.s3_addressing", "path",
        "path: https://ENDPOINT/BUCKET/…; host: https://BUCKET.ENDPOINT/…, as AWS prefers."},
       choice_into([](Settings& s) -> bool& { return s.media.s3.bucket_in_host; }, "path", "host")},
      {{std::string(kAccessKeyFile), "", "File that holds the access key's id."}, not_here},
      {{std::string(kSecretKeyFile), "",
        "File that holds its secret key; it may list, get, put and delete in the bucket."},
       not_here},
      {{std::string(kS3Authorities), "",
        "File (PEM) with the certificate authorities of the server; empty: the system's."},
       not_here},
      {{"media.s3_plain_http", "false",
        "Allow http:// also to other machines: who is on the way reads and changes pictures."},
       take_plain_http},
      {{"evidence.timestamp_url", "",
        "Address of a time stamp authority (RFC 3161) that stamps the chain's newest link, which proves when "
        "all "
        "before it was there; empty: none."},
       take_stamp_url},
      {{"evidence.timestamp_every_seconds", "86400", "How often, where something new has come."},
       take_stamp_every},
      {{std::string(kStampAuthorities), "",
        "File (PEM) with the certificate authorities that the stamps' signatures must come from; empty: "
        "whose "
        "they are is not checked."},
       not_here},
  };
}

bool SettingsReader::read_file_of(std::string_view name, const toml::node& node, Settings& settings) {
  if (name == kAccessKeyFile) return read_key(name, node, &settings.media.s3.access_key), true;
  if (name == kSecretKeyFile) return read_key(name, node, &settings.media.s3.secret_key), true;
  if (name == kS3Authorities) return read_authorities(name, node, &settings.media.s3.ca_file), true;
  if (name == kStampAuthorities) return read_authorities(name, node, &settings.stamps.ca_file), true;
  if (name == kBusCaFile) return read_authorities(name, node, &settings.kafka.ca_file), true;
  if (name == kBusCertificateFile)
    return read_authorities(name, node, &settings.kafka.certificate_file), true;
  if (name == kBusKeyFile) return read_pem_key(name, node, &settings.kafka.key_file), true;
  return false;
}

void SettingsReader::read_key(std::string_view name, const toml::node& node, std::string* key) {
  const std::string path = node.is_string() ? node.value_or(std::string()) : "";
  if (path.empty())
    return problem(node, str_cat("the value of ", name, " is wrong"), "expected the path of a file");
  auto secret = read_secret(path, folder_);
  if (!secret.ok())
    return problem(node, str_cat(name, ": ", secret.status().message()),
                   "a file with the key and nothing else");
  if (secret->others_may_read)
    problems_->push_back({file_, static_cast<unsigned>(node.source().begin.line),
                          str_cat("everybody on this machine may read the key in ", path), "chmod 600",
                          /*warning=*/true});
  *key = std::move(secret->text);
}

void SettingsReader::read_authorities(std::string_view name, const toml::node& node, std::string* file) {
  const std::string path = node.is_string() ? node.value_or(std::string()) : "";
  if (path.empty())
    return problem(node, str_cat("the value of ", name, " is wrong"), "expected the path of a file");
  std::string place = path.starts_with('/') ? path : str_cat(folder_, "/", path);
  const auto bytes = read_input(place, kLargestAuthorities);
  if (!bytes.ok())
    return problem(node, str_cat(name, ": ", bytes.status().message()), "a file of certificates");
  if (bytes->find("-----BEGIN CERTIFICATE-----") == std::string::npos)
    return problem(node, str_cat(name, ": there is no certificate in ", path), "certificates in PEM");
  *file = std::move(place);
}

// Who uses it reads it again: only its place is kept.
void SettingsReader::read_pem_key(std::string_view name, const toml::node& node, std::string* file) {
  const std::string path = node.is_string() ? node.value_or(std::string()) : "";
  if (path.empty())
    return problem(node, str_cat("the value of ", name, " is wrong"), "expected the path of a file");
  const auto key = read_secret(path, folder_);
  if (!key.ok()) return problem(node, str_cat(name, ": ", key.status().message()), "a key in PEM");
  if (key->text.find("PRIVATE KEY-----") == std::string::npos)
    return problem(node, str_cat(name, ": there is no key in ", path), "a key in PEM");
  if (key->others_may_read)
    problems_->push_back({file_, static_cast<unsigned>(node.source().begin.line),
                          str_cat("everybody on this machine may read the key in ", path), "chmod 600",
                          /*warning=*/true});
  *file = path.starts_with('/') ? path : str_cat(folder_, "/", path);
}

// Whether the parts fit together; what is wrong with one of them has been said.
void SettingsReader::check_media(const toml::table& root, const Settings& settings) {
  const auto section = root["media"];
  if (!settings.media.in_s3 || section.node() == nullptr) return;
  for (const ConfigProblem& one : *problems_) {
    if (!one.warning && one.what.find("media.s3_") != std::string::npos) return;
  }
  const absl::Status status = check_s3_options(settings.media.s3);
  if (!status.ok())
    problem(*section.node(), std::string(status.message()),
            "`copytaster list settings` shows all of [media]");
}

}  // namespace copytaster

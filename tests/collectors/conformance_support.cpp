#include "tests/collectors/conformance_support.h"

#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/type_resolver_util.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <ostream>

#include "collectors/catalog.h"
#include "collectors/platforms_support.h"
#include "core/item.h"
#include "core/json.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"
#include "core/url.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"

namespace copytaster {
namespace {

namespace fs = std::filesystem;

// Maps in the order of their keys: MessageToJsonString's order is another in every process.
std::string pretty(const google::protobuf::Message& message) {
  std::string bytes;
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    message.SerializeToCodedStream(&coded);
  }
  static const std::unique_ptr<google::protobuf::util::TypeResolver> resolver(
      google::protobuf::util::NewTypeResolverForDescriptorPool(
          "type.googleapis.com", google::protobuf::DescriptorPool::generated_pool()));
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = true;
  std::string json;
  const auto status = google::protobuf::util::BinaryToJsonString(
      resolver.get(), "type.googleapis.com/" + message.GetDescriptor()->full_name(), bytes, &json, options);
  return status.ok() ? json : "\"" + status.ToString() + "\"\n";
}

template <typename Messages>
void add_list(std::string* out, std::string_view name, const Messages& messages) {
  if (messages.empty()) return;
  str_append(out, ",\n\"", name, "\": [\n");
  for (std::size_t i = 0; i < messages.size(); ++i) str_append(out, i == 0 ? "" : ",\n", pretty(messages[i]));
  str_append(out, "]");
}

void check(bool good, std::string_view what, std::string* out) {
  if (!good) str_append(out, what, "\n");
}

void check_media(const Media& media, std::string* out) {
  check(media.state() == WANTED, "a picture that is not WANTED", out);
  check(!media.url().empty() || !media.preview_url().empty() || !media.problem().empty(),
        "a picture without address that does not say why", out);
  check(media.url().empty() || is_http_url(media.url()), str_cat("no web address: ", media.url()), out);
  check(media.preview_url().empty() || is_http_url(media.preview_url()), "no web address of a preview", out);
}

void check_text(const Item& item, std::string* out) {
  for (const Facet& facet : item.facets()) {
    const bool in_range = facet.begin() < facet.end() && facet.end() <= item.text().size();
    check(in_range, "a facet outside the text", out);
    if (!in_range) continue;
    check(utf8_floor(item.text(), facet.begin()) == facet.begin(), "a facet begins inside a character", out);
    check(utf8_floor(item.text(), facet.end()) == facet.end(), "a facet ends inside a character", out);
    check(!facet.target().empty(), "a facet without target", out);
  }
  check(item.text().find('\0') == std::string::npos && item.text().find('\r') == std::string::npos,
        "control characters in the text", out);
}

}  // namespace

std::string source_path(std::string_view relative) { return str_cat(COPYTASTER_SOURCE_DIR, "/", relative); }

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

CollectorSettings canary_settings() {
  return {{"token", "canary-token"},
          {"token_host", "social.example"},
          {"app_secret", "canary-secret"},
          {"own_id", "17841400000000042"}};
}

void PrintTo(const Fixture& fixture, std::ostream* out) { *out << fixture.collector << "/" << fixture.name; }

// Pages that differ in a part only are that part (part.*); it stands here in the frame.html beside
// profile.txt.
constexpr std::string_view kPart = "<!-- part -->\n";

std::vector<Fixture> load_fixtures() {
  std::vector<Fixture> out;
  const Collectors collectors;
  for (const CatalogEntry& entry : catalog()) {
    const std::string name(entry.spec().name);
    const std::string root = source_path(str_cat("tests/collectors/fixtures/", name));
    if (!fs::is_directory(root)) continue;
    const std::string frame = read_file(root + "/frame.html");
    std::vector<fs::path> folders;
    for (const auto& folder : fs::directory_iterator(root)) {
      if (folder.is_directory()) folders.push_back(folder.path());
    }
    std::sort(folders.begin(), folders.end());
    for (const fs::path& folder : folders) {
      Fixture fixture{.collector = name,
                      .name = folder.filename().string(),
                      .folder = folder.string(),
                      .account = {},
                      .capture = {}};
      for (const auto& file : fs::directory_iterator(folder)) {
        const std::string bytes = read_file(file.path().string());
        if (file.path().stem() == "input") fixture.capture.set_body(bytes);
        if (file.path().stem() == "part") fixture.capture.set_body(replace_all(frame, kPart, bytes));
      }
      const std::string body = fixture.capture.body();
      const std::string meta = read_file(fixture.folder + "/capture.json");
      if (!meta.empty()) {
        if (const absl::Status read = from_json(meta, &fixture.capture); !read.ok()) {
          fixture.name += "_has_a_bad_capture_json";
        }
      }
      fixture.capture.set_body(body);
      fixture.capture.set_sha256(sha256_hex(body));
      if (fixture.capture.status() == 0) fixture.capture.set_status(200);
      std::string profile(strip_space(read_file(root + "/profile.txt")));
      if (profile.empty()) profile = fixture.capture.url();
      if (auto account = entry.make({})->recognise(profile); account.ok())
        fixture.account = *std::move(account);
      out.push_back(std::move(fixture));
    }
  }
  return out;
}

std::string render(const absl::StatusOr<Parsed>& result) {
  if (!result.ok()) return str_cat("{\n\"error\": ", json_quote(result.status().ToString()), "\n}\n");
  const Parsed& parsed = *result;
  std::string out = str_cat("{\n\"next\": ", json_quote(parsed.next.position()),
                            ",\n\"more\": ", parsed.more ? "true" : "false");
  if (parsed.wait != absl::ZeroDuration())
    str_append(&out, ",\n\"wait\": ", json_quote(absl::FormatDuration(parsed.wait)));
  if (parsed.profile.ByteSizeLong() > 0)
    str_append(&out, ",\n\"account\": ", strip_space(pretty(parsed.profile)));
  add_list(&out, "items", parsed.items);
  add_list(&out, "deletions", parsed.deletions);
  add_list(&out, "refused", parsed.refused);
  add_list(&out, "pictureNotes", parsed.picture_notes);
  return out + "\n}\n";
}

std::string faults_of(const Parsed& parsed, const Account& account, const Capture& capture) {
  std::string out;
  for (const Item& item : parsed.items) {
    check(!item.native_id().empty(), "an item without native id", &out);
    // A feed's guid is unique in its feed only, so its ids carry a mark of the feed before it.
    const bool in_feed = item.platform() == "feed" && item.id().starts_with("feed:") && item.id().size() > 22;
    check(in_feed || item.id() == item_id(item.platform(), item.native_id()),
          str_cat("a wrong id: ", item.id()), &out);
    check(item.platform() == account.platform(), "another platform", &out);
    check(item.account_id() == account.id(), "another account", &out);
    check(item.capture_sha256() == capture.sha256(), "another capture", &out);
    check(item.content_hash() == content_hash(item), "a wrong content_hash", &out);
    check(item.url().empty() || is_http_url(item.url()), "a permalink that is none", &out);
    check_text(item, &out);
    for (const Media& media : item.media()) check_media(media, &out);
    for (const Media& media : item.repost_of().media()) check_media(media, &out);
    for (const Media& media : item.quote_of().media()) check_media(media, &out);
    for (const Link& link : item.links()) check(is_http_url(link.url()), "a link that is none", &out);
    check(!item.has_repost_of() || item.text().empty(), "a repost with text of its own", &out);
    // The parser of protobuf checks every string field's UTF-8.
    check(Item().ParseFromString(item.SerializeAsString()), "ill-formed UTF-8", &out);
  }
  for (const DeadLetter& letter : parsed.refused) {
    check(!letter.reason().empty() && is_valid_utf8(letter.reason()), "refused without a reason", &out);
    check(is_valid_utf8(letter.native_id()), "ill-formed UTF-8 in a dead letter", &out);
    check(letter.payload().size() <= (std::size_t{64} << 10), "a payload beyond 64 KiB", &out);
  }
  for (const Deletion& deletion : parsed.deletions) {
    check(!deletion.proof().empty() && is_valid_utf8(deletion.proof()), "a deletion without proof", &out);
    check(deletion.item_id().size() > account.platform().size() + 1, "a deletion of nothing", &out);
  }
  check(Cursor().ParseFromString(parsed.next.SerializeAsString()), "ill-formed UTF-8 in the cursor", &out);
  check(Account().ParseFromString(parsed.profile.SerializeAsString()), "ill-formed UTF-8 in the profile",
        &out);
  check(parsed.next.position().size() < (std::size_t{64} << 10), "a cursor beyond 64 KiB", &out);
  check(parsed.wait >= absl::ZeroDuration(), "a wait that lies behind us", &out);
  return out;
}

Capture answer(std::string_view body, std::string_view position, int status) {
  Capture capture;
  capture.set_body(std::string(body));
  capture.set_sha256(sha256_hex(body));
  capture.set_status(status);
  capture.mutable_cursor()->set_position(std::string(position));
  set_timestamp(capture.mutable_fetched_at(), *parse_date("2022-04-14T09:00:00Z"));
  return capture;
}

std::string header_line(const HttpRequest& request, std::string_view name) {
  return std::string(header_value(request.headers, name));
}

}  // namespace copytaster

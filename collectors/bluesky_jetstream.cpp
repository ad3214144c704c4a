#include "collectors/bluesky_jetstream.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "collectors/bluesky_frame.h"
#include "collectors/platforms_support.h"
#include "collectors/stream_accounts.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/url.h"

namespace copytaster {
namespace {

constexpr std::string_view kPlan = "bluesky:stream/jetstream";
constexpr std::string_view kCollections[] = {"app.bsky.feed.post", "app.bsky.feed.repost"};
// Servers drop and reorder where one takes over from another (jetstream-legacy issue 42): a little is read
// twice.
constexpr std::int64_t kRewindMicros = 5'000'000;
constexpr std::int64_t kClampedMicros = 60'000'000;

std::string status_text(const absl::Status& status) { return std::string(from_absl(status.message())); }

// Why the place that the stream was opened with could not be held; empty: it was.
std::string gap_of(const BlueskyFrame& frame, const Cursor& asked, std::string_view server) {
  if (frame.kind == BlueskyFrame::kInfo) {
    return frame.said.starts_with("OutdatedCursor") ? str_cat("Jetstream: ", frame.said) : "";
  }
  if (asked.position().empty() || !frame.place) return "";
  const BlueskyPlace place(asked);
  if (!place.fits(frame.version, server)) {
    return "the place kept is another Jetstream's (places are not portable between v1, v2 and servers)";
  }
  const std::int64_t from = place.number() - kRewindMicros;
  if (frame.version == 2 || *frame.place - from <= kClampedMicros) return "";
  return str_cat("the first message is ", (*frame.place - from) / 1'000'000,
                 " s later than the place asked for: nobody posted, or Jetstream does not reach back so far");
}

}  // namespace

BlueskyJetstream::BlueskyJetstream(const CollectorSettings& settings)
    : server_(setting(settings, "jetstream", "")), version_(setting(settings, "jetstream_version", "1")) {
  while (server_.ends_with('/')) server_.pop_back();
  const std::string path = setting(settings, "zstd_dictionary", "");
  if (server_.empty() || path.empty()) return;
  auto dictionary = ZstdDictionary::read(path);
  if (dictionary.ok()) {
    dictionary_ = std::make_shared<const ZstdDictionary>(*std::move(dictionary));
  } else {
    dictionary_error_ = absl::FailedPreconditionError(
        str_cat("[collector.bluesky] zstd_dictionary: ", status_text(dictionary.status())));
  }
}

absl::Status BlueskyJetstream::usable() const {
  const auto url = parse_url(server_);
  if (!url || (url->scheme != "wss" && url->scheme != "ws") || url->path.size() > 1 || !url->query.empty() ||
      !url->fragment.empty()) {
    return absl::FailedPreconditionError(
        str_cat("[collector.bluesky] jetstream is '", to_valid_utf8(server_), "': write wss://HOST"));
  }
  if (version_ != "1" && version_ != "2") {
    return absl::FailedPreconditionError(
        str_cat("[collector.bluesky] jetstream_version is '", to_valid_utf8(version_), "': write 1 or 2"));
  }
  return dictionary_error_;
}

std::vector<StreamPlan> BlueskyJetstream::streams(std::span<const Account> accounts) const {
  std::vector<StreamPlan> out;
  if (server_.empty()) return out;
  for (const Account& account : accounts) {
    if (account.platform() != "bluesky" || account_did(account).empty()) continue;
    if (out.empty() || out.back().account_ids.size() == kMostJetstreamAccounts) {
      const std::string number = out.empty() ? "" : str_cat("/", out.size() + 1);
      out.push_back({.name = str_cat(kPlan, number), .account_ids = {}});
    }
    out.back().account_ids.push_back(account.id());
  }
  return out;
}

absl::StatusOr<HttpRequest> BlueskyJetstream::open_stream(const StreamPlan& plan, const FindAccount& find,
                                                          const Cursor& cursor) const {
  if (absl::Status right = usable(); !right.ok()) return right;
  const bool is_v1 = version_ == "1";
  HttpRequest request;
  request.url = str_cat(
      server_,
      is_v1 ? "/subscribe?"
            : "/xrpc/network.bsky.jetstream.subscribeEvents?kinds=commit&kinds=identity&kinds=account&");
  std::size_t dids = 0;
  for (const std::string_view collection : kCollections) {
    str_append(&request.url, is_v1 ? "wantedCollections=" : "collections=", collection, "&");
  }
  for (const std::string& id : plan.account_ids) {
    const Account* account = find(id);
    const std::string_view did = account == nullptr ? std::string_view() : account_did(*account);
    if (did.empty()) continue;
    str_append(&request.url, dids++ == 0 ? "" : "&", is_v1 ? "wantedDids=" : "dids=", percent_encode(did));
  }
  // Without any, the server would send everybody's posts.
  if (dids == 0)
    return absl::FailedPreconditionError(str_cat("no account of ", plan.name, " has a known DID"));
  const BlueskyPlace place(cursor);
  if (place.fits(is_v1 ? 1 : 2, server_)) {
    const std::int64_t from = is_v1 ? place.number() - kRewindMicros : place.number();
    str_append(&request.url, "&cursor=", std::max<std::int64_t>(from, 0));
  }
  if (dictionary_ != nullptr && is_v1) str_append(&request.url, "&compress=true");
  if (dictionary_ != nullptr && !is_v1) str_append(&request.url, "&zstdDictionary=", dictionary_->id());
  return request;
}

absl::StatusOr<std::string> BlueskyJetstream::text_of(const Capture& frame) const {
  if (!is_zstd_frame(frame.body())) {
    if (frame.body().size() <= kMaxJetstreamFrame) return frame.body();
    return absl::InvalidArgumentError(str_cat("a message of more than ", kMaxJetstreamFrame, " bytes"));
  }
  if (dictionary_ == nullptr) {
    return absl::InvalidArgumentError(
        dictionary_error_.ok() ? "a compressed message, and [collector.bluesky] zstd_dictionary is not set"
                               : status_text(dictionary_error_));
  }
  auto text = dictionary_->decompress(frame.body(), kMaxJetstreamFrame);
  if (!text.ok()) return absl::InvalidArgumentError(status_text(text.status()));
  return text;
}

// A commit is told by its repository and revision, whichever server passes it on; one may hold several
// records.
std::string key_of(const BlueskyFrame& frame) {
  const std::string_view revision = frame.body["rev"].view();
  if (frame.kind != BlueskyFrame::kCommit || revision.empty()) return "";
  return str_cat(frame.did, " ", revision, " ", frame.body["collection"].view(), " ",
                 frame.body["rkey"].view(), " ", frame.body["operation"].view(), " ",
                 frame.body["cid"].view());
}

absl::StatusOr<FrameNews> BlueskyJetstream::parse_frame(const FindAccount& find,
                                                        const Capture& capture) const {
  const auto text = text_of(capture);
  if (!text.ok()) return text.status();
  const auto document = JsonDocument::parse(*text);
  if (capture.status() >= 400)
    return bluesky_stream_refusal(capture, document.ok() ? document->root() : Json());
  if (!document.ok()) return absl::InvalidArgumentError(status_text(document.status()));
  auto frame = BlueskyFrame::read(document->root());
  if (!frame.ok()) return frame.status();

  FrameNews news;
  news.parsed.next = frame->place ? BlueskyPlace::after(*frame, server_) : capture.cursor();
  news.gap = gap_of(*frame, capture.cursor(), server_);
  if (is_frame_of_account(*frame)) news.account = find(str_cat("bluesky:", frame->did));
  if (news.account != nullptr) news.key = key_of(*frame);
  if (news.account != nullptr) read_bluesky_frame(*frame, {*news.account, capture, *document}, &news.parsed);
  return news;
}

}  // namespace copytaster

// Bluesky, by polling the public app view: app.bsky.feed.getAuthorFeed needs no account.
//
// filter=posts_with_replies, which is all there is: an official's thread is a chain of replies to himself,
// and an answer to a reporter can be the news. Replies are marked as such, so later steps can rank them.
//
// The feed is newest first and knows no "since". Cursor: {did}: who it is, for a handle can change, and
// another can take it; {known, top}: what the last poll saw, and how far it got; while paging also {cur,
// head, newtop, pages}. A poll pages until it meets something known or older than `top`; pinned posts stand
// first out of order and do not count. A post backdated behind the first page is not seen.
//
// With `jetstream` set, what the accounts write comes by Jetstream as well (bluesky_jetstream.h).
#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "collectors/bluesky_embed.h"
#include "collectors/bluesky_jetstream.h"
#include "collectors/bluesky_post.h"
#include "collectors/bluesky_problem.h"
#include "collectors/bluesky_profile.h"
#include "collectors/bluesky_reread.h"
#include "collectors/bluesky_syntax.h"
#include "collectors/platforms.h"
#include "collectors/platforms_support.h"
#include "core/strings.h"

namespace copytaster {
namespace {

class Bluesky final : public Collector {
 public:
  explicit Bluesky(const CollectorSettings& settings)
      : endpoint_(setting(settings, "endpoint", "https://public.api.bsky.app")),
        first_pages_(number_setting(settings, "first_pages", 2, kMostPages)),
        jetstream_(settings) {
    while (endpoint_.ends_with('/')) endpoint_.pop_back();
  }

  const CollectorSpec& spec() const override { return bluesky_spec(); }
  absl::StatusOr<Account> recognise(std::string_view profile_url) const override {
    return bluesky_account(profile_url);
  }
  absl::StatusOr<HttpRequest> request(const Account& account, const Cursor& cursor) const override;
  absl::StatusOr<HttpRequest> reread(const Account& account, std::string_view native_id) const override;
  absl::StatusOr<Parsed> parse(const Account& account, const Capture& capture) const override;
  std::vector<StreamPlan> streams(std::span<const Account> accounts) const override {
    return jetstream_.streams(accounts);
  }
  absl::StatusOr<HttpRequest> open_stream(const StreamPlan& plan, const FindAccount& find,
                                          const Cursor& cursor) const override {
    return jetstream_.open_stream(plan, find, cursor);
  }
  absl::StatusOr<FrameNews> parse_frame(const FindAccount& find, const Capture& frame) const override {
    return jetstream_.parse_frame(find, frame);
  }

 private:
  HttpRequest ask(std::string_view method, std::string_view query) const;
  void read_page(const Answered& answered, Parsed* out) const;

  std::string endpoint_;
  int first_pages_;
  BlueskyJetstream jetstream_;
};

HttpRequest Bluesky::ask(std::string_view method, std::string_view query) const {
  HttpRequest request;
  request.url = str_cat(endpoint_, "/xrpc/", method, "?", query);
  request.headers.push_back({"Accept", "application/json"});
  return request;
}

absl::StatusOr<HttpRequest> Bluesky::request(const Account& account, const Cursor& cursor) const {
  const Position position(cursor.position());
  const std::string_view did = position.get("did");
  std::string query = str_cat("actor=", percent_encode(is_did(did) ? did : account.handle()),
                              "&limit=50&filter=posts_with_replies");
  if (const std::string_view page = position.get("cur"); !page.empty()) {
    str_append(&query, "&cursor=", percent_encode(page));
  }
  return ask("app.bsky.feed.getAuthorFeed", query);
}

absl::StatusOr<HttpRequest> Bluesky::reread(const Account& account, std::string_view native_id) const {
  const auto uri = parse_at_uri(native_id);
  if (!uri || uri->collection != "app.bsky.feed.post")
    return absl::UnimplementedError("only posts can be asked again");
  return ask("app.bsky.feed.getPosts", bluesky_reread_query(account, native_id));
}

// What a page showed.
struct Shown {
  KnownPosts head;          // of this poll so far, newest first
  std::int64_t newest = 0;  // Unix milliseconds
  bool met_known = false;   // something the last poll saw, or older than all it saw
  std::size_t entries = 0;
};

bool is_actor(Json who, std::string_view actor) {
  return who["did"].view() == actor || equals_ignore_case(who["handle"].view(), actor);
}

// An author's feed holds the author's posts and reposts; another's post that says not why it stands there
// would be put into the official's mouth.
absl::StatusOr<Item> own_item(Json entry, std::string_view actor) {
  const Json by = entry["reason"]["by"];
  const Json who = by.is_object() ? by : entry["post"]["author"];
  // "handle.invalid": the app view could not resolve it just now; the DID is not known yet then.
  const bool cannot_tell =
      !who.is_object() || actor.empty() || (!is_did(actor) && who["handle"].view() == "handle.invalid");
  if (cannot_tell || is_actor(who, actor)) return bluesky_item(entry);
  return absl::InvalidArgumentError(
      str_cat("it stands in the feed of ", actor, " and is by ", plain_line(who["did"].view())));
}

Shown read_entries(const Answered& answered, const Position& before, Parsed* out) {
  const std::string_view did = before.get("did");
  std::string_view actor;  // empty: anybody's, what a person hands in
  if (answered.capture.purpose() == PAGE) actor = did.empty() ? answered.account.handle() : did;
  const KnownPosts known(before.get("known"));
  const std::int64_t top = before.time("top");
  Shown shown{.head = KnownPosts(before.get("head")), .newest = std::max(before.time("newtop"), top)};
  answered.document.root()["feed"].each([&](Json entry) {
    const std::string key = bluesky_entry_key(entry);
    const bool is_known = known.contains(key);
    const absl::Time when = bluesky_feed_time(entry);
    shown.head.add(key);
    ++shown.entries;
    if (!bluesky_is_pinned(entry) && when != absl::InfinitePast()) {
      shown.newest = std::max(shown.newest, absl::ToUnixMillis(when));
      shown.met_known = shown.met_known || is_known || (top != 0 && absl::ToUnixMillis(when) < top);
    }
    if (!is_known) (void)take_post(answered, entry, entry["post"]["uri"].view(), own_item(entry, actor), out);
  });
  return shown;
}

void Bluesky::read_page(const Answered& answered, Parsed* out) const {
  const Position before(answered.capture.cursor().position());
  Shown shown = read_entries(answered, before, out);
  const bool first_contact = before.get("known").empty();
  const int pages = before.number("pages", 0) + 1;
  const bool enough = first_contact ? pages >= first_pages_ : shown.met_known;
  const std::string_view page = answered.document.root()["cursor"].view();
  Position next("");
  next.set("did", before.get("did"));
  if (shown.entries == 0 || page.empty() || enough || page == before.get("cur")) {
    shown.head.add_all(KnownPosts(before.get("known")));
    next.set("known", std::string_view(shown.head.text()));
    next.set("top", shown.newest);
  } else {
    next.set("known", before.get("known"));
    next.set("top", before.get("top"));
    next.set("cur", page);
    next.set("head", std::string_view(shown.head.text()));
    next.set("newtop", shown.newest);
    next.set("pages", std::int64_t{pages});
    out->more = true;
  }
  out->next.set_position(next.text());
}

// What the account is called now: by its own posts, or by its reposts.
Account profile_in(Json feed, std::string_view actor) {
  Account profile;
  feed.each([&](Json entry) {
    for (const Json who : {entry["post"]["author"], entry["reason"]["by"]}) {
      if (!is_actor(who, actor) || !profile.title().empty()) continue;
      const Author author = bluesky_author(who);
      profile.set_title(author.name());
      profile.set_handle(author.handle());
      profile.set_url(author.url());
      // What a stream's messages do not tell: it is read with these.
      auto& details = *profile.mutable_details();
      details["did"] = who["did"].text();
      if (!author.handle().empty()) details["handle"] = author.handle();
      if (!author.name().empty()) details["name"] = author.name();
    }
  });
  return profile;
}

// From the first answer on the account is asked for by its DID.
void remember_did(const Account& account, Parsed* out) {
  const auto found = out->profile.details().find("did");
  if (found == out->profile.details().end() || !is_did(found->second) || is_did(account.handle())) return;
  Position next(out->next.position());
  if (!next.get("did").empty()) return;
  next.set("did", std::string_view(found->second));
  out->next.set_position(next.text());
}

absl::StatusOr<Parsed> Bluesky::parse(const Account& account, const Capture& capture) const {
  auto document = JsonDocument::parse(capture.body());
  if (!document.ok()) {
    if (capture.status() >= 300) return bluesky_failure(capture, Json());
    return document.status();
  }
  const Json root = document->root();
  if (capture.status() >= 300 || root["error"].is_string()) return bluesky_failure(capture, root);
  Parsed out;
  out.next = capture.cursor();
  const Answered answered{account, capture, *document};
  const auto read = [&](Json post) {
    (void)take_post(answered, post, post["uri"].view(), bluesky_item(post), &out);
  };
  if (root["feed"].is_array()) {
    read_page(answered, &out);
    const std::string known_did(Position(capture.cursor().position()).get("did"));
    out.profile = profile_in(root["feed"], known_did.empty() ? account.handle() : known_did);
    remember_did(account, &out);
  } else if (root["posts"].is_array()) {
    root["posts"].each(read);
    if (capture.purpose() == REREAD) bluesky_note_missing(capture, root["posts"], &out);
  } else if (root["records"].is_array()) {
    root["records"].each(read);
  } else if (root["thread"]["post"].is_object()) {
    read(root["thread"]["post"]);
  } else if (root["post"].is_object() || root["uri"].is_string()) {
    read(root);
  } else {
    return absl::InvalidArgumentError("neither a feed nor posts");
  }
  sort_items(&out.items);
  return out;
}

}  // namespace

const CollectorSpec& bluesky_spec() {
  static const CollectorSpec spec = {
      .name = "bluesky",
      .label = "Bluesky",
      .summary = "Posts, replies and reposts of a Bluesky account, from the public app view.",
      .version = 3,
      .url_shapes = {"https://bsky.app/profile/HANDLE", "https://bsky.app/profile/DID"},
      .fields =
          {
              {.name = "endpoint",
               .help = "The app view that is asked.",
               .default_value = "https://public.api.bsky.app",
               .kind = FieldKind::kServer},
              {.name = "first_pages",
               .help = "How many pages of 50 posts are read when an account is seen for the first time.",
               .default_value = "2",
               .kind = FieldKind::kCount},
              {.name = "jetstream",
               .help = "A Jetstream server whose stream is read as well, e.g. "
                       "wss://jetstream2.us-east.bsky.network; empty: only polling.",
               .default_value = ""},
              {.name = "jetstream_version",
               .help = "Which of the stream's two forms that server is asked for: 1 or 2.",
               .default_value = "1",
               .kind = FieldKind::kName},
              {.name = "zstd_dictionary",
               .help = "The full path of that version's zstd dictionary, for a smaller stream; empty: it is "
                       "not compressed.",
               .default_value = ""},
          },
      .politest_interval = absl::Minutes(1),
      .limits = "3000 requests in 5 minutes an IP address (docs.bsky.app/docs/advanced-guides/rate-limits)",
      .budget = {3000, absl::Minutes(5)},
  };
  return spec;
}

std::unique_ptr<Collector> make_bluesky(const CollectorSettings& settings) {
  return std::make_unique<Bluesky>(settings);
}

}  // namespace copytaster

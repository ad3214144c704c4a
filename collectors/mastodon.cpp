// Mastodon and what speaks its API (GoToSocial, Pleroma, Friendica …), by polling the account's home
// server. https://docs.joinmastodon.org/methods/accounts/
//
// Cursor: empty → look the account's id up. {id} → first contact: the newest page, then older ones by
// Link rel=next up to first_pages ({id, top, pages, older}). {id, since} → walk forward with min_id until
// an empty page; since_id would give the newest page and skip what lies between.
//
// With `stream` set, the user stream of token_host is read as well (mastodon_stream.h).
#include <memory>
#include <string>
#include <utility>

#include "collectors/mastodon_profile.h"
#include "collectors/mastodon_status.h"
#include "collectors/mastodon_stream.h"
#include "collectors/platforms.h"
#include "collectors/platforms_support.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"

namespace copytaster {
namespace {

bool same_site(std::string_view a, std::string_view b) {
  const auto below = [](std::string_view name, std::string_view parent) {
    return name.size() > parent.size() && name.ends_with(parent) &&
           name[name.size() - parent.size() - 1] == '.';
  };
  return a == b || below(a, b) || below(b, a);
}

struct Home {
  std::string scheme = "https";
  std::string host;  // with port
};

class Mastodon final : public Collector {
 public:
  explicit Mastodon(const CollectorSettings& settings)
      : token_(setting(settings, "token", "")),
        token_host_(ascii_lower(setting(settings, "token_host", ""))),
        first_pages_(number_setting(settings, "first_pages", 2, kMostPages)),
        stream_(settings) {}

  const CollectorSpec& spec() const override { return mastodon_spec(); }
  absl::StatusOr<Account> recognise(std::string_view profile_url) const override {
    return mastodon_account(profile_url);
  }
  absl::StatusOr<HttpRequest> request(const Account& account, const Cursor& cursor) const override;
  absl::StatusOr<HttpRequest> reread(const Account& account, std::string_view native_id) const override;
  absl::StatusOr<Parsed> parse(const Account& account, const Capture& capture) const override;
  std::vector<StreamPlan> streams(std::span<const Account> accounts) const override {
    return stream_.streams(accounts);
  }
  absl::StatusOr<HttpRequest> open_stream(const StreamPlan& plan, const FindAccount& /*find*/,
                                          const Cursor& /*cursor*/) const override {
    return stream_.open_stream(plan);
  }
  absl::StatusOr<FrameNews> parse_frame(const FindAccount& find, const Capture& frame) const override {
    return stream_.parse_frame(find, frame);
  }

 private:
  absl::StatusOr<HttpRequest> ask(std::string url, std::string_view host) const;
  absl::StatusOr<Parsed> failure(const Capture& capture, Json root) const;
  void step(const Capture& capture, Json statuses, Parsed* out) const;

  std::string token_;
  std::string token_host_;
  int first_pages_;
  MastodonStream stream_;
};

// Where the account lives: as recognised, or where its server sent us (Position "host").
Home home_of(const Account& account, const Position& position) {
  Home home;
  const auto& details = account.details();
  if (auto found = details.find("host"); found != details.end()) home.host = found->second;
  if (auto found = details.find("scheme"); found != details.end()) home.scheme = found->second;
  if (!position.get("host").empty()) home.host = std::string(position.get("host"));
  return home;
}

absl::StatusOr<HttpRequest> Mastodon::ask(std::string url, std::string_view host) const {
  if (!token_.empty() && token_host_.empty()) {
    return absl::FailedPreconditionError(
        "[collector.mastodon] token_file needs token_host: the one server it is for");
  }
  HttpRequest request;
  request.url = std::move(url);
  request.headers.push_back({"Accept", "application/json"});
  // A token is one server's: sent to any other it would be given away.
  if (!token_.empty() && ascii_lower(host) == token_host_) request.authorization = str_cat("Bearer ", token_);
  return request;
}

absl::StatusOr<HttpRequest> Mastodon::request(const Account& account, const Cursor& cursor) const {
  const Position position(cursor.position());
  const Home home = home_of(account, position);
  if (home.host.empty()) return absl::InvalidArgumentError(str_cat("no host in account ", account.id()));
  const std::string api = str_cat(home.scheme, "://", home.host, "/api/v1/accounts/");
  if (position.get("id").empty()) {
    const std::string user = account.handle().substr(0, account.handle().find('@'));
    return ask(str_cat(api, "lookup?acct=", percent_encode(user)), home.host);
  }
  if (const auto older = parse_url(position.get("older"));
      older && origin_of(*older) == str_cat(home.scheme, "://", home.host)) {
    return ask(std::string(position.get("older")), home.host);
  }
  std::string url = str_cat(api, percent_encode(position.get("id")), "/statuses?limit=40");
  if (const std::string_view since = position.get("since"); !since.empty()) {
    str_append(&url, "&min_id=", percent_encode(since));
  }
  return ask(std::move(url), home.host);
}

absl::StatusOr<HttpRequest> Mastodon::reread(const Account& account, std::string_view native_id) const {
  // A server's id of its own account's post ends the post's uri; of other servers' posts (and bridges')
  // it is not known.
  std::string_view uri = native_id;
  consume_suffix(&uri, "/activity");
  const auto url = parse_url(uri);
  const Home home = home_of(account, Position(""));
  const std::string_view host_name = std::string_view(home.host).substr(0, home.host.find(':'));
  if (!url || !same_site(url->host, host_name)) {
    return absl::UnimplementedError("the post's uri is not the home server's");
  }
  const std::vector<std::string> path = path_segments(*url);
  if (path.size() < 4 || path[path.size() - 2] != "statuses" || !is_mastodon_name(path.back())) {
    return absl::UnimplementedError("the post's uri does not end in its server's id");
  }
  const std::string origin = origin_of(*url);
  return ask(str_cat(origin, "/api/v1/statuses/", percent_encode(path.back())),
             origin.substr(url->scheme.size() + 3));
}

absl::StatusOr<Parsed> Mastodon::failure(const Capture& capture, Json root) const {
  const std::string said = plain_line(root["error"].view());
  Parsed out;
  out.next = capture.cursor();
  const int status = capture.status();
  if (capture.purpose() == REREAD) {
    // Only the API's own words prove it: a proxy's or a parked domain's 404 page says nothing about a post.
    if ((status == 404 || status == 410) && !said.empty()) {
      add_deletion(&out, "mastodon", capture, str_cat("HTTP ", status, " on the status itself: ", said));
      return out;
    }
    if (status == 401 || status == 403 || status == 422) return out;  // cannot be read now: unknown
  }
  if (status == 429 && header_of(capture, "retry-after").empty()) {
    if (google::protobuf::Timestamp reset; set_time(&reset, header_of(capture, "x-ratelimit-reset"))) {
      out.wait = wait_until(capture, to_time(reset));
      return out;
    }
  }
  if (status == 401 || status == 422) {
    return absl::UnauthenticatedError(str_cat("HTTP ", status, ": ", said,
                                              " (this server answers only with a token: ",
                                              "set token_file and token_host in [collector.mastodon])"));
  }
  if ((status == 404 || status == 410) && said.empty()) {
    return absl::UnavailableError(str_cat("HTTP ", status, " that is not the API's own"));
  }
  if (absl::Status error = http_failure(capture, said); !error.ok()) return error;
  return absl::UnavailableError(str_cat("HTTP ", status, " with an error: ", said));
}

void read_statuses(const Answered& answered, Parsed* out) {
  // Handles have the host of the address, also where another one answers for it.
  const std::string host = home_of(answered.account, Position("")).host;
  const Json root = answered.document.root();
  const auto read = [&](Json status) {
    (void)take_post(answered, status, status["uri"].view(), mastodon_item(status, host), out);
  };
  if (root.is_array()) {
    out->items.reserve(root.size());
    root.each(read);
    out->profile = mastodon_profile(root.at(0)["account"], host);
  } else {
    read(root);
  }
  sort_items(&out->items);
}

absl::StatusOr<Parsed> Mastodon::parse(const Account& account, const Capture& capture) const {
  auto document = JsonDocument::parse(capture.body());
  if (!document.ok()) {
    if (capture.status() >= 300) return failure(capture, Json());
    return document.status();
  }
  const Json root = document->root();
  const bool is_page = root.is_array();
  if (capture.status() >= 300 || (!is_page && root["error"].exists())) return failure(capture, root);

  Parsed out;
  out.next = capture.cursor();
  if (!is_page && root["acct"].is_string() && !root["content"].exists()) {
    const auto final = parse_url(capture.final_url());
    Position next("");
    next.set("id", root["id"].id());
    const std::string answered = final ? origin_of(*final).substr(final->scheme.size() + 3) : "";
    // The domain in an address may only point to the server (its web address): stay with the server.
    if (!answered.empty() && answered != home_of(account, next).host)
      next.set("host", std::string_view(answered));
    if (next.get("id").empty()) return absl::InvalidArgumentError("an account without id");
    out.profile = mastodon_profile(root, home_of(account, Position("")).host);
    out.next.set_position(next.text());
    out.more = true;
    return out;
  }
  if (!is_page && !root["uri"].exists()) return absl::InvalidArgumentError("neither statuses nor an account");
  if (capture.purpose() == REREAD && root["uri"].view() != capture.native_id()) {
    return absl::InvalidArgumentError(
        str_cat("asked for ", capture.native_id(), ", answered ", root["uri"].view()));
  }
  read_statuses({account, capture, *document}, &out);
  if (is_page && capture.purpose() == PAGE) step(capture, root, &out);
  return out;
}

// Where to stand after a page. Statuses that were refused count too, or the walk would stop before them.
void Mastodon::step(const Capture& capture, Json statuses, Parsed* out) const {
  const Position before(capture.cursor().position());
  Position next("");
  next.set("id", before.get("id"));
  next.set("host", before.get("host"));
  std::string newest(before.get("since").empty() ? before.get("top") : before.get("since"));
  const std::string reached = newest;
  std::size_t seen = 0;
  statuses.each([&](Json status) {
    ++seen;
    if (std::string id = status["id"].id(); mastodon_id_less(newest, id)) newest = std::move(id);
  });
  if (!before.get("since").empty()) {
    next.set("since", std::string_view(newest));
    // A server that ignored min_id would give the same page for ever.
    out->more = seen > 0 && newest != reached;
  } else {
    const int pages = before.number("pages", 0) + 1;
    const auto older = parse_url(link_target(header_of(capture, "link"), "next"));
    const auto asked = parse_url(capture.url());
    // Followed as it stands (servers add parameters of their own), but never to another server.
    if (seen > 0 && pages < first_pages_ && older && asked && origin_of(*older) == origin_of(*asked)) {
      next.set("top", std::string_view(newest));
      next.set("pages", std::int64_t{pages});
      next.set("older", std::string_view(link_target(header_of(capture, "link"), "next")));
      out->more = true;
    } else {
      next.set("since", std::string_view(newest));
    }
  }
  out->next.set_position(next.text());
  google::protobuf::Timestamp reset;
  if (header_of(capture, "x-ratelimit-remaining") == "0" &&
      set_time(&reset, header_of(capture, "x-ratelimit-reset"))) {
    out->wait = wait_until(capture, to_time(reset));
  }
}

}  // namespace

const CollectorSpec& mastodon_spec() {
  static const CollectorSpec spec = {
      .name = "mastodon",
      .label = "Mastodon",
      .summary = "Posts of a Mastodon account, read from its home server.",
      .version = 2,
      .url_shapes = {"https://HOST/@USER", "https://HOST/users/USER", "@USER@HOST"},
      .fields =
          {
              {.name = "token_file",
               .help = "A file with an access token, for a server that answers nobody without one.",
               .default_value = "",
               .secret = true},
              {.name = "token_host",
               .help = "The one server that the token is sent to.",
               .default_value = "",
               .kind = FieldKind::kName},
              {.name = "first_pages",
               .help = "How many pages of 40 posts are read when an account is seen for the first time.",
               .default_value = "2",
               .kind = FieldKind::kCount},
              {.name = "stream",
               .help =
                   "The server of token_host's user stream, e.g. wss://social.example: it brings only the "
                   "accounts that the token's user follows; empty: only polling.",
               .default_value = ""},
          },
      .politest_interval = absl::Minutes(1),
      .limits = "300 requests in 5 minutes an IP address and server (docs.joinmastodon.org/api/rate-limits)",
      .budget = {300, absl::Minutes(5)},
  };
  return spec;
}

std::unique_ptr<Collector> make_mastodon(const CollectorSettings& settings) {
  return std::make_unique<Mastodon>(settings);
}

}  // namespace copytaster

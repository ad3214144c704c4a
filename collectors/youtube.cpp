// YouTube channels: without a key by the channel's Atom feed (its 15 newest videos), with a key by the Data
// API (all, 50 a page; a request costs one of 10,000 units a day).
//
// Cursor: empty, and no channel id in the address → ask which channel it is, once. {channel, known} → the
// newest videos; `known` holds what was shown last, so that a poll that finds nothing new hands on nothing.
// {…, token, pages, fresh} → the API's further pages, until one shows a known video.
#include <memory>
#include <string>
#include <utility>

#include "collectors/platforms.h"
#include "collectors/platforms_support.h"
#include "collectors/youtube_api.h"
#include "collectors/youtube_names.h"
#include "collectors/youtube_video.h"
#include "core/status.h"
#include "core/strings.h"

namespace copytaster {
namespace {

constexpr std::string_view kApi = "https://www.googleapis.com/youtube/v3/";
constexpr int kMostCatchUp = 10;  // pages of 50

std::string detail(const Account& account, const std::string& name) {
  const auto found = account.details().find(name);
  return found == account.details().end() ? "" : found->second;
}

std::string channel_of(const Account& account, const Position& position) {
  std::string channel(position.get("channel"));
  if (channel.empty()) channel = detail(account, "channel");
  return is_youtube_channel_id(channel) ? channel : "";
}

class Youtube final : public Collector {
 public:
  explicit Youtube(const CollectorSettings& settings)
      : key_(setting(settings, "key", "")),
        first_pages_(number_setting(settings, "first_pages", 1, kMostPages)) {}

  const CollectorSpec& spec() const override { return youtube_spec(); }
  absl::StatusOr<Account> recognise(std::string_view profile_url) const override {
    return youtube_account(profile_url);
  }
  absl::StatusOr<HttpRequest> request(const Account& account, const Cursor& cursor) const override;
  absl::StatusOr<HttpRequest> reread(const Account& account, std::string_view native_id) const override;
  absl::StatusOr<Parsed> parse(const Account& account, const Capture& capture) const override;

 private:
  [[nodiscard]] HttpRequest ask_api(std::string_view what) const;
  [[nodiscard]] HttpRequest ask_which_channel(const Account& account) const;
  absl::StatusOr<Parsed> parse_api(const Answered& answered) const;
  void step(const Position& before, std::string_view token, const std::vector<Item>& all, Parsed* out) const;

  std::string key_;
  int first_pages_;
};

HttpRequest ask(std::string url, std::string_view accept) {
  HttpRequest request;
  request.url = std::move(url);
  request.headers.push_back({"Accept", std::string(accept)});
  return request;
}

// The API takes a key in the address or in a header; addresses are kept without_secrets.
HttpRequest Youtube::ask_api(std::string_view what) const {
  return ask(str_cat(kApi, what, "&key=", percent_encode(key_)), "application/json");
}

HttpRequest Youtube::ask_which_channel(const Account& account) const {
  const std::string handle = detail(account, "handle");
  const std::string user = detail(account, "user");
  if (!key_.empty() && !handle.empty()) {
    return ask_api(str_cat("channels?part=id,snippet&forHandle=", percent_encode(handle)));
  }
  if (!key_.empty() && !user.empty()) {
    return ask_api(str_cat("channels?part=id,snippet&forUsername=", percent_encode(user)));
  }
  return ask(account.profile_url(), "text/html");
}

absl::StatusOr<HttpRequest> Youtube::request(const Account& account, const Cursor& cursor) const {
  const Position position(cursor.position());
  const std::string channel = channel_of(account, position);
  if (channel.empty()) {
    if (!is_http_url(account.profile_url())) {
      return absl::InvalidArgumentError(str_cat("no channel in account ", account.id()));
    }
    return ask_which_channel(account);
  }
  if (key_.empty()) {
    return ask(str_cat("https://www.youtube.com/feeds/videos.xml?channel_id=", channel),
               "application/atom+xml, application/xml;q=0.9, text/xml;q=0.9");
  }
  std::string what = str_cat("playlistItems?part=snippet,contentDetails&maxResults=50&playlistId=",
                             percent_encode(uploads_of(channel)));
  if (const auto token = position.get("token"); !token.empty()) {
    str_append(&what, "&pageToken=", percent_encode(token));
  }
  return ask_api(what);
}

absl::StatusOr<HttpRequest> Youtube::reread(const Account&, std::string_view native_id) const {
  if (key_.empty()) return absl::UnimplementedError("without a key no single video can be asked for");
  if (!is_youtube_video_id(native_id)) return absl::InvalidArgumentError("not a video's id");
  return ask_api(str_cat("videos?part=snippet,statistics&id=", percent_encode(native_id)));
}

// ---- what comes back

std::string mark_of(const Item& item) { return str_cat(item.native_id(), " ", item.content_hash()); }

// The videos as items, oldest first. A feed's counts move with every look: they make no news.
std::vector<Item> take_videos(const std::vector<YoutubeVideo>& videos, const Account& account,
                              const Capture& capture, Parsed* out) {
  std::vector<Item> items;
  for (const YoutubeVideo& video : videos) {
    auto item = youtube_item(video);
    if (!item.ok()) {
      refuse_post(out, account, capture, plain_line(video.id), from_absl(item.status().message()),
                  str_cat(video.title, "\n\n", video.description));
      continue;
    }
    finish_item(&*item, account, capture);
    items.push_back(*std::move(item));
  }
  sort_items(&items);
  return items;
}

// Two marks a video: that it is known, and as what.
KnownPosts marks_of(const std::vector<Item>& items) {
  KnownPosts out;
  for (std::size_t i = items.size(); i-- > 0;) {
    out.add(items[i].native_id());
    out.add(mark_of(items[i]));
  }
  return out;
}

void keep_news(const KnownPosts& known, std::vector<Item> all, Parsed* out) {
  for (Item& item : all) {
    if (!known.contains(mark_of(item))) out->items.push_back(std::move(item));
  }
}

absl::StatusOr<Parsed> parse_feed(const Account& account, const Capture& capture) {
  CT_ASSIGN_OR_RETURN(const YoutubeFeed feed,
                      read_youtube_feed(capture.body(), header_of(capture, "content-type")));
  Parsed out;
  out.profile.set_title(feed.title);
  const Position before(capture.cursor().position());
  const std::string channel = feed.channel_id.empty() ? channel_of(account, before) : feed.channel_id;
  if (!channel.empty()) out.profile.set_url(youtube_channel_url(channel));
  std::vector<Item> all = take_videos(feed.videos, account, capture, &out);
  Position next("");
  next.set("channel", std::string_view(channel_of(account, before)));
  // An empty feed is one of YouTube's faults as well: what was known stays known.
  next.set("known", std::string_view(all.empty() ? std::string(before.get("known")) : marks_of(all).text()));
  out.next.set_position(next.text());
  keep_news(KnownPosts(before.get("known")), std::move(all), &out);
  return out;
}

absl::StatusOr<Parsed> found_channel(const std::string& channel, Account profile) {
  if (!is_youtube_channel_id(channel)) return absl::UnavailableError("an answer that names no channel");
  Parsed out;
  Position next("");
  next.set("channel", std::string_view(channel));
  out.next.set_position(next.text());
  out.profile = std::move(profile);
  out.profile.set_url(youtube_channel_url(channel));
  out.more = true;
  return out;
}

absl::StatusOr<Parsed> read_channel_page(const Capture& capture) {
  const auto final = parse_url(capture.final_url());
  if (final && final->host.starts_with("consent.")) {
    return absl::PermissionDeniedError(
        "YouTube asks for consent before it shows the channel's page: name the channel by its id "
        "(https://www.youtube.com/channel/UC…), or set key_file in [collector.youtube]");
  }
  return found_channel(channel_id_on_page(capture.body()), {});
}

// channels.list
absl::StatusOr<Parsed> read_channel_list(Json root) {
  const Json channel = root["items"].at(0);
  if (!channel.exists()) return absl::NotFoundError("the Data API knows no channel of that name");
  Account profile;
  profile.set_title(plain_line(channel["snippet"]["title"].view()));
  profile.set_description(plain_text(channel["snippet"]["description"].view()));
  return found_channel(channel["id"].id(), std::move(profile));
}

absl::StatusOr<Parsed> Youtube::parse_api(const Answered& answered) const {
  const Json root = answered.document.root();
  if (root["error"].is_object()) return youtube_api_failure(answered.capture, root["error"]);
  CT_RETURN_IF_ERROR(http_failure(answered.capture, ""));
  const std::string_view kind = root["kind"].view();
  if (kind == "youtube#channelListResponse") return read_channel_list(root);
  const bool listed = kind == "youtube#playlistItemListResponse";
  if (!listed && kind != "youtube#videoListResponse") {
    return absl::InvalidArgumentError("neither videos nor channels of the Data API");
  }
  Parsed out;
  out.next = answered.capture.cursor();
  std::vector<YoutubeVideo> videos;
  root["items"].each([&](Json resource) {
    auto video = youtube_video_of(resource);
    if (video.ok()) return videos.push_back(*std::move(video));
    if (absl::IsNotFound(video.status())) return;
    refuse_post(&out, answered.account, answered.capture, resource["id"].id(),
                from_absl(video.status().message()), resource.raw(std::size_t{64} << 10));
  });
  std::vector<Item> all = take_videos(videos, answered.account, answered.capture, &out);
  if (answered.capture.purpose() == REREAD) {
    std::erase_if(all, [&](const Item& item) { return item.native_id() != answered.capture.native_id(); });
    const bool none = root["items"].is_array() && root["items"].size() == 0;
    if (none && root["pageInfo"]["totalResults"].number() == std::uint64_t{0}) {
      add_deletion(&out, "youtube", answered.capture,
                   "the Data API answers with no video for its id (deleted, or made private)", UNKNOWN);
    }
  }
  if (answered.capture.purpose() != PAGE) {
    out.items = std::move(all);
    return out;
  }
  const Position before(answered.capture.cursor().position());
  step(before, root["nextPageToken"].view(), all, &out);
  keep_news(KnownPosts(before.get("known")), std::move(all), &out);
  return out;
}

void Youtube::step(const Position& before, std::string_view token, const std::vector<Item>& all,
                   Parsed* out) const {
  const KnownPosts known(before.get("known"));
  const int pages = before.number("pages", 0) + 1;
  const bool first = pages <= 1;
  const std::string fresh = first ? marks_of(all).text() : std::string(before.get("fresh"));
  bool met = false;
  for (const Item& item : all) met = met || known.contains(item.native_id());
  const int most = known.empty() ? first_pages_ : kMostCatchUp;
  Position next("");
  next.set("channel", before.get("channel"));
  out->more = !met && !token.empty() && pages > 0 && pages < most && token != before.get("token");
  if (out->more) {
    next.set("known", before.get("known"));
    next.set("fresh", std::string_view(fresh));
    next.set("pages", std::int64_t{pages});
    next.set("token", token.substr(0, 512));
  } else {
    next.set("known", fresh.empty() ? before.get("known") : std::string_view(fresh));
  }
  out->next.set_position(next.text());
}

absl::StatusOr<Parsed> Youtube::parse(const Account& account, const Capture& capture) const {
  std::string_view start = std::string_view(capture.body()).substr(0, 256);
  if (start.starts_with("\xEF\xBB\xBF")) start.remove_prefix(3);
  start = strip_space(start);
  if (start.starts_with('{')) {
    const auto document = JsonDocument::parse(capture.body());
    if (document.ok()) return parse_api({account, capture, *document});
    if (capture.status() < 300) return document.status();
  }
  // 404 and 500 come and go for whole days (RSS-Bridge issue 2113, FreshRSS issue 8808): they say nothing of
  // the channel.
  if (capture.status() == 404 || capture.status() == 410) {
    return absl::UnavailableError(str_cat("HTTP ", capture.status(), ", which YouTube answers now and then"));
  }
  CT_RETURN_IF_ERROR(http_failure(capture, ""));
  if (start.starts_with("<?xml") || start.starts_with("<feed")) return parse_feed(account, capture);
  if (!channel_of(account, Position(capture.cursor().position())).empty()) {
    return absl::UnavailableError("an answer that is no feed");
  }
  return read_channel_page(capture);
}

}  // namespace

const CollectorSpec& youtube_spec() {
  static const CollectorSpec spec = {
      .name = "youtube",
      .label = "YouTube",
      .summary = "Videos of a YouTube channel, read from its feed, or through the Data API with a key.",
      .version = 1,
      .url_shapes = {"https://www.youtube.com/@HANDLE",
                     "https://www.youtube.com/channel/UCxxxxxxxxxxxxxxxxxxxxxx",
                     "https://www.youtube.com/user/NAME", "https://www.youtube.com/c/NAME"},
      .fields =
          {
              {.name = "key_file",
               .help = "A file with a key for the YouTube Data API v3; without one the feed is read.",
               .default_value = "",
               .secret = true},
              {.name = "first_pages",
               .help =
                   "With a key: how many pages of 50 videos are read when a channel is seen for the first "
                   "time.",
               .default_value = "1",
               .kind = FieldKind::kCount},
          },
      .politest_interval = absl::Minutes(10),
      .limits =
          "feed: none published; Data API: 10,000 units a day and project, one a request, given anew at "
          "midnight Pacific time (developers.google.com/youtube/v3/getting-started#quota)",
      .budget = {60, absl::Minutes(1)},
  };
  return spec;
}

std::unique_ptr<Collector> make_youtube(const CollectorSettings& settings) {
  return std::make_unique<Youtube>(settings);
}

}  // namespace copytaster

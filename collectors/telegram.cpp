// Public Telegram channels, by the preview page that t.me shows to browsers: about 20 messages, oldest first.
// A page of https://t.me/s/CHANNEL; older ones with ?before=ID, newer ones with ?after=ID.
//
// Cursor: empty → first contact: the newest page, then older ones up to first_pages ({top, before, pages}).
// {since} → walk forward with ?after= until nothing newer comes.
#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "collectors/html_outline.h"
#include "collectors/platforms.h"
#include "collectors/platforms_support.h"
#include "collectors/telegram_names.h"
#include "collectors/telegram_post.h"
#include "core/html.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/text.h"

namespace copytaster {
namespace {

constexpr std::string_view kName = "telegram";
// A post is looked for on the page that ends so many ids above it: enough of its neighbours stand on both
// sides, for a page has about 20 messages and an album takes ten ids.
constexpr std::int64_t kAbove = 15;

std::string page_of(std::string_view channel) { return str_cat("https://t.me/s/", channel); }

class Telegram final : public Collector {
 public:
  explicit Telegram(const CollectorSettings& settings)
      : first_pages_(number_setting(settings, "first_pages", 2, kMostPages)) {}

  const CollectorSpec& spec() const override { return telegram_spec(); }
  absl::StatusOr<Account> recognise(std::string_view profile_url) const override {
    return telegram_account(profile_url);
  }
  absl::StatusOr<HttpRequest> request(const Account& account, const Cursor& cursor) const override;
  absl::StatusOr<HttpRequest> reread(const Account& account, std::string_view native_id) const override;
  absl::StatusOr<Parsed> parse(const Account& account, const Capture& capture) const override;

 private:
  void step(const HtmlOutline& page, const Capture& capture, Parsed* out) const;

  int first_pages_;
};

absl::StatusOr<HttpRequest> ask(std::string url) {
  HttpRequest request;
  request.url = std::move(url);
  request.headers.push_back({"Accept", "text/html"});
  request.headers.push_back({"Accept-Language", "en"});  // for "edited" and the counts' K and M
  return request;
}

absl::StatusOr<HttpRequest> Telegram::request(const Account& account, const Cursor& cursor) const {
  if (!is_telegram_name(account.handle())) {
    return absl::InvalidArgumentError(str_cat("no channel in account ", account.id()));
  }
  const Position position(cursor.position());
  const std::string page = page_of(account.handle());
  if (const auto since = position.time("since"); since > 0) return ask(str_cat(page, "?after=", since));
  if (const auto before = position.time("before"); before > 0) return ask(str_cat(page, "?before=", before));
  return ask(page);
}

absl::StatusOr<HttpRequest> Telegram::reread(const Account&, std::string_view native_id) const {
  const auto post = telegram_post_id(native_id);
  if (!post) return absl::InvalidArgumentError("not a post's id: CHANNEL/NUMBER");
  return ask(str_cat(page_of(post->channel), "?before=", post->number + kAbove + 1));
}

// The numbers beside `wanted` on the page; 0 where there is none.
struct Neighbours {
  std::int64_t below = 0, above = 0;
  bool present = false;
};

Neighbours neighbours_of(const HtmlOutline& page, const TelegramPostId& wanted) {
  Neighbours out;
  for (const HtmlElement* message : telegram_messages(page)) {
    for (const TelegramPostId& id : telegram_ids(page, *message)) {
      if (id.channel != wanted.channel) continue;
      if (id.number == wanted.number) out.present = true;
      if (id.number < wanted.number) out.below = std::max(out.below, id.number);
      if (id.number > wanted.number) out.above = out.above == 0 ? id.number : std::min(out.above, id.number);
    }
  }
  return out;
}

void read_messages(const HtmlOutline& page, const Account& account, const Capture& capture, Parsed* out) {
  for (const HtmlElement* message : telegram_messages(page)) {
    if (is_service_message(*message)) continue;
    const std::string address = attribute_of(*message, "data-post");
    const auto id = telegram_post_id(address);
    if (capture.purpose() == REREAD && (!id || id->native_id() != capture.native_id())) continue;
    auto item = telegram_item(page, *message);
    if (!item.ok()) {
      refuse_post(out, account, capture, id ? id->native_id() : address, from_absl(item.status().message()),
                  to_valid_utf8(page.inner(*message)));
      continue;
    }
    finish_item(&*item, account, capture);
    out->items.push_back(*std::move(item));
  }
  sort_items(&out->items);
}

// The page lists what exists, in the order of the numbers. A number that is missing between two neighbours is
// gone; one behind the last might only not be shown yet.
void judge(const HtmlOutline& page, const Capture& capture, Parsed* out) {
  const auto wanted = telegram_post_id(capture.native_id());
  if (!wanted) return;
  const Neighbours at = neighbours_of(page, *wanted);
  if (at.present || at.below == 0) return;
  if (at.above > 0) {
    add_deletion(out, kName, capture,
                 str_cat("the channel's page shows ", at.below, " and ", at.above, " and no ", wanted->number,
                         " between them"));
  } else {
    add_deletion(out, kName, capture,
                 str_cat("the channel's page shows ", at.below, " as its last and no ", wanted->number),
                 UNKNOWN);
  }
}

Account profile_of(const HtmlOutline& page) {
  Account profile;
  const HtmlElement* info = page.find("tgme_channel_info");
  if (info == nullptr) return profile;
  if (const HtmlElement* title = page.find(*info, "tgme_channel_info_header_title")) {
    profile.set_title(page.line(*title));
  }
  if (const HtmlElement* name = page.find(*info, "tgme_channel_info_header_username")) {
    const std::string handle = page.line(*name);
    if (handle.starts_with('@') && is_telegram_name(handle.substr(1))) {
      profile.set_handle(handle.substr(1));
      profile.set_url(str_cat("https://t.me/", profile.handle()));
    }
  }
  if (const HtmlElement* about = page.find(*info, "tgme_channel_info_description")) {
    profile.set_description(html_to_text(page.inner(*about), "").text);
  }
  return profile;
}

bool has_older(const HtmlOutline& page) {
  return std::any_of(page.elements().begin(), page.elements().end(), [](const HtmlElement& element) {
    const bool button =
        has_class(element, "tme_messages_more") && !attribute_of(element, "data-before").empty();
    return button || (equals_ignore_case(element.name, "link") && attribute_of(element, "rel") == "prev");
  });
}

// Where to stand after a page. Service messages and refused posts count too, or the walk would stop before
// them.
void Telegram::step(const HtmlOutline& page, const Capture& capture, Parsed* out) const {
  const Position before(capture.cursor().position());
  std::int64_t newest = 0, oldest = 0;
  for (const HtmlElement* message : telegram_messages(page)) {
    for (const TelegramPostId& id : telegram_ids(page, *message)) {
      newest = std::max(newest, id.number);
      oldest = oldest == 0 ? id.number : std::min(oldest, id.number);
    }
  }
  Position next("");
  if (const std::int64_t since = before.time("since"); since > 0) {
    next.set("since", std::max(since, newest));
    // A page that did not heed ?after= would be given for ever.
    out->more = newest > since;
  } else {
    const std::int64_t top = std::max(before.time("top"), newest);
    const int pages = before.number("pages", 0) + 1;
    const bool went_back = before.time("before") <= 0 || oldest < before.time("before");
    if (oldest > 1 && went_back && pages > 0 && pages < first_pages_ && has_older(page)) {
      next.set("top", top);
      next.set("before", oldest);
      next.set("pages", std::int64_t{pages});
      out->more = true;
    } else if (top > 0) {
      next.set("since", top);
    }
  }
  out->next.set_position(next.text());
}

absl::Status answer_of(const Capture& capture) {
  const int status = capture.status();
  if (status >= 300 && status < 400) {
    return absl::PermissionDeniedError(
        str_cat("HTTP ", status, ": t.me sends readers away from the preview page, so it shows none"));
  }
  // Channels that are gone are not told so: the page of a name that nobody has looks like a private person's.
  if (status == 404 || status == 410) {
    return absl::UnavailableError(str_cat("HTTP ", status, ", which is not how t.me says anything"));
  }
  return http_failure(capture, "");
}

bool is_preview(const HtmlOutline& page) {
  return page.find("tgme_channel_history") != nullptr || page.find("tme_no_messages_found") != nullptr ||
         !telegram_messages(page).empty();
}

absl::Status no_preview(const HtmlOutline& page) {
  const bool is_theirs = page.find("tgme_page") != nullptr || page.find("tgme_body_wrap") != nullptr ||
                         page.find("tgme_page_wrap") != nullptr;
  if (!is_theirs) return absl::UnavailableError("an answer that is no page of t.me");
  return absl::PermissionDeniedError(
      "not readable: t.me shows no preview of it. It is private, restricted, a person or a group, or nobody "
      "has that name; that says nothing of its posts (open https://t.me/s/CHANNEL in a browser)");
}

absl::StatusOr<Parsed> Telegram::parse(const Account& account, const Capture& capture) const {
  CT_RETURN_IF_ERROR(answer_of(capture));
  CT_ASSIGN_OR_RETURN(const HtmlOutline page, HtmlOutline::read(capture.body()));
  if (page.cut_off()) return absl::UnavailableError("the page is cut off");
  if (!is_preview(page)) return no_preview(page);
  Parsed out;
  out.next = capture.cursor();
  read_messages(page, account, capture, &out);
  if (capture.purpose() == REREAD) {
    judge(page, capture, &out);
    return out;
  }
  out.profile = profile_of(page);
  if (capture.purpose() == PAGE) step(page, capture, &out);
  return out;
}

}  // namespace

const CollectorSpec& telegram_spec() {
  static const CollectorSpec spec = {
      .name = "telegram",
      .label = "Telegram",
      .summary = "Posts of a public Telegram channel, read from its preview page at t.me.",
      .version = 2,
      .url_shapes = {"https://t.me/CHANNEL", "https://t.me/s/CHANNEL", "https://telegram.me/CHANNEL"},
      .fields =
          {
              {.name = "first_pages",
               .help = "How many pages of about 20 posts are read when a channel is seen for the first time.",
               .default_value = "2",
               .kind = FieldKind::kCount},
          },
      .politest_interval = absl::Minutes(5),
      .limits =
          "none published for t.me: kept to a request a second; signed media addresses last about two "
          "days (RSSHub issue 8031)",
      .budget = {60, absl::Minutes(1)},
  };
  return spec;
}

std::unique_ptr<Collector> make_telegram(const CollectorSettings& settings) {
  return std::make_unique<Telegram>(settings);
}

}  // namespace copytaster

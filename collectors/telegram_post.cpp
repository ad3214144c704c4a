#include "collectors/telegram_post.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "collectors/platforms_support.h"
#include "collectors/telegram_media.h"
#include "collectors/telegram_text.h"
#include "core/html.h"
#include "core/item.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/url.h"

namespace copytaster {
namespace {

constexpr std::string_view kName = "telegram";

bool is_text(const HtmlElement& element) {
  return has_class(element, "tgme_widget_message_text") && !has_class(element, "js-message_reply_text");
}

// A post, a channel or a user that a link names.
void set_related(std::string_view href, Related* out) {
  if (const auto post = telegram_post_of(href)) {
    out->set_item_id(item_id(kName, post->native_id()));
    out->set_url(post->url());
  } else if (is_http_url(href)) {
    out->set_url(std::string(href));
  }
  if (const std::string name = telegram_name_of(href); !name.empty()) {
    out->mutable_author()->set_handle(name);
    out->mutable_author()->set_url(str_cat("https://t.me/", name));
  }
}

class MessageReader {
 public:
  MessageReader(const HtmlOutline& page, const HtmlElement& message, TelegramPostId post)
      : page_(page), message_(message), post_(std::move(post)) {
    item_.set_platform(std::string(kName));
    item_.set_native_id(post_.native_id());
    item_.set_url(post_.url());
  }

  absl::StatusOr<Item> read() {
    if (!is_valid_utf8(page_.inner(message_))) return absl::InvalidArgumentError("its bytes are not UTF-8");
    if (!set_date()) return absl::InvalidArgumentError("not a post: it has no date");
    set_author();
    const auto& elements = page_.elements();
    for (std::uint32_t i = page_.index_of(message_) + 1; i < message_.after;) {
      i = part(elements[i]) ? elements[i].after : i + 1;
    }
    if (says_nothing()) return unshown();
    if (!unshown_.empty()) add_unshown_medium(unshown_, post_, &item_);
    pass_on();
    return std::move(item_);
  }

 private:
  // True: nothing inside it is left to read.
  bool part(const HtmlElement& element) {
    if (has_class(element, "tgme_widget_message_reply")) {
      set_reply(element);
      return true;
    }
    if (is_text(element)) {
      if (holds_text(element)) return false;
      append_telegram_text(telegram_text(page_.inner(element), post_.channel), &item_);
      return true;
    }
    if (has_class(element, "tgme_widget_message_poll")) {
      append_telegram_text(telegram_poll(page_, element), &item_);
      return true;
    }
    if (has_class(element, "tgme_widget_message_contact_wrap")) {
      append_telegram_text(html_to_text(page_.inner(element), ""), &item_);
      return true;
    }
    if (has_class(element, "tgme_widget_message_forwarded_from")) {
      forwarded_ = &element;
      return true;
    }
    if (has_class(element, "tgme_widget_message_views")) {
      item_.mutable_engagement()->set_views(telegram_count(page_.line(element)));
      return true;
    }
    if (has_class(element, "message_media_not_supported_label")) {
      unshown_ = page_.line(element);
      return true;
    }
    return add_telegram_part(page_, element, post_, &item_);
  }

  // An album's text stands twice, one element in the other: the inner one is it.
  [[nodiscard]] bool holds_text(const HtmlElement& outer) const {
    bool holds = false;
    page_.each(outer, [&](const HtmlElement& element) { holds = holds || is_text(element); });
    return holds;
  }

  // Not the length of a video, which is a <time> too.
  bool set_date() {
    const HtmlElement* link = page_.find(message_, "tgme_widget_message_date");
    const HtmlElement* time = link == nullptr ? nullptr : page_.find_tag(*link, "time");
    return time != nullptr && set_time(item_.mutable_created_at(), attribute_of(*time, "datetime"));
  }

  // The channel; where a post is signed, who signed it, in the channel's name.
  void set_author() {
    Author* author = item_.mutable_author();
    author->set_handle(post_.channel);
    author->set_url(str_cat("https://t.me/", post_.channel));
    if (const HtmlElement* owner = page_.find(message_, "tgme_widget_message_owner_name")) {
      author->set_name(page_.line(*owner));
    }
    const HtmlElement* meta = page_.find(message_, "tgme_widget_message_meta");
    if (meta == nullptr) return;
    if (const HtmlElement* signature = page_.find(*meta, "tgme_widget_message_from_author")) {
      author->set_name(page_.line(*signature));
    }
  }

  // The words of the other post are cut short here, and "Photo" or "Video" stands where it has none.
  void set_reply(const HtmlElement& link) {
    Related* reply = item_.mutable_reply_to();
    set_related(attribute_of(link, "href"), reply);
    if (const HtmlElement* author = page_.find(link, "tgme_widget_message_author_name")) {
      reply->mutable_author()->set_name(page_.line(*author));
    }
    if (const HtmlElement* text = page_.find(link, "tgme_widget_message_text")) {
      reply->set_text(telegram_text(page_.inner(*text), post_.channel).text);
    }
  }

  [[nodiscard]] bool says_nothing() const {
    return item_.text().empty() && item_.media().empty() && item_.links().empty();
  }

  [[nodiscard]] absl::Status unshown() const {
    if (unshown_.empty()) return absl::InvalidArgumentError("a post without anything that t.me shows");
    return absl::InvalidArgumentError(str_cat("a post that Telegram shows in its apps only: ", unshown_));
  }

  // A forwarded message is its origin's: a channel's post, a user's, or of somebody who hides.
  void pass_on() {
    if (forwarded_ == nullptr) return;
    Related* origin = item_.mutable_repost_of();
    if (const HtmlElement* name = page_.find(*forwarded_, "tgme_widget_message_forwarded_from_name")) {
      set_related(attribute_of(*name, "href"), origin);
      origin->mutable_author()->set_name(page_.line(*name));
    }
    origin->set_text(std::move(*item_.mutable_text()));
    *origin->mutable_media() = std::move(*item_.mutable_media());
    item_.clear_text();
    item_.clear_facets();
    item_.clear_media();
  }

  const HtmlOutline& page_;
  const HtmlElement& message_;
  TelegramPostId post_;
  Item item_;
  const HtmlElement* forwarded_ = nullptr;
  std::string unshown_;  // why a part of it is not on the page
};

}  // namespace

std::vector<const HtmlElement*> telegram_messages(const HtmlOutline& page) {
  std::vector<const HtmlElement*> out;
  const auto& elements = page.elements();
  for (std::uint32_t i = 0; i < elements.size();) {
    const bool found =
        has_class(elements[i], "tgme_widget_message") && !attribute_of(elements[i], "data-post").empty();
    if (found) out.push_back(&elements[i]);
    i = found ? elements[i].after : i + 1;
  }
  return out;
}

bool is_service_message(const HtmlElement& message) { return has_class(message, "service_message"); }

std::vector<TelegramPostId> telegram_ids(const HtmlOutline& page, const HtmlElement& message) {
  std::vector<TelegramPostId> out;
  const auto own = telegram_post_id(attribute_of(message, "data-post"));
  if (!own) return out;
  out.push_back(*own);
  page.each(message, [&](const HtmlElement& element) {
    if (!has_class(element, "tgme_widget_message_photo_wrap") &&
        !has_class(element, "tgme_widget_message_video_player")) {
      return;
    }
    const auto other = telegram_post_of(attribute_of(element, "href"));
    if (other && other->channel == own->channel) out.push_back(*other);
  });
  return out;
}

absl::StatusOr<Item> telegram_item(const HtmlOutline& page, const HtmlElement& message) {
  const std::string address = attribute_of(message, "data-post");
  auto post = telegram_post_id(address);
  if (!post) {
    return absl::InvalidArgumentError(
        str_cat("not a post: its address is ", address.substr(0, utf8_floor(address, 60))));
  }
  return MessageReader(page, message, *std::move(post)).read();
}

std::uint64_t telegram_count(std::string_view text) {
  text = strip_space(text);
  if (text.empty()) return 0;
  double factor = 1;
  switch (text.back()) {
    case 'K':
      factor = 1e3;
      break;
    case 'M':
      factor = 1e6;
      break;
    case 'B':
      factor = 1e9;
      break;
    default:
      break;
  }
  if (factor > 1) text.remove_suffix(1);
  if (text.find_first_not_of("0123456789.") != std::string_view::npos) return 0;
  const auto number = parse_number<double>(text);
  return number && *number >= 0 && *number < 1e9 ? static_cast<std::uint64_t>(std::llround(*number * factor))
                                                 : 0;
}

}  // namespace copytaster

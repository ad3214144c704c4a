// Pages of a channel as t.me shows them, for tests of the Telegram collector.
#pragma once

#include <string>
#include <string_view>

#include "collectors/platforms.h"
#include "core/strings.h"
#include "tests/collectors/collector_world.h"

namespace copytaster::telegram_world {

inline constexpr std::string_view kSprite =
    R"~(<i class="emoji" style="background-image:url('//telegram.org/img/emoji/40/F09F918D.png')"><b>👍</b></i>)~";

inline std::string text(std::string_view html) {
  return str_cat(R"~(<div class="tgme_widget_message_text js-message_text" dir="auto">)~", html, "</div>");
}

inline std::string photo(std::string_view id, std::string_view file) {
  return str_cat(R"~(<a class="tgme_widget_message_photo_wrap 1 2" href="https://t.me/lahodyn_rada/)~", id,
                 R"~(" style="width:800px;background-image:url('https://cdn.example/)~", file,
                 R"~(')"><div class="tgme_widget_message_photo" style="padding-top:66%"></div></a>)~");
}

// Of a video with its file when there is a `source`.
inline std::string video(std::string_view source, std::string_view label) {
  const std::string tag =
      source.empty() ? "" : str_cat(R"~(<video src="https://cdn.example/)~", source, R"~("></video>)~");
  return str_cat(
      R"~(<a class="tgme_widget_message_video_player" href="https://t.me/lahodyn_rada/7">)~",
      R"~(<i class="tgme_widget_message_video_thumb" style="background-image:url('https://cdn.example/t.jpg')"></i>)~",
      tag, R"~(<time class="message_video_duration">0:52</time>)~",
      R"~(<div class="message_media_not_supported_label">)~", label, "</div></a>");
}

inline std::string message(std::string_view id, std::string_view inner, std::string_view meta = "",
                           std::string_view classes = "") {
  return str_cat(
      R"~(<div class="tgme_widget_message_wrap"><div class="tgme_widget_message )~", classes,
      R"~( js-widget_message" data-post="Lahodyn_Rada/)~", id,
      R"~("><div class="tgme_widget_message_author">)~",
      R"~(<a class="tgme_widget_message_owner_name" href="https://t.me/lahodyn_rada"><span>Рада )~", kSprite,
      "</span></a></div>", inner,
      R"~(<div class="tgme_widget_message_info"><span class="tgme_widget_message_views">33.0K</span>)~",
      R"~(<span class="tgme_widget_message_meta">)~", meta,
      R"~(<a class="tgme_widget_message_date" href="x"><time datetime="2022-04-14T05:10:00+00:00">)~",
      "05:10</time></a></span></div></div></div>");
}

inline std::string page(std::string_view messages, std::string_view older = "") {
  const std::string link =
      older.empty() ? "" : str_cat(R"~(<link rel="prev" href="/s/x?before=)~", older, "\">");
  return str_cat("<!DOCTYPE html><html><head>", link,
                 R"~(</head><body><section class="tgme_channel_history">)~", messages,
                 "</section></body></html>");
}

class TelegramWorld : public CollectorWorld {
 protected:
  TelegramWorld() : CollectorWorld(make_telegram({}), "https://t.me/lahodyn_rada") {}

  [[nodiscard]] Item only_item(std::string_view messages) const {
    return only_item_of(answer(page(messages), "since=1"));
  }
  [[nodiscard]] Parsed reread(std::string_view messages, std::string_view native_id) const {
    Capture capture = answer(page(messages), "since=200");
    capture.set_purpose(REREAD);
    capture.set_native_id(std::string(native_id));
    return parse(capture);
  }
};

}  // namespace copytaster::telegram_world

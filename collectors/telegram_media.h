// What a Telegram message carries besides its words. Pure; any thread.
#pragma once

#include "collectors/html_outline.h"
#include "collectors/telegram_names.h"
#include "core/copytaster.pb.h"

namespace copytaster {

// Adds what `element`, somewhere inside a message, is: a photo, a video, a voice message, a sticker become
// media; a document, a place, a link preview, a button become links. True: what is inside it has been read.
//
// Addresses at Telegram's servers are signed and expire in about two days, so a medium's native id is the
// number of its post. No alt text exists.
bool add_telegram_part(const HtmlOutline& page, const HtmlElement& element, const TelegramPostId& post,
                       Item* item);
// Names the medium that t.me does not show ("Media is too big"), as a document behind the permalink.
void add_unshown_medium(std::string_view why, const TelegramPostId& post, Item* item);

}  // namespace copytaster

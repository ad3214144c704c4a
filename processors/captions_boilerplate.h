// What platforms, cameras and programs write where a caption should be.
#pragma once

#include <string_view>

namespace copytaster {

// "Timeline photos", "May be an image of 2 people", "Photos from Anne Hidalgo's post", "IMG_1234.JPG",
// "OLYMPUS DIGITAL CAMERA", a bare URL, nothing but signs: never a caption. Ten languages.
[[nodiscard]] bool is_caption_boilerplate(std::string_view text);

// A camera's list of settings, "Kamera : E995" and so on: six lines or more, each a name and a value. `text`
// with its line breaks.
[[nodiscard]] bool is_technical_list(std::string_view text);

}  // namespace copytaster

// The size that a WebP's header tells, read without its decoder: that one takes the memory for all pixels
// when it is opened. Source: RFC 9649 §2.5–2.7. Internal to picture_facts.cpp. Pure; any bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace copytaster {

struct WebpSize {
  std::uint32_t width = 0, height = 0;  // pixels; of an animation its canvas
};
// nullopt: no WebP, or cut before it tells.
[[nodiscard]] std::optional<WebpSize> webp_size(std::string_view bytes);

}  // namespace copytaster

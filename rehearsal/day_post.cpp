#include "rehearsal/day_post.h"

#include <array>

#include "core/status.h"
#include "core/strings.h"
#include "simdjson.h"

namespace copytaster::rehearsal {
namespace {

using simdjson::dom::element;

absl::Status wrong(std::string_view name, std::string_view what) {
  return absl::InvalidArgumentError(str_cat("\"", name, "\" ", what));
}

// Members one after the other; whoever asks for none of the known names has made a typing error.
template <typename Read>
absl::Status each_member(element value, std::string_view what, const Read& read) {
  simdjson::dom::object object;
  if (value.get(object) != simdjson::SUCCESS) return wrong(what, "is no object");
  StringSet seen;
  for (const auto field : object) {
    if (!seen.emplace(field.key).second) return wrong(field.key, "stands there twice");
    CT_RETURN_IF_ERROR(read(field.key, field.value));
  }
  return absl::OkStatus();
}

absl::Status read_text(element value, std::string_view name, std::string* out) {
  std::string_view text;
  if (value.get(text) != simdjson::SUCCESS) return wrong(name, "is no text");
  if (text.empty()) return wrong(name, "is empty: leave it out");
  *out = std::string(text);
  return absl::OkStatus();
}

absl::Status read_time(element value, std::string_view name, absl::Time* out, absl::TimeZone* zone) {
  std::string text;
  CT_RETURN_IF_ERROR(read_text(value, name, &text));
  if (!absl::ParseTime(absl::RFC3339_full, text, out, nullptr)) {
    return wrong(name, str_cat("is no RFC 3339 time: ", text));
  }
  if (zone == nullptr) return absl::OkStatus();
  // The same digits read as if they were UTC: the difference is the author's offset.
  absl::Time wall;
  if (text.size() < 19 || !absl::ParseTime("%Y-%m-%dT%H:%M:%S", text.substr(0, 19), &wall, nullptr)) {
    return wrong(name, "has no date and time of day");
  }
  *zone = absl::FixedTimeZone(static_cast<int>(absl::ToInt64Seconds(wall - *out)));
  return absl::OkStatus();
}

absl::Status read_crop(std::string_view text, Crop* out) {
  static constexpr std::array<std::pair<std::string_view, Crop>, 5> kCrops = {{{"full", Crop::kFull},
                                                                               {"left", Crop::kLeft},
                                                                               {"right", Crop::kRight},
                                                                               {"tight", Crop::kTight},
                                                                               {"top", Crop::kTop}}};
  for (const auto& [name, crop] : kCrops) {
    if (name != text) continue;
    *out = crop;
    return absl::OkStatus();
  }
  return wrong("crop", str_cat("is none of full, left, right, tight, top: ", text));
}

absl::Status read_picture(element value, PostPicture* out) {
  const auto read = [&](std::string_view name, element field) {
    if (name == "image") return read_text(field, name, &out->image);
    if (name == "alt") return read_text(field, name, &out->alt);
    if (name == "caption") return read_text(field, name, &out->caption);
    if (name == "credit") return read_text(field, name, &out->credit);
    if (name == "crop") {
      std::string crop;
      CT_RETURN_IF_ERROR(read_text(field, name, &crop));
      return read_crop(crop, &out->crop);
    }
    if (name == "quality") {
      std::int64_t quality = 0;
      if (field.get(quality) != simdjson::SUCCESS || quality < 1 || quality > 100) {
        return wrong(name, "is no number from 1 to 100");
      }
      out->quality = static_cast<int>(quality);
      return absl::OkStatus();
    }
    return wrong(name, "is no field of a picture");
  };
  CT_RETURN_IF_ERROR(each_member(value, "pictures", read));
  return out->image.empty() ? wrong("pictures", "has one without image") : absl::OkStatus();
}

template <typename Read>
absl::Status each_element(element value, std::string_view name, const Read& read) {
  simdjson::dom::array array;
  if (value.get(array) != simdjson::SUCCESS) return wrong(name, "is no list");
  for (const element one : array) CT_RETURN_IF_ERROR(read(one));
  return absl::OkStatus();
}

absl::Status read_pictures(element value, std::vector<PostPicture>* out) {
  return each_element(value, "pictures",
                      [&](element one) { return read_picture(one, &out->emplace_back()); });
}

absl::Status read_edit(element value, PostVersion* out) {
  return each_member(value, "edits", [&](std::string_view name, element field) {
    if (name == "at") return read_time(field, name, &out->at, nullptr);
    if (name == "text") return read_text(field, name, &out->text);
    if (name == "pictures") return read_pictures(field, &out->pictures);
    return wrong(name, "is no field of an edit");
  });
}

absl::Status read_field(std::string_view name, element value, PostLine* out) {
  Post& post = out->post;
  if (name == "key") return read_text(value, name, &post.key);
  if (name == "account") return read_text(value, name, &out->account);
  if (name == "at") return read_time(value, name, &post.at, &post.zone);
  if (name == "language") return read_text(value, name, &post.language);
  if (name == "title") return read_text(value, name, &post.title);
  if (name == "text") return read_text(value, name, &post.versions.front().text);
  if (name == "pictures") return read_pictures(value, &post.versions.front().pictures);
  if (name == "reshare_of") return read_text(value, name, &out->reshare_of);
  if (name == "quote_of") return read_text(value, name, &out->quote_of);
  if (name == "reply_to") return read_text(value, name, &out->reply_to);
  if (name == "delete_at") return read_time(value, name, &post.delete_at, nullptr);
  if (name == "links") {
    return each_element(value, name,
                        [&](element one) { return read_text(one, name, &post.links.emplace_back()); });
  }
  if (name == "edits") {
    std::vector<PostVersion> edits;
    CT_RETURN_IF_ERROR(
        each_element(value, name, [&](element one) { return read_edit(one, &edits.emplace_back()); }));
    for (PostVersion& edit : edits) post.versions.push_back(std::move(edit));
    return absl::OkStatus();
  }
  return wrong(name, "is no field of a post");
}

absl::Status check(const PostLine& line) {
  const Post& post = line.post;
  for (const auto& [name, value] : {std::pair("key", &post.key), std::pair("account", &line.account),
                                    std::pair("language", &post.language)}) {
    if (value->empty()) return wrong(name, "is missing");
  }
  if (post.at == absl::InfinitePast()) return wrong("at", "is missing");
  if (line.reshare_of.empty()) {
    for (const PostVersion& version : post.versions) {
      if (version.text.empty()) return wrong("text", "is missing, and it is no reshare");
    }
  }
  for (std::size_t i = 1; i < post.versions.size(); ++i) {
    if (post.versions[i].at <= post.versions[i - 1].at) return wrong("edits", "are not in order of time");
  }
  return post.delete_at <= post.versions.back().at ? wrong("delete_at", "is before the post")
                                                   : absl::OkStatus();
}

}  // namespace

absl::StatusOr<PostLine> read_post_line(std::string_view json) {
  simdjson::dom::parser parser;
  element root;
  if (const auto error = parser.parse(json.data(), json.size()).get(root); error != simdjson::SUCCESS) {
    return absl::InvalidArgumentError(str_cat("no JSON: ", std::string(simdjson::error_message(error))));
  }
  PostLine out;
  out.post.at = absl::InfinitePast();
  out.post.versions.emplace_back();
  CT_RETURN_IF_ERROR(each_member(
      root, "post", [&](std::string_view name, element value) { return read_field(name, value, &out); }));
  out.post.versions.front().at = out.post.at;
  CT_RETURN_IF_ERROR(check(out));
  return out;
}

}  // namespace copytaster::rehearsal

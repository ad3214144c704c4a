#include "collectors/x_text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>

#include "collectors/platforms_support.h"
#include "collectors/x_syntax.h"
#include "core/strings.h"

namespace copytaster {
namespace {

constexpr std::size_t kMostEntities = 1000;

// Where each code point of a text begins.
class CodePoints {
 public:
  explicit CodePoints(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
      if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U)
        begins_.push_back(static_cast<std::uint32_t>(i));
    }
    begins_.push_back(static_cast<std::uint32_t>(text.size()));
  }
  [[nodiscard]] std::optional<std::size_t> byte(Json index) const {
    const auto number = index.number();
    if (!number || *number >= begins_.size()) return std::nullopt;
    return begins_[*number];
  }

 private:
  std::vector<std::uint32_t> begins_;
};

struct Entity {
  std::size_t begin = 0;  // bytes of the wire's text
  std::size_t end = 0;
  Facet::Kind kind = Facet::LINK;
  std::string target;
  Json wire;
  bool may_be_left_out = false;
  bool is_media = false;
};

// "#tag" and "@name"; the full-width signs are X's too.
bool has_sign(std::string_view text, std::string_view sign, std::string_view wide_sign,
              std::string_view name) {
  return (consume_prefix(&text, sign) || consume_prefix(&text, wide_sign)) && !name.empty() &&
         equals_ignore_case(text, name);
}

class EntityReader {
 public:
  EntityReader(Json post, Json entities, std::string_view text, std::string_view quoted_id)
      : post_(post), entities_(entities), text_(text), quoted_id_(quoted_id), points_(text) {}

  // In order, not overlapping.
  std::vector<Entity> read() && {
    entities_["urls"].each([&](Json url) { add_url(url); });
    entities_["mentions"].each([&](Json mention) { add_mention(mention); });
    entities_["hashtags"].each([&](Json hashtag) { add_hashtag(hashtag); });
    std::stable_sort(found_.begin(), found_.end(),
                     [](const Entity& a, const Entity& b) { return a.begin < b.begin; });
    std::size_t end = 0;
    std::erase_if(found_, [&](const Entity& entity) {
      if (entity.begin < end) return true;
      end = entity.end;
      return false;
    });
    return std::move(found_);
  }

 private:
  std::optional<Entity> place(Json wire) const {
    const auto begin = points_.byte(wire["start"]);
    const auto end = points_.byte(wire["end"]);
    if (!begin || !end || *begin >= *end || found_.size() >= kMostEntities) return std::nullopt;
    Entity entity;
    entity.begin = *begin;
    entity.end = *end;
    entity.wire = wire;
    return entity;
  }
  [[nodiscard]] std::string_view in(const Entity& entity) const {
    return text_.substr(entity.begin, entity.end - entity.begin);
  }

  void add_url(Json wire) {
    auto entity = place(wire);
    if (!entity || in(*entity) != wire["url"].view()) return;
    const std::string_view expanded = wire["expanded_url"].view();
    entity->target = is_http_url(expanded) ? expanded : wire["url"].view();
    if (!is_http_url(entity->target)) return;
    if (const auto link = x_status_link(expanded)) {
      const bool has_media = post_["attachments"]["media_keys"].size() > 0;
      entity->is_media = link->is_media;
      entity->may_be_left_out = link->is_media ? has_media : link->id == quoted_id_;
    }
    found_.push_back(*std::move(entity));
  }

  void add_mention(Json wire) {
    auto entity = place(wire);
    const std::string_view name = wire["username"].view();
    if (!entity || !is_x_username(name) || !has_sign(in(*entity), "@", "＠", name)) return;
    entity->kind = Facet::MENTION;
    entity->target = str_cat("https://x.com/", name);
    found_.push_back(*std::move(entity));
  }

  void add_hashtag(Json wire) {
    auto entity = place(wire);
    const std::string tag = plain_line(wire["tag"].view());
    if (!entity || !has_sign(in(*entity), "#", "＃", tag)) return;
    entity->kind = Facet::HASHTAG;
    entity->target = tag;
    found_.push_back(*std::move(entity));
  }

  Json post_;
  Json entities_;
  std::string_view text_;
  std::string_view quoted_id_;
  CodePoints points_;
  std::vector<Entity> found_;
};

std::string_view without_end_space(std::string_view text) {
  while (!text.empty() && is_ascii_space(text.back())) text.remove_suffix(1);
  return text;
}

// Takes the links that X itself does not show off the end of `text` and of `entities`.
std::string_view without_tail(std::string_view text, std::vector<Entity>* entities, std::string* quoted_url) {
  while (!entities->empty() && entities->back().may_be_left_out &&
         without_end_space(text).size() == entities->back().end) {
    text = without_end_space(text.substr(0, entities->back().begin));
    if (!entities->back().is_media) *quoted_url = entities->back().target;
    entities->pop_back();
  }
  return text;
}

void add_card(const Entity& entity, XText* out) {
  const Json wire = entity.wire;
  if (wire["title"].view().empty() || x_status_link(entity.target)) return;
  Link link;
  link.set_url(is_http_url(wire["unwound_url"].view()) ? wire["unwound_url"].text() : entity.target);
  link.set_title(plain_line(wire["title"].view()));
  link.set_description(plain_line(wire["description"].view()));
  out->links.push_back(std::move(link));
}

void add_tag(const std::string& tag, XText* out) {
  if (std::find(out->tags.begin(), out->tags.end(), tag) == out->tags.end()) out->tags.push_back(tag);
}

}  // namespace

std::string x_unescape(std::string_view wire) {
  static constexpr std::array<std::pair<std::string_view, char>, 3> kEscapes = {
      {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}}};
  std::string out;
  out.reserve(wire.size());
  while (!wire.empty()) {
    const auto escape = std::find_if(kEscapes.begin(), kEscapes.end(), [&](const auto& candidate) {
      return wire.starts_with(candidate.first);
    });
    out.push_back(escape == kEscapes.end() ? wire.front() : escape->second);
    wire.remove_prefix(escape == kEscapes.end() ? 1 : escape->first.size());
  }
  return out;
}

XText x_text(Json post, std::string_view quoted_id) {
  const Json note = post["note_tweet"];
  const bool is_note = !note["text"].view().empty();
  const Json holder = is_note ? note : post;
  const std::string_view wire = holder["text"].view();
  std::vector<Entity> entities = EntityReader(post, holder["entities"], wire, quoted_id).read();
  XText out;
  const std::string_view shown = without_tail(wire, &entities, &out.quoted_url);
  std::string text;
  std::size_t at = 0;
  for (const Entity& entity : entities) {
    text += x_unescape(shown.substr(at, entity.begin - at));
    Facet facet;
    facet.set_begin(static_cast<std::uint32_t>(text.size()));
    text += entity.kind == Facet::LINK ? entity.target
                                       : x_unescape(shown.substr(entity.begin, entity.end - entity.begin));
    facet.set_end(static_cast<std::uint32_t>(text.size()));
    facet.set_kind(entity.kind);
    facet.set_target(entity.target);
    out.facets.push_back(std::move(facet));
    if (entity.kind == Facet::HASHTAG) add_tag(entity.target, &out);
    if (entity.kind == Facet::LINK) add_card(entity, &out);
    at = entity.end;
  }
  text += x_unescape(shown.substr(at));

  std::vector<std::uint32_t> offsets;
  out.text = plain_text(text, &offsets);
  for (Facet& facet : out.facets) {
    facet.set_begin(offsets[facet.begin()]);
    facet.set_end(offsets[facet.end()]);
  }
  std::erase_if(out.facets, [](const Facet& facet) { return facet.begin() >= facet.end(); });
  return out;
}

}  // namespace copytaster

// Which element of which vocabulary says what of a feed or an item, and which is believed first. One table
// for RSS, RDF, Atom and CDF: real feeds mix them. Pure; any thread.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "collectors/feed_xml.h"

namespace copytaster {

enum class Field : std::uint8_t {
  // One value: the element of the best rank that is not empty; of equal rank the first.
  kTitle,
  kBody,
  kSummary,
  kPublished,
  kUpdated,
  kId,
  kOriginalLink,
  kLanguage,
  // Many values, in document order.
  kAuthor,
  kLink,
  kTag,
  kEnclosure,
  kMedia,
  kPicture,
  kNone,
};

class Fields {
 public:
  explicit Fields(XmlElement parent);
  // A field with one value; an empty element when it is absent.
  [[nodiscard]] XmlElement one(Field field) const { return single_[static_cast<std::size_t>(field)]; }
  // The authors of the best rank.
  [[nodiscard]] const std::vector<XmlElement>& authors() const { return authors_; }
  [[nodiscard]] const std::vector<XmlElement>& links() const { return links_; }
  [[nodiscard]] const std::vector<XmlElement>& tags() const { return tags_; }
  [[nodiscard]] const std::vector<XmlElement>& enclosures() const { return enclosures_; }
  [[nodiscard]] const std::vector<XmlElement>& media() const { return media_; }
  [[nodiscard]] const std::vector<XmlElement>& pictures() const { return pictures_; }

 private:
  static constexpr std::size_t kSingle = static_cast<std::size_t>(Field::kAuthor);
  void take(XmlElement element);

  std::array<XmlElement, kSingle> single_;
  std::array<std::uint8_t, kSingle> rank_;
  std::uint8_t author_rank_ = 255;
  std::vector<XmlElement> authors_;
  std::vector<XmlElement> links_;
  std::vector<XmlElement> tags_;
  std::vector<XmlElement> enclosures_;
  std::vector<XmlElement> media_;
  std::vector<XmlElement> pictures_;
};

}  // namespace copytaster

#include "collectors/feed_fields.h"

#include <string_view>

#include "core/strings.h"

namespace copytaster {
namespace {

struct Row {
  Vocabulary vocabulary;
  std::string_view name;
  Field field;
  std::uint8_t rank = 0;  // lower is believed first
};

using V = Vocabulary;
constexpr Row kRows[] = {
    {V::kCore, "title", Field::kTitle, 0},
    {V::kAtom, "title", Field::kTitle, 1},
    {V::kDublinCore, "title", Field::kTitle, 2},
    {V::kItunes, "title", Field::kTitle, 3},
    {V::kMedia, "title", Field::kTitle, 4},

    {V::kContent, "encoded", Field::kBody, 0},
    {V::kAtom, "content", Field::kBody, 1},
    {V::kXhtml, "body", Field::kBody, 2},
    {V::kXhtml, "div", Field::kBody, 3},
    {V::kCore, "fullitem", Field::kBody, 4},
    {V::kCore, "content", Field::kBody, 5},
    {V::kCore, "body", Field::kBody, 6},

    {V::kCore, "description", Field::kSummary, 0},
    {V::kAtom, "summary", Field::kSummary, 1},
    {V::kAtom, "subtitle", Field::kSummary, 1},
    {V::kAtom, "tagline", Field::kSummary, 2},
    {V::kAtom, "description", Field::kSummary, 3},
    {V::kCore, "abstract", Field::kSummary, 3},
    {V::kCore, "summary", Field::kSummary, 4},
    {V::kDublinCore, "description", Field::kSummary, 5},
    {V::kDcTerms, "abstract", Field::kSummary, 6},
    {V::kItunes, "summary", Field::kSummary, 7},
    {V::kItunes, "subtitle", Field::kSummary, 8},
    {V::kItunes, "description", Field::kSummary, 9},

    {V::kCore, "pubdate", Field::kPublished, 0},
    {V::kAtom, "published", Field::kPublished, 1},
    {V::kAtom, "issued", Field::kPublished, 2},
    {V::kAtom, "created", Field::kPublished, 3},
    {V::kDcTerms, "issued", Field::kPublished, 4},
    {V::kDcTerms, "created", Field::kPublished, 5},
    {V::kDublinCore, "date", Field::kPublished, 6},
    {V::kCore, "date", Field::kPublished, 7},
    {V::kCore, "published", Field::kPublished, 7},
    {V::kPrism, "publicationdate", Field::kPublished, 8},

    {V::kAtom, "updated", Field::kUpdated, 0},
    {V::kAtom, "modified", Field::kUpdated, 1},
    {V::kDcTerms, "modified", Field::kUpdated, 2},
    {V::kCore, "updated", Field::kUpdated, 3},
    {V::kPrism, "modificationdate", Field::kUpdated, 4},

    {V::kCore, "guid", Field::kId, 0},
    {V::kAtom, "id", Field::kId, 1},
    {V::kDublinCore, "identifier", Field::kId, 2},

    {V::kFeedburner, "origlink", Field::kOriginalLink, 0},

    {V::kCore, "language", Field::kLanguage, 0},
    {V::kDublinCore, "language", Field::kLanguage, 1},

    {V::kCore, "author", Field::kAuthor, 0},
    {V::kAtom, "author", Field::kAuthor, 1},
    {V::kDublinCore, "author", Field::kAuthor, 2},
    {V::kDublinCore, "creator", Field::kAuthor, 3},
    {V::kItunes, "author", Field::kAuthor, 4},
    {V::kCore, "managingeditor", Field::kAuthor, 5},
    {V::kItunes, "owner", Field::kAuthor, 6},

    {V::kCore, "link", Field::kLink},
    {V::kAtom, "link", Field::kLink},

    {V::kCore, "category", Field::kTag},
    {V::kAtom, "category", Field::kTag},
    {V::kDublinCore, "subject", Field::kTag},
    {V::kItunes, "keywords", Field::kTag},
    {V::kMedia, "keywords", Field::kTag},

    {V::kCore, "enclosure", Field::kEnclosure},

    {V::kItunes, "image", Field::kPicture},
    {V::kCore, "image", Field::kPicture},

    {V::kMedia, "group", Field::kMedia},
    {V::kMedia, "content", Field::kMedia},
    {V::kMedia, "thumbnail", Field::kMedia},
    {V::kMedia, "description", Field::kMedia},
    {V::kMedia, "text", Field::kMedia},
    {V::kMedia, "credit", Field::kMedia},
};

const Row* find_row(Vocabulary vocabulary, std::string_view name) {
  for (const Row& row : kRows) {
    if (row.vocabulary == vocabulary && equals_ignore_case(row.name, name)) return &row;
  }
  return nullptr;
}

}  // namespace

Fields::Fields(XmlElement parent) {
  rank_.fill(255);
  parent.each_child([&](XmlElement child) { take(child); });
}

void Fields::take(XmlElement element) {
  const Row* row = find_row(element.vocabulary(), element.name());
  if (row == nullptr) return;
  switch (row->field) {
    case Field::kAuthor:
      if (element.empty() || row->rank > author_rank_) return;
      if (row->rank < author_rank_) authors_.clear();
      author_rank_ = row->rank;
      return authors_.push_back(element);
    case Field::kLink:
      return links_.push_back(element);
    case Field::kTag:
      return tags_.push_back(element);
    case Field::kEnclosure:
      return enclosures_.push_back(element);
    case Field::kMedia:
      return media_.push_back(element);
    case Field::kPicture:
      return pictures_.push_back(element);
    default:
      break;
  }
  const auto place = static_cast<std::size_t>(row->field);
  if (place >= kSingle || element.empty() || row->rank >= rank_[place]) return;
  rank_[place] = row->rank;
  single_[place] = element;
}

}  // namespace copytaster

#include "storage/search_index.h"

#include <xapian.h>

#include <filesystem>
#include <fstream>

#include "core/log.h"
#include "core/strings.h"
#include "core/text.h"

namespace copytaster {
namespace {

// Xapian refuses longer terms; an item is found again by the hash of a long id.
constexpr std::size_t kMaxTerm = 200;
// Metadata of the index: which way of indexing it holds all of the store in. Raise it when documents change.
constexpr const char* kComplete = "copytaster.complete";
constexpr const char* kFormat = "2";

std::string id_term(std::string_view item_id) {
  return str_cat("Q", item_id.size() > kMaxTerm ? sha256_hex(item_id) : std::string(item_id));
}

// Languages Snowball has a stemmer for; others are indexed as they stand.
Xapian::Stem stemmer(const std::string& language) {
  try {
    return Xapian::Stem(language.empty() ? "none" : language);
  } catch (const Xapian::InvalidArgumentError&) {
    return Xapian::Stem("none");
  }
}

std::string folder(const std::string& directory) { return str_cat(directory, "/search"); }

// Xapian takes "l'hotel" for one word; readers search for "hotel".
std::string fold_words(std::string_view text) { return replace_all(fold_name(text), "'", " "); }

void add_words(Xapian::TermGenerator& generator, std::string_view text, const std::string& prefix = "") {
  generator.index_text(fold_words(text), 1, prefix);
  generator.increase_termpos();
}

Xapian::Document make_document(const Item& item) {
  Xapian::Document document;
  document.set_data(item.id());
  document.add_boolean_term(id_term(item.id()));
  document.add_boolean_term(str_cat("XP", item.platform()));
  document.add_boolean_term(str_cat("L", item.language()));
  Xapian::TermGenerator generator;
  generator.set_document(document);
  generator.set_stemmer(stemmer(item.language()));
  generator.set_max_word_length(60);
  // Chinese and Japanese put no spaces between words: their characters are found one by one and in pairs.
  generator.set_flags(Xapian::TermGenerator::FLAG_CJK_NGRAM);
  add_words(generator, item.title());
  add_words(generator, item.text());
  for (const Media& media : item.media()) {
    add_words(generator, media.caption());
    add_words(generator, media.alt_text());
    add_words(generator, media.read_text());
  }
  add_words(generator, item.author().name());
  add_words(generator, item.author().name(), "A");
  for (const Mention& mention : item.mentions()) {
    add_words(generator, mention.name());
    add_words(generator, mention.name(), "A");
  }
  for (const Mention& place : item.places()) {
    add_words(generator, place.name());
    add_words(generator, place.name(), "XL");
  }
  return document;
}

// Put there by a reader that found the index damaged: only the writer may make it anew.
std::string mark_of(const std::string& directory) { return str_cat(folder(directory), "/damaged"); }

// Xapian tells a file that ends too soon as it tells a full disk, but for the words ("EOF reading block 4").
absl::Status status_of(const Xapian::Error& error) {
  const char* system = error.get_error_string();  // the operating system's words, e.g. of a full disk
  const bool told = system == nullptr || error.get_msg().find(system) != std::string::npos;
  const std::string text = str_cat("search index: ", error.get_msg(), told ? "" : str_cat(": ", system));
  const bool damaged = std::string_view(error.get_type()) == "DatabaseCorruptError" ||
                       error.get_msg().starts_with("EOF reading");
  return damaged ? absl::DataLossError(text) : absl::UnavailableError(text);
}

class XapianWriter final : public SearchWriter {
 public:
  explicit XapianWriter(const std::string& path) : path_(path), database_(path, Xapian::DB_CREATE_OR_OPEN) {}

  absl::Status add(const Item& item) override {
    try {
      if (item.state() == GONE) {
        database_.delete_document(id_term(item.id()));
      } else {
        database_.replace_document(id_term(item.id()), make_document(item));
      }
    } catch (const Xapian::Error& error) {
      return status_of(error);
    }
    return absl::OkStatus();
  }

  absl::Status commit() override {
    try {
      database_.commit();
    } catch (const Xapian::Error& error) {
      return status_of(error);
    }
    return absl::OkStatus();
  }

  [[nodiscard]] bool complete() const override {
    try {
      return database_.get_metadata(kComplete) == kFormat;
    } catch (const Xapian::Error&) {
      return false;
    }
  }
  absl::Status set_complete() override {
    try {
      database_.set_metadata(kComplete, kFormat);
    } catch (const Xapian::Error& error) {
      return status_of(error);
    }
    return commit();
  }

  [[nodiscard]] absl::Status copy_to(const std::string& path) const override {
    try {
      // By another handle: what compacts must not be what writes.
      Xapian::Database(path_).compact(path, Xapian::DBCOMPACT_NO_RENUMBER);
    } catch (const Xapian::Error& error) {
      return status_of(error);
    }
    return absl::OkStatus();
  }

 private:
  std::string path_;
  Xapian::WritableDatabase database_;
};

// Folds the words of a query and leaves operators, quotes, prefixes and wildcards as they are.
std::string fold_query(std::string_view query) {
  std::string out;
  std::string word;
  const auto flush = [&] {
    const bool is_operator = word == "AND" || word == "OR" || word == "NOT";
    out += is_operator ? word : fold_words(word);
    word.clear();
  };
  for (const char c : query) {
    if (std::string_view(" \t\n\"()+-*:").find(c) == std::string_view::npos) {
      word += c;
      continue;
    }
    flush();
    out += c;
  }
  flush();
  return out;
}

Xapian::Query parse_query(const Xapian::Database& database, std::string_view query) {
  Xapian::QueryParser parser;
  parser.set_database(database);
  parser.set_default_op(Xapian::Query::OP_AND);
  parser.set_stemming_strategy(Xapian::QueryParser::STEM_SOME);
  parser.add_prefix("person", "A");
  parser.add_prefix("place", "XL");
  parser.add_boolean_prefix("platform", "XP");
  parser.add_boolean_prefix("lang", "L");
  const unsigned flags = Xapian::QueryParser::FLAG_BOOLEAN | Xapian::QueryParser::FLAG_PHRASE |
                         Xapian::QueryParser::FLAG_LOVEHATE | Xapian::QueryParser::FLAG_WILDCARD |
                         Xapian::QueryParser::FLAG_CJK_NGRAM;
  // "s*" in a large index: the hundred most frequent words stand for the rest.
  parser.set_max_expansion(100, Xapian::Query::WILDCARD_LIMIT_MOST_FREQUENT);
  // The reader does not say in what language she searches: a word may stand as it is or stemmed by
  // any of the languages that the index has most of.
  std::vector<Xapian::Query> forms;
  for (const char* language : {"none", "en", "fr", "de", "es", "it", "pt", "nl"}) {
    parser.set_stemmer(Xapian::Stem(language));
    forms.push_back(parser.parse_query(std::string(query), flags));
  }
  return {Xapian::Query::OP_MAX, forms.begin(), forms.end()};
}

}  // namespace

namespace {

// The index is derived; the damaged one is kept for whoever wants to know why.
absl::StatusOr<std::unique_ptr<SearchWriter>> open_anew(const std::string& directory, std::string_view why) {
  log_warn("search.damaged", "The search index cannot be read; it is put aside and made anew from the store",
           {{"error.message", why}, {"path", str_cat(folder(directory), ".damaged")}});
  std::error_code error;
  std::filesystem::remove_all(str_cat(folder(directory), ".damaged"), error);
  std::filesystem::rename(folder(directory), str_cat(folder(directory), ".damaged"), error);
  if (error) return absl::UnavailableError(str_cat("search index: ", why));
  std::filesystem::create_directories(folder(directory), error);
  try {
    return std::make_unique<XapianWriter>(folder(directory));
  } catch (const Xapian::Error& failure) {
    return absl::UnavailableError(str_cat("search index: ", failure.get_msg()));
  }
}

}  // namespace

absl::StatusOr<std::unique_ptr<SearchWriter>> open_search_writer(const std::string& directory) {
  std::error_code error;
  std::filesystem::create_directories(folder(directory), error);
  if (error) return absl::UnavailableError(str_cat("cannot make ", folder(directory), ": ", error.message()));
  try {
    return std::make_unique<XapianWriter>(folder(directory));
  } catch (const Xapian::DatabaseLockError& failure) {
    return absl::UnavailableError(str_cat("search index: ", failure.get_msg()));
  } catch (const Xapian::DatabaseOpeningError& failure) {
    return open_anew(directory, failure.get_msg());
  } catch (const Xapian::Error& failure) {
    const absl::Status why = status_of(failure);
    if (!absl::IsDataLoss(why)) return why;
    return open_anew(directory, failure.get_msg());
  }
}

absl::StatusOr<std::unique_ptr<SearchWriter>> renew_search_writer(const std::string& directory,
                                                                  std::string_view why) {
  return open_anew(directory, why);
}

namespace {

absl::StatusOr<std::vector<std::string>> search_once(const std::string& directory, const std::string& query,
                                                     std::size_t limit) {
  std::vector<std::string> found;
  const Xapian::Database database(folder(directory));
  Xapian::Enquire enquire(database);
  enquire.set_query(parse_query(database, query));
  const Xapian::MSet matches = enquire.get_mset(0, static_cast<Xapian::doccount>(limit));
  for (auto match = matches.begin(); match != matches.end(); ++match)
    found.push_back(match.get_document().get_data());
  return found;
}

constexpr int kTries = 3;  // a writer may overtake a search

}  // namespace

absl::StatusOr<std::vector<std::string>> search_items(const std::string& directory, std::string_view query,
                                                      std::size_t limit) {
  if (query.size() > 1000) return absl::InvalidArgumentError("a query has at most 1000 bytes");
  const std::string folded = fold_query(to_valid_utf8(query));
  absl::Status why;
  for (int i = 0; i < kTries; ++i) {
    try {
      return search_once(directory, folded, limit);
    } catch (const Xapian::DatabaseModifiedError& error) {
      why = absl::UnavailableError(str_cat("search index: ", error.get_msg()));
    } catch (const Xapian::QueryParserError& error) {
      return absl::InvalidArgumentError(str_cat("cannot read the query: ", error.get_msg()));
    } catch (const Xapian::DatabaseOpeningError&) {
      return std::vector<std::string>{};  // not made yet
    } catch (const Xapian::Error& error) {
      why = status_of(error);
      if (!absl::IsDataLoss(why)) return why;
      if (i + 1 < kTries) continue;  // another index may have taken its place while it was opened
      std::ofstream(mark_of(directory)) << error.get_msg() << '\n';  // the writer makes it anew
      return absl::UnavailableError(std::string(why.message()) + "; it is made anew by the running service");
    }
  }
  return why;
}

SearchIndexState search_index_state(const std::string& directory) {
  try {
    const Xapian::Database database(folder(directory));
    return database.get_metadata(kComplete) == kFormat ? SearchIndexState::kWhole
                                                       : SearchIndexState::kPartial;
  } catch (const Xapian::DatabaseOpeningError&) {
    return SearchIndexState::kMissing;
  } catch (const Xapian::Error&) {
    return SearchIndexState::kPartial;
  }
}

bool search_index_is_marked(const std::string& directory) {
  std::error_code error;
  return std::filesystem::exists(mark_of(directory), error);
}

absl::Status each_indexed_id(const std::string& directory,
                             const std::function<bool(std::string_view item_id)>& visit) {
  try {
    const Xapian::Database database(folder(directory));
    for (auto at = database.postlist_begin(""); at != database.postlist_end(""); ++at) {
      if (!visit(database.get_document(*at).get_data())) break;
    }
    return absl::OkStatus();
  } catch (const Xapian::DatabaseOpeningError& error) {
    return absl::NotFoundError(str_cat("search index: ", error.get_msg()));
  } catch (const Xapian::Error& error) {
    return absl::UnavailableError(str_cat("search index: ", error.get_msg()));
  }
}

}  // namespace copytaster

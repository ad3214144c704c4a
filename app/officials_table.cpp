// The part of officials_csv.h that knows what the columns mean, when they are read.
#include <algorithm>
#include <memory>
#include <optional>

#include "app/officials_accounts.h"
#include "app/officials_csv.h"
#include "app/officials_words.h"
#include "core/strings.h"
#include "core/text.h"

namespace copytaster {
namespace {

enum class Column {
  kNone,
  kId,
  kName,
  kFirstName,
  kLastName,
  kAliases,
  kKind,
  kRole,
  kPlace,
  kCountry,
  kFrom,
  kUntil,
  kLanguages,
  kWikidata,
  kWebsites,
  kAccounts,
  kPlatform
};

struct Words {
  Column column;
  std::string_view words;  // " word word ": as column_key() gives them
};

// What people call them. Numbers behind a name ("account 2") do not count.
constexpr Words kWords[] = {
    {Column::kId, " id slug key identifier "},
    {Column::kName,
     " name fullname displayname person official nom nombre nome imieinazwisko imya imia fio pib имя фио піб "
     "імя ονομα onoma "},
    {Column::kFirstName, " firstname givenname forename prenom vorname imie "},
    {Column::kLastName,
     " lastname surname familyname nachname nomdefamille nazwisko apellido apellidos cognome "},
    {Column::kAliases,
     " alias aliases aka alsoknownas othername othernames alternativename alternativenames spelling "
     "spellings "},
    {Column::kKind, " kind "},
    {Column::kRole,
     " role title position office function job jobtitle post fonction titre amt funktion cargo carica "
     "stanowisko должность посада "},
    {Column::kPlace,
     " place city town municipality constituency location ville commune stadt ort ciudad citta cidade miasto "
     "город місто πολη "},
    {Column::kCountry, " country countrycode nation land pays pais paese kraj страна країна χωρα "},
    {Column::kFrom,
     " from since start startdate begin begindate inofficesince depuis debut seit desde dal od "},
    {Column::kUntil, " until till to end enddate fin bis hasta al do "},
    {Column::kLanguages,
     " language languages lang langs langue langues sprache sprachen idioma idiomas lingua jezyk язык мова "},
    {Column::kWikidata, " wikidata wikidataid qid "},
    {Column::kWebsites, " website websites homepage homepages web webpage site sites siteweb "},
    {Column::kAccounts,
     " account accounts url urls link links profile profiles profileurl profileurls socialmedia social "
     "socials comptes konten cuentas "},
};

std::string column_key(std::string_view header) {
  std::string key = replace_all(normalise_for_match(fold_name(header)), " ", "");
  while (!key.empty() && is_ascii_digit(key.back())) key.pop_back();
  return key;
}

struct Meaning {
  Column column = Column::kNone;
  std::string_view platform;
  std::string header;
};

Meaning meaning_of(std::string_view header) {
  Meaning meaning;
  meaning.header = collapse_space(header);
  const std::string key = column_key(header);
  if (key.empty()) return meaning;
  for (const Words& words : kWords) {
    if (words.words.find(str_cat(" ", key, " ")) != std::string_view::npos) meaning.column = words.column;
  }
  if (meaning.column != Column::kNone) return meaning;
  meaning.platform = platform_named_by(key);
  if (!meaning.platform.empty()) meaning.column = Column::kPlatform;
  return meaning;
}

// Lines where there are several, else what stands between ; and |.
std::vector<std::string> values_of(std::string_view cell, std::string_view separators = ";|") {
  if (cell.find('\n') != std::string_view::npos) separators = "\n";
  std::vector<std::string> out;
  for (std::size_t at = 0; at <= cell.size();) {
    const std::size_t end = std::min(cell.find_first_of(separators, at), cell.size());
    const std::string_view value = strip_space(cell.substr(at, end - at));
    const bool is_nothing = value.empty() || value == "-" || value == "—" || equals_ignore_case(value, "n/a");
    if (!is_nothing) out.emplace_back(value);
    at = end + 1;
  }
  return out;
}

bool begins_an_address(std::string_view text) {
  return starts_with_ignore_case(text, "http://") || starts_with_ignore_case(text, "https://") ||
         text.starts_with('@');
}

// Addresses as people list them: parted by white space, commas, semicolons, bars. What does not look like an
// address belongs to the one before it. A cell of several lines has one a line, or several with white space
// between.
std::vector<std::string> addresses_of(std::string_view cell) {
  const bool has_lines = cell.find('\n') != std::string_view::npos;
  std::string parted(strip_space(cell));
  for (std::size_t i = 0; i < parted.size(); ++i) {
    const bool space = is_ascii_space(parted[i]);
    if (!space && (has_lines || std::string_view(",;|").find(parted[i]) == std::string_view::npos)) continue;
    const std::size_t next = std::min(parted.find_first_not_of(" \t\r\n,;|", i), parted.size());
    const std::string_view rest = std::string_view(parted).substr(next);
    const std::string_view word = rest.substr(0, rest.find_first_of(" \t\r\n,;|"));
    const bool begins = begins_an_address(rest) || (!has_lines && word.find('.') != std::string_view::npos);
    if (!begins && !rest.empty()) continue;
    // "a, b": the comma parts too.
    if (i > 0 && parted[i - 1] == ',' && parted[i] != '\n') parted[i - 1] = '\n';
    parted[i] = '\n';
  }
  std::vector<std::string> out = values_of(parted + "\n");
  // A comma at the end of a line parts it from the next where all lines are parted so; else it is the
  // address's.
  const bool commas =
      !has_lines || (out.size() > 1 && std::all_of(out.begin(), out.end() - 1,
                                                   [](std::string& one) { return one.ends_with(','); }));
  for (std::string& value : out) {
    std::size_t end = value.size();
    while (commas && end > 0 && std::string_view(",;| ").find(value[end - 1]) != std::string_view::npos)
      --end;
    value.resize(end);
  }
  std::erase(out, "");
  return out;
}

class TableReader {
 public:
  TableReader(const std::string& file, const Collectors& collectors, OfficialsInput* out)
      : file_(file), collectors_(collectors), out_(out) {}

  void read(const CsvTable& table) {
    if (!table.guessed_word.empty()) {
      out_->problems.push_back(
          {file_, 0, str_cat("it is not UTF-8 and was read as windows-1252: \"", table.guessed_word, "\""),
           "if that is not the word, save it as \"CSV UTF-8\"", true});
    }
    if (!read_header(table)) return;
    for (std::size_t i = 1; i < table.rows.size(); ++i) read_row(table.rows[i]);
    finish_entry();
  }

 private:
  bool read_header(const CsvTable& table) {
    bool has_name = false;
    if (!table.rows.empty()) {
      for (const std::string& header : table.rows.front().cells) columns_.push_back(meaning_of(header));
    }
    bool has_first = false;
    for (const Meaning& meaning : columns_) {
      has_name |= meaning.column == Column::kName || meaning.column == Column::kLastName;
      has_first |= meaning.column == Column::kFirstName;
    }
    // "Nom" beside "Prénom" is the family's name only.
    for (Meaning& meaning : columns_) {
      if (has_first && meaning.column == Column::kName && column_key(meaning.header) == "nom")
        meaning.column = Column::kLastName;
    }
    if (has_name) return true;
    out_->problems.push_back({file_, table.rows.empty() ? 0 : table.rows.front().line,
                              "no column is called \"name\"",
                              "the first row names the columns: name, accounts, role, place, country, from, "
                              "until, aliases, languages, wikidata, id"});
    return false;
  }

  std::string cell(const CsvRow& row, Column column) const {
    for (std::size_t i = 0; i < columns_.size() && i < row.cells.size(); ++i) {
      if (columns_[i].column != column) continue;
      if (std::string value = collapse_space(row.cells[i]); !value.empty()) return value;
    }
    return "";
  }

  std::string name_in(const CsvRow& row) const {
    std::string name = cell(row, Column::kName);
    if (!name.empty()) return name;
    return collapse_space(str_cat(cell(row, Column::kFirstName), " ", cell(row, Column::kLastName)));
  }

  // Rows of one official stand below each other: by id; by name, unless the place differs; or with neither.
  bool goes_on(const std::string& id, const std::string& name, const std::string& place) const {
    if (builder_ == nullptr) return false;
    if (!id.empty() || (!id_.empty() && !name.empty())) return id == id_;
    return name.empty() || (name == name_ && (place.empty() || place_.empty() || place == place_));
  }

  void read_row(const CsvRow& row) {
    const std::string id = cell(row, Column::kId), name = name_in(row), place = cell(row, Column::kPlace);
    if (!goes_on(id, name, place)) {
      finish_entry();
      builder_ = std::make_unique<EntryBuilder>(collectors_, file_, row.line, &out_->problems);
      builder_->set_id(row.line, id);
      id_ = id;
      name_.clear();
      place_.clear();
    }
    if (name_.empty() && !name.empty()) {
      builder_->set_name(row.line, name);
      name_ = name;
    } else if (!name.empty() && name != name_) {
      builder_->add_alias(row.line, name);
    }
    if (!place.empty()) place_ = place;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      if (i < columns_.size()) {
        read_cell(row, columns_[i], row.cells[i]);
      } else if (!strip_space(row.cells[i]).empty()) {
        builder_->error(
            row.line,
            str_cat("the row has more cells than the header: ", row.cells.size(), " and ", columns_.size()),
            "a cell with a separator in it is put in quotes");
        break;
      }
    }
    read_role(row);
  }

  void read_cell(const CsvRow& row, const Meaning& meaning, const std::string& text) {
    const unsigned line = row.line;
    if (strip_space(text).empty()) return;
    switch (meaning.column) {
      case Column::kKind:
        return builder_->set_kind(line, strip_space(text));
      case Column::kWikidata:
        return builder_->set_wikidata(line, text);
      case Column::kAliases:
        for (const std::string& one : values_of(text)) builder_->add_alias(line, collapse_space(one));
        return;
      case Column::kLanguages:
        for (const std::string& one : values_of(text, ";|,/ ")) builder_->add_language(line, one);
        return;
      case Column::kWebsites:
        for (const std::string& one : addresses_of(text))
          builder_->add_site(line, one.find("://") == std::string::npos ? str_cat("https://", one) : one);
        return;
      case Column::kAccounts:
        for (const std::string& one : addresses_of(text)) builder_->add_account(line, one);
        return;
      case Column::kPlatform:
        for (const std::string& one : values_of(text, ";|,"))
          builder_->add_account(line, profile_url_of(meaning.platform, one));
        return;
      case Column::kNone:
        ++out_->left_out[meaning.header.empty() ? "a column without a name" : meaning.header];
        return;
      default:
        return;  // read with the whole row
    }
  }

  void read_role(const CsvRow& row) {
    const std::string title = cell(row, Column::kRole), place = cell(row, Column::kPlace);
    const std::string country = cell(row, Column::kCountry);
    const std::string from = cell(row, Column::kFrom), until = cell(row, Column::kUntil);
    if (title.empty()) {
      if (!place.empty() || !country.empty()) ++out_->left_out["a place or country without a role"];
      return;
    }
    Role* role = builder_->add_role(row.line);
    role->set_title(title);
    role->set_place(place);
    if (!country.empty()) builder_->set_country(row.line, role, country);
    if (!from.empty()) builder_->set_from(row.line, role, from);
    if (!until.empty()) builder_->set_until(row.line, role, until);
    builder_->drop_repeated_role();
  }

  void finish_entry() {
    if (builder_ == nullptr) return;
    if (auto entry = builder_->finish(true))
      out_->entries.push_back(*std::move(entry));
    else
      ++out_->refused;
    builder_.reset();
  }

  const std::string& file_;
  const Collectors& collectors_;
  OfficialsInput* out_;
  std::vector<Meaning> columns_;
  std::unique_ptr<EntryBuilder> builder_;
  std::string id_, name_, place_;  // of the official under way
};

}  // namespace

OfficialsInput read_officials_csv(std::string_view bytes, const std::string& file,
                                  const Collectors& collectors) {
  OfficialsInput out;
  const auto table = read_csv(bytes);
  if (!table.ok()) {
    std::string_view words = from_absl(table.status().message());
    const std::size_t colon = words.find(": ");
    const auto line = parse_number<unsigned>(words.substr(0, colon));
    out.problems.push_back({file, line.value_or(0), std::string(words.substr(colon + 2)), ""});
    return out;
  }
  TableReader(file, collectors, &out).read(*table);
  return out;
}

}  // namespace copytaster

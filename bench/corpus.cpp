#include "bench/corpus.h"

#include <array>
#include <cmath>
#include <random>

#include "absl/time/time.h"
#include "core/json.h"
#include "core/strings.h"

namespace copytaster {
namespace {

using Random = std::mt19937_64;

struct Language {
  std::string_view code;
  std::vector<std::string_view> syllables;
};

// Syllables that give each language's words their letters; the words mean nothing.
const std::vector<Language>& languages() {
  static const auto* all = new std::vector<Language>{
      {"en", {"the", "ing", "tion", "er", "a", "con", "ment", "ly", "re", "sta", "pro", "ty"}},
      {"fr", {"le", "té", "tion", "ré", "ment", "ou", "è", "qua", "eau", "ville", "des", "pré"}},
      {"de", {"sch", "ung", "keit", "ver", "stadt", "ä", "ge", "ein", "ö", "ßen", "ich", "bau"}},
      {"es", {"ción", "el", "ar", "ñ", "do", "mos", "es", "ta", "par", "rá", "ci", "dad"}},
      {"it", {"zione", "il", "che", "mento", "are", "to", "gli", "no", "ri", "co", "più", "ta"}},
      {"pl", {"sz", "cz", "nie", "ość", "prz", "wa", "ł", "ką", "mi", "do", "sto", "ny"}},
      {"pt", {"ção", "os", "ar", "do", "ões", "ci", "pre", "mos", "ã", "ta", "de", "ra"}},
      {"nl", {"ij", "ge", "van", "een", "sch", "aa", "ing", "oe", "den", "st", "lijk", "ver"}},
      {"uk", {"мі", "сто", "на", "ння", "ий", "при", "ві", "до", "ро", "ти", "ськ", "ка"}},
      {"ru", {"го", "род", "ние", "при", "ст", "ва", "ый", "по", "ла", "до", "ть", "ми"}},
      {"el", {"πό", "λη", "της", "και", "μα", "του", "ση", "δή", "μο", "ρα", "νό", "στη"}},
  };
  return *all;
}

// Words by Zipf's law, so that common words are as common as in real text.
class Vocabulary {
 public:
  Vocabulary(const Language& language, Random& random) {
    for (int i = 0; i < 4000; ++i) {
      std::string word;
      const auto syllables = 1 + random() % (i < 100 ? 2 : 4);
      for (std::size_t s = 0; s < syllables; ++s)
        word += language.syllables[random() % language.syllables.size()];
      words_.push_back(std::move(word));
    }
  }
  [[nodiscard]] const std::string& word(Random& random) const {
    const double u = std::uniform_real_distribution<double>(0, 1)(random);
    const double rank = std::pow(static_cast<double>(words_.size()), u) - 1;
    return words_[static_cast<std::size_t>(rank) % words_.size()];
  }

 private:
  std::vector<std::string> words_;
};

struct Post {
  std::size_t language = 0;
  std::vector<std::string> words;
};

std::string html(const Post& post, std::size_t number) {
  std::string out = "<p>";
  for (std::size_t i = 0; i < post.words.size(); ++i) {
    str_append(&out, i == 0 ? "" : (i % 12 == 0 ? ". " : " "), post.words[i]);
    if (i == 60) out += "</p><p>";
  }
  str_append(&out,
             " <a href=\"https://social.example/tags/city\" class=\"mention hashtag\" "
             "rel=\"tag\">#<span>city</span></a>");
  if (number % 3 == 0)
    str_append(&out, " <a href=\"https://city.example/news/", number,
               "?utm_source=x\" rel=\"nofollow\"><span class=\"invisible\">https://</span><span "
               "class=\"ellipsis\">city.example/news</span></a>");
  return out + "</p>";
}

void write_account(JsonWriter& json, std::size_t person) {
  const std::string handle = str_cat("mayor", person);
  json.key("account")
      .begin_object()
      .member("id", str_cat(1000 + person))
      .member("username", handle)
      .member("acct", handle);
  json.member("display_name", str_cat("Mayor Number ", person))
      .member("locked", false)
      .member("bot", false)
      .member("created_at", "2019-03-02T00:00:00.000Z");
  json.member("note", "<p>Mayor. Posts about the city, its people and its works.</p>")
      .member("url", str_cat("https://social.example/@", handle));
  json.member("uri", str_cat("https://social.example/users/", handle))
      .member("avatar", "https://files.social.example/accounts/avatars/original/a.jpg");
  json.member("followers_count", 12345)
      .member("following_count", 321)
      .member("statuses_count", 4567)
      .end_object();
}

void write_status(JsonWriter& json, const Post& post, std::size_t number) {
  const std::string id = str_cat(108000000000000000 + number);
  const absl::Time at = absl::FromUnixSeconds(1650000000 + static_cast<std::int64_t>(number));
  json.begin_object().member("id", id).member(
      "created_at", absl::FormatTime("%Y-%m-%dT%H:%M:%E3SZ", at, absl::UTCTimeZone()));
  json.key("in_reply_to_id")
      .raw("null")
      .key("in_reply_to_account_id")
      .raw("null")
      .member("sensitive", false)
      .member("spoiler_text", "");
  json.member("visibility", "public").member("language", languages()[post.language].code);
  json.member("uri", str_cat("https://social.example/users/mayor", number % 2000, "/statuses/", id));
  json.member("url", str_cat("https://social.example/@mayor", number % 2000, "/", id));
  json.member("replies_count", 3)
      .member("reblogs_count", 5)
      .member("favourites_count", 17)
      .key("edited_at")
      .raw("null");
  json.member("content", html(post, number)).key("reblog").raw("null");
  write_account(json, number % 2000);
  json.key("media_attachments").begin_array();
  if (number % 4 == 0) {
    json.begin_object()
        .member("id", str_cat(number))
        .member("type", "image")
        .member("url", str_cat("https://files.social.example/media/", number, ".jpg"));
    json.member("preview_url", str_cat("https://files.social.example/media/small/", number, ".jpg"))
        .member("description", str_cat("Picture number ", number, " of the works"));
    json.end_object();
  }
  json.end_array().key("mentions").begin_array().end_array().key("tags").begin_array();
  json.begin_object().member("name", "city").member("url", "https://social.example/tags/city").end_object();
  json.end_array()
      .key("emojis")
      .begin_array()
      .end_array()
      .key("card")
      .raw("null")
      .key("poll")
      .raw("null")
      .end_object();
}

class Maker {
 public:
  explicit Maker(const CorpusOptions& options) : options_(options), random_(options.seed) {
    for (const Language& language : languages()) vocabularies_.emplace_back(language, random_);
  }

  Corpus make() {
    Corpus corpus;
    while (corpus.posts < options_.posts) {
      JsonWriter json;
      json.begin_array();
      const std::size_t end = std::min(corpus.posts + options_.posts_a_page, options_.posts);
      for (; corpus.posts < end; ++corpus.posts) write_status(json, next(corpus), corpus.posts);
      corpus.pages.push_back(json.end_array().text());
      corpus.bytes += corpus.pages.back().size();
    }
    return corpus;
  }

 private:
  Post next(Corpus& corpus) {
    const double u = std::uniform_real_distribution<double>(0, 1)(random_);
    if (!earlier_.empty() && u < options_.exact_copies) {
      ++corpus.exact;
      return earlier_[random_() % earlier_.size()];
    }
    if (!earlier_.empty() && u < options_.exact_copies + options_.near_copies) {
      ++corpus.near;
      return nearly(earlier_[random_() % earlier_.size()]);
    }
    Post post = fresh();
    // Copies come from what a window would hold: bounded, and replaced at random.
    if (earlier_.size() < 20'000)
      earlier_.push_back(post);
    else
      earlier_[random_() % earlier_.size()] = post;
    return post;
  }

  Post fresh() {
    Post post;
    post.language = random_() % vocabularies_.size();
    const double words = std::exp(std::normal_distribution<double>(std::log(45.0), 0.8)(random_));
    const auto count = static_cast<std::size_t>(std::clamp(words, 4.0, 400.0));
    for (std::size_t i = 0; i < count; ++i) post.words.push_back(vocabularies_[post.language].word(random_));
    return post;
  }

  // One word in twenty changed, at least one.
  Post nearly(Post post) {
    const std::size_t changes = 1 + post.words.size() / 20;
    for (std::size_t i = 0; i < changes; ++i)
      post.words[random_() % post.words.size()] = vocabularies_[post.language].word(random_);
    return post;
  }

  CorpusOptions options_;
  Random random_;
  std::vector<Vocabulary> vocabularies_;
  std::vector<Post> earlier_;
};

}  // namespace

Corpus make_corpus(const CorpusOptions& options) { return Maker(options).make(); }

}  // namespace copytaster

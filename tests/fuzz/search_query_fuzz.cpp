// A reader's query, and a post of any text in the index: storage/search_index.h.
#include <algorithm>

#include "core/strings.h"
#include "storage/search_index.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/temporary_folder.h"

namespace copytaster::fuzz {
namespace {

Item indexed_post(int number, std::string_view text) {
  Item item;
  item.set_id(str_cat("x:", number));
  item.set_platform("x");
  item.set_language(number % 2 == 0 ? "fr" : "en");
  item.set_text(std::string(text));
  item.mutable_author()->set_name("Odile Marchal");
  item.add_places()->set_name("Zelenohrad");
  return item;
}

// Twenty posts; more words begin with "s" than a wildcard may stand for.
class Index {
 public:
  Index() {
    auto writer = open_search_writer(folder_.path());
    require(writer.ok(), "the index opens", writer.status().ToString());
    for (int post = 0; post < 20; ++post) {
      std::string text = "Le tramway de Rouvray, the new bridge. ";
      for (int word = 0; word < 20; ++word) str_append(&text, "s", post, "a", word, " ");
      require((*writer)->add(indexed_post(post, text)).ok(), "a post is indexed");
    }
    require((*writer)->commit().ok(), "the index is committed");
  }
  [[nodiscard]] const std::string& path() const { return folder_.path(); }

 private:
  TemporaryFolder folder_;
};

void check_query(const Index& index, std::string_view query) {
  const auto found = search_items(index.path(), query, 7);
  if (!found.ok()) {
    require(absl::IsInvalidArgument(found.status()), "a query that cannot be read is an invalid argument",
            found.status().ToString());
    return;
  }
  require(found->size() <= 7, "no more is found than asked for");
  for (const std::string& id : *found) require(id.starts_with("x:"), "what is found is in the index", id);
  require(*search_items(index.path(), query, 7) == *found, "the same query finds the same");
}

// A writer that is never committed: a post of these words, and its removal.
void check_indexing(const Index& index, std::string_view words) {
  static const auto* const kWriter = [&] {
    auto writer = open_search_writer(index.path());
    require(writer.ok(), "the index opens", writer.status().ToString());
    return new std::unique_ptr<SearchWriter>(*std::move(writer));
  }();
  Item item = indexed_post(1000, to_valid_utf8(words));
  item.set_title(item.text());
  item.mutable_author()->set_name(item.text());
  item.add_mentions()->set_name(item.text());
  item.set_language(item.text().substr(0, utf8_floor(item.text(), 8)));
  const absl::Status added = (*kWriter)->add(item);
  require(added.ok(), "any post can be indexed", added.ToString());
  item.set_state(GONE);
  require((*kWriter)->add(item).ok(), "any post can be taken out");
}

}  // namespace
}  // namespace copytaster::fuzz

COPYTASTER_FUZZ_TARGET(search_query)(const std::uint8_t* data, std::size_t size) {
  using namespace copytaster::fuzz;
  static const Index kIndex;
  const std::string_view query = as_text(data, size);
  check_query(kIndex, query);
  check_indexing(kIndex, query);
  return 0;
}
